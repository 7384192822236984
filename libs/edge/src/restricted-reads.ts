import { Kind, valueFromASTUntyped, type FragmentDefinitionNode, type SelectionSetNode } from 'graphql';
import { isOfficial, letRead, type Restricted, type Scope } from '#access/policy';
import type { Caller } from '#access/tokens';
import type { Operation } from './document.js';
import type { Variables } from './variables.js';

/** What was asked: the fields of the operation, or a path, and the ids that it named. */
export interface AskedFor {
  readonly asked: string;
  readonly keys: readonly string[];
}

/** An official was let read a part that is not anyone's. */
export interface RestrictedRead extends AskedFor {
  readonly reader: Pick<Caller, 'id' | 'organisation'>;
  readonly role: string;
  /** The part, as the table of readers names it. */
  readonly what: Restricted;
  /** Whose it is, where that was a question. */
  readonly of: Scope;
  readonly correlationId: string;
}

/** Takes what was read, at once; it does not fail. */
export type OnRead = (read: RestrictedRead) => void;

/** The caller, of whose reads as an official is told: once of each part, whose it is, and role. */
export function observed(caller: Caller | undefined, correlationId: string, askedFor: () => AskedFor, onRead: OnRead): Caller | undefined {
  if (!caller?.roles.some(isOfficial)) return caller;
  const { id, organisation } = caller;
  const reader = { id, ...(organisation !== undefined && { organisation }) };
  let known: AskedFor | undefined;
  const told = new Set<string>();
  const tell = (what: Restricted, role: string, { region, organisation: whose }: Scope) => {
    if (!isOfficial(role)) return;
    // Each row of a list is a question of its own.
    const key = `${what} ${role} ${region ?? ''} ${whose ?? ''}`;
    if (told.has(key)) return;
    told.add(key);
    known ??= askedFor();
    const of = { ...(region !== undefined && { region }), ...(whose !== undefined && { organisation: whose }) };
    onRead({ ...known, reader, role, what, of, correlationId });
  };
  return { ...caller, [letRead]: tell };
}

/** Arguments that name what is asked for. Others, such as words that are searched for, may hold anything. */
const naming =
  /^(?:id|key|call|matter|application|decision|grant|plan|event|commandId|stream|view|code|region|organisation|applicant|provider|municipality|network|commitment|actor)$/;
const longestKey = 200;

/** What an operation asks for. */
export function operationAsked({ definition, document }: Pick<Operation, 'definition' | 'document'>, variables?: Variables): AskedFor {
  const fragments = document.definitions.filter((one): one is FragmentDefinitionNode => one.kind === Kind.FRAGMENT_DEFINITION);
  const [fields, keys] = [new Set<string>(), new Set<string>()];
  const gather = ({ selections }: SelectionSetNode): void => {
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) {
        fields.add(selection.name.value);
        for (const { name, value } of selection.arguments ?? []) gatherKeys({ [name.value]: valueFromASTUntyped(value, variables) }, keys);
      } else if (selection.kind === Kind.INLINE_FRAGMENT) gather(selection.selectionSet);
      else for (const { name, selectionSet } of fragments) if (name.value === selection.name.value) gather(selectionSet);
    }
  };
  gather(definition.selectionSet);
  return { asked: [...fields].join(' '), keys: [...keys] };
}

function gatherKeys(given: object, keys: Set<string>): void {
  for (const [name, value] of Object.entries(given) as [string, unknown][])
    if (typeof value === 'string') {
      if (naming.test(name) && value.length <= longestKey) keys.add(value);
    } else if (typeof value === 'object' && value !== null && !Array.isArray(value)) gatherKeys(value, keys);
}
