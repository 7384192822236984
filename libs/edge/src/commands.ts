import type { Type } from '@nestjs/common';
import { InputType } from '@nestjs/graphql';
import type { Admitted } from '#access/policy';
import { Command } from '#kernel/decider';
import { optional, type Fields } from '#kernel/event-schema';
import { WhenText, YesNo } from '#kernel/schemas';
import { nameInput } from './labels.js';
import { asInput, type InputOf } from './records.js';

/** What a command says of itself. */
interface CommandSays {
  readonly description: string;
  /** The roles that may send it. A role that is limited to a region or an organisation needs the command's to be the caller's. */
  readonly by: readonly Admitted[];
  /** Whether it edits what several people may edit at once: then it must say which revision was read. */
  readonly isEdit: boolean;
  /** Its fields that are texts about a person. */
  readonly personal: readonly string[];
  readonly fields: Fields;
}

export type CommandClass<C extends Command = Command> = new () => C;

/** Of commands that record what holds from a time on. */
export const effectiveAt = optional(WhenText, {
  fi: 'Mistä alkaen; ilman sitä nyt',
  sv: 'Från och med; utan uppgift nu',
  en: 'From when; now without it',
});

/** Of commands that set a day for somebody: it is asked about where it is further away than usual. */
export const isFarDayMeant = optional(YesNo, {
  fi: 'Kaukaista päivää tarkoitetaan',
  sv: 'Den avlägsna dagen är avsedd',
  en: 'Whether a day far away is meant',
});

const said = new WeakMap<object, CommandSays>();
const registered = new WeakSet<object>();

/**
 * The base of a command's class: what it does, who may send it, and its fields, mostly those of the event that it leads to.
 * The class itself gives the name: `CommentOnPlan` is `CommentOnPlanInput` in GraphQL, sent by the mutation `commentOnPlan`.
 *
 *     export class CommentOnPlan extends commandOf('Comments on …', { by: ['agency-coordinator'] }, { ...whosePlan, ...comment }) {}
 */
export function commandOf<F extends Fields>(
  description: string,
  { by }: Pick<CommandSays, 'by'>,
  fields: F,
): CommandClass<Command & InputOf<F>> {
  return commandBase({ description, by, isEdit: false }, fields);
}

/** The same of a command that edits what several people may edit at once. */
export function editOf<F extends Fields>(
  description: string,
  { by }: Pick<CommandSays, 'by'>,
  fields: F,
): CommandClass<Command & InputOf<F>> {
  return commandBase({ description, by, isEdit: true }, fields);
}

function commandBase<F extends Fields>(says: Omit<CommandSays, 'personal' | 'fields'>, fields: F): CommandClass<Command & InputOf<F>> {
  @InputType({ isAbstract: true })
  class CommandBase extends Command {}
  asInput(CommandBase, fields);
  const personal = Object.entries(fields).flatMap(([name, { personalOf }]) => (personalOf === undefined ? [] : [name]));
  said.set(CommandBase, { ...says, personal, fields });
  return CommandBase as unknown as CommandClass<Command & InputOf<F>>;
}

/** What a command's class says of itself; undefined of one that only the tools send. */
export function saidOf(type: Type<object>): CommandSays | undefined {
  return said.get(Object.getPrototypeOf(type) as object);
}

/** The command classes that a module exports, each with its input type. */
export function commandClasses(module: Readonly<Record<string, unknown>>): readonly CommandClass[] {
  const classes = Object.values(module).filter(isCommandClass);
  for (const type of classes) {
    const says = saidOf(type);
    if (!says || registered.has(type)) continue;
    InputType(`${type.name}Input`, { description: says.description })(type);
    nameInput(`${type.name}Input`, says.fields);
    registered.add(type);
  }
  return classes;
}

function isCommandClass(exported: unknown): exported is CommandClass {
  return exported instanceof Function && exported.prototype instanceof Command;
}
