import {
  getNamedType,
  getNullableType,
  isCompositeType,
  isInterfaceType,
  isListType,
  isObjectType,
  Kind,
  SchemaMetaFieldDef,
  TypeMetaFieldDef,
  type ArgumentNode,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionSetNode,
  type ValueNode,
} from 'graphql';
import { entry } from '#kernel/keyed';
import type { Variables } from './variables.js';

/**
 * What an operation may cost at most, before it is run: from the document, the variables and the schema alone. A unit is
 * about a microsecond of the thread that answers (docs/adr/0037). Lists cost what they hold: as many as `first` asks for,
 * else as many as are usual. Directives count as if they let everything through.
 */
export type Cost = (variables: Variables) => number;

/** What costs how much. */
const weights = {
  /** Of every request: it is read, checked and answered. */
  request: 100,
  leaf: 1,
  object: 3,
  /** An event is read, judged and opened for who asks. */
  event: 40,
  /** A field that is not read from its parent but joined from other rows. */
  joined: 20,
  /** A page of rows, with their number. */
  page: 80,
  /** A command that is decided and appended. */
  command: 1_000,
  /** A subscription: what came after a position is read, and what comes is waited for. */
  subscription: 2_000,
  /** The log is read from its beginning, or from a checkpoint, on a thread of its own. */
  scan: 5_000,
};

/** How many are on a page that does not say it, and the most that may be asked for. */
const page = { usual: 25, most: 100 };
/** Fields for which more is read, opened or compared than for another that is joined. */
export const dear: Readonly<Record<string, number>> = {
  'Application.story': 60,
  'Call.applicationTasks': 250,
  'Call.comparison': 250,
  'Call.planSteps': 250,
  'Call.presenterDesk': 2_000,
  'Grant.documents': 500,
  'GrantDocument.archiveSha256': 1_000,
  'GrantDocument.sha256': 1_000,
  // Up to 500 commands, one after the other: others are answered between them.
  'Mutation.offerServices': 45_000,
  'NationalFollowUp.appropriations': 300,
  'NationalFollowUp.coverage': 300,
  'NationalFollowUp.goals': 300,
  'NationalFollowUp.goalsInAll': 300,
  'NationalFollowUp.indicators': 500,
  'NationalFollowUp.levels': 500,
  'NationalFollowUp.nationwide': 100,
  'NationalFollowUp.overTime': 300,
  'Plan.difference': 5_000,
  'Query.controlQuestions': 5_000,
  'Query.decidedAgain': 2_000,
  'Query.appropriationUse': 500,
  'Query.decisionRegister': 1_000,
  'Query.waitingForMe': 2_000,
  'Query.compareView': 10_000,
  'Query.organisationsByName': 5_000,
  'Query.replay': 5_000,
  'Query.trail': 500,
  'Query.trailCounts': 1_000,
  'Query.trailTree': 1_000,
  'TrailEntry.caused': 100,
  'TrailEntry.causedBy': 50,
  'TrailEntry.difference': 100,
};

/** How many a list holds that has no pages. */
const listLength = 5;
/** Where that is far from the truth. */
export const listLengths: Readonly<Record<string, number>> = {
  'ApplicationStory.steps': 10,
  'Call.planSteps': 15,
  'Call.presenterDesk': 20,
  'ControlReport.questions': 14,
  'IndicatorSeries.values': 14,
  'MunicipalCoverage.forms': 3,
  'NationalFollowUp.coverage': 19,
  'NationalFollowUp.goals': 14,
  'NationalFollowUp.overTime': 12,
  'Organisation.names': 2,
  'Query.projections': 20,
  'Query.trailTree': 20,
  'Query.regions': 19,
  'Replay.steps': 25,
  'RegionalCoverage.forms': 3,
  'RegionalCoverage.municipalities': 16,
  'SectionDifference.pieces': 50,
};

/** Larger numbers say no more. */
const most = Number.MAX_SAFE_INTEGER;

/** What is asked with, while the cost is counted. */
interface Asking {
  readonly variables: Variables;
  /** What fragments were found to cost, by name and page: they may stand in each other many times over. */
  readonly fragments: Map<string, number>;
}
/** The cost, given how many the lists of a page hold. */
type Counted = (asking: Asking, paged: number | undefined) => number;
type Value = (variables: Variables) => unknown;

/** How the cost of the operation is counted. The document has been validated. */
export function costOf(schema: GraphQLSchema, document: DocumentNode, { operation, selectionSet }: OperationDefinitionNode): Cost {
  const root = schema.getRootType(operation);
  if (!root) return () => weights.request;
  const counting = new Counting(schema, document);
  const count = counting.of(selectionSet, root);
  return (variables) => {
    const scanned = new Set(counting.knownAt.map((value) => value(variables)).filter((at) => at != null));
    const cost = weights.request + scanned.size * weights.scan + count({ variables, fragments: new Map() }, undefined);
    return Math.min(most, Math.ceil(cost));
  };
}

class Counting {
  private readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  private readonly counted = new Map<string, Counted>();
  /** The times at which the log is read: one reading of each serves the whole request. */
  readonly knownAt: Value[] = [];
  private readonly introspection: IntrospectionLengths;

  constructor(
    private readonly schema: GraphQLSchema,
    { definitions }: DocumentNode,
  ) {
    this.fragments = new Map(definitions.flatMap((one) => (one.kind === Kind.FRAGMENT_DEFINITION ? [[one.name.value, one] as const] : [])));
    this.introspection = introspectionLengths(schema);
  }

  /** The cost of a selection from one object. */
  of(set: SelectionSetNode, parent: GraphQLCompositeType): Counted {
    const parts = set.selections.map((selection): Counted => {
      if (selection.kind === Kind.FIELD) return this.ofField(selection, parent);
      if (selection.kind === Kind.FRAGMENT_SPREAD) return this.ofFragment(selection.name.value);
      return this.of(selection.selectionSet, this.typeNamed(selection.typeCondition?.name.value) ?? parent);
    });
    return (asking, paged) => parts.reduce((sum, part) => Math.min(most, sum + part(asking, paged)), 0);
  }

  private ofFragment(name: string): Counted {
    const fragment = this.fragments.get(name);
    const type = this.typeNamed(fragment?.typeCondition.name.value);
    if (!fragment || !type) return nothing;
    let counted = this.counted.get(name);
    if (!counted) this.counted.set(name, (counted = this.of(fragment.selectionSet, type)));
    return (asking, paged) => {
      const key = `${name} ${paged}`;
      const cost = asking.fragments.get(key) ?? counted(asking, paged);
      asking.fragments.set(key, cost);
      return cost;
    };
  }

  private ofField(node: FieldNode, parent: GraphQLCompositeType): Counted {
    const field = this.fieldOf(parent, node.name.value);
    if (!field) return nothing;
    const type = getNamedType(field.type);
    const knownAt = argument(node, 'knownAt');
    if (knownAt) this.knownAt.push(valueOf(knownAt));
    const isPage = field.args.some(({ name }) => name === 'first');
    const first = valueOf(argument(node, 'first') ?? argument(node, 'last'));
    const isList = isListType(getNullableType(field.type));
    const usual = this.lengthOf(`${parent.name}.${field.name}`);
    const each = isCompositeType(type) && node.selectionSet ? this.of(node.selectionSet, type) : nothing;
    const own = weightOf(type, parent);
    const before = entry(dear, `${parent.name}.${field.name}`) ?? this.before(field, parent, isPage);
    return (asking, paged) => {
      const length = isList ? (paged ?? usual) : 1;
      return Math.min(most, before + length * (own + each(asking, isPage ? sizeOf(first(asking.variables)) : undefined)));
    };
  }

  private fieldOf(parent: GraphQLCompositeType, name: string): GraphQLField<unknown, unknown> | undefined {
    if (name === SchemaMetaFieldDef.name) return SchemaMetaFieldDef;
    if (name === TypeMetaFieldDef.name) return TypeMetaFieldDef;
    return isObjectType(parent) || isInterfaceType(parent) ? entry(parent.getFields(), name) : undefined;
  }

  private typeNamed(name: string | undefined): GraphQLCompositeType | undefined {
    const type = name === undefined ? undefined : this.schema.getType(name);
    return isCompositeType(type) ? type : undefined;
  }

  private before({ resolve }: GraphQLField<unknown, unknown>, parent: GraphQLCompositeType, isPage: boolean): number {
    if (parent.name.startsWith('__')) return 0;
    if (parent === this.schema.getMutationType()) return weights.command;
    if (parent === this.schema.getSubscriptionType()) return weights.subscription;
    if (isPage) return weights.page;
    return resolve ? weights.joined : 0;
  }

  private lengthOf(field: string): number {
    return entry(this.introspection, field) ?? entry(listLengths, field) ?? listLength;
  }
}

const nothing: Counted = () => 0;

function weightOf(type: GraphQLNamedType, parent: GraphQLCompositeType): number {
  if (type.name === 'Event') return weights.event;
  const weight = isCompositeType(type) ? weights.object : weights.leaf;
  // The schema tells of itself without asking anybody.
  return parent.name.startsWith('__') ? weight / 20 : weight;
}

function argument({ arguments: given = [] }: FieldNode, name: string): ValueNode | undefined {
  return given.find((one: ArgumentNode) => one.name.value === name)?.value;
}

function valueOf(node: ValueNode | undefined): Value {
  if (node?.kind === Kind.VARIABLE) return (variables) => entry(variables, node.name.value);
  const value = node?.kind === Kind.INT ? Number(node.value) : node?.kind === Kind.STRING ? node.value : undefined;
  return () => value;
}

/** How many a page holds; what is no number of items is refused later. */
function sizeOf(first: unknown): number {
  return typeof first === 'number' ? Math.min(Math.max(first, 0), page.most) : page.usual;
}

type IntrospectionLengths = Readonly<Record<string, number>>;
const introspected = new WeakMap<GraphQLSchema, IntrospectionLengths>();

/** How long the lists are in which the schema tells of itself, on average. */
function introspectionLengths(schema: GraphQLSchema): IntrospectionLengths {
  const known = introspected.get(schema);
  if (known) return known;
  const types = Object.values(schema.getTypeMap());
  const fields = types.flatMap((type) => (isObjectType(type) ? Object.values(type.getFields()) : []));
  const average = (count: number, among: number) => Math.ceil((10 * count) / Math.max(1, among)) / 10;
  const args = fields.reduce((sum, field) => sum + field.args.length, 0);
  const lengths = {
    '__Schema.types': types.length,
    '__Schema.directives': schema.getDirectives().length,
    '__Directive.locations': 3,
    '__Directive.args': 1,
    '__Type.fields': average(fields.length, types.length),
    '__Type.inputFields': average(fields.length, types.length),
    '__Type.enumValues': 2,
    '__Type.interfaces': 0.1,
    '__Type.possibleTypes': 0.1,
    '__Field.args': average(args, fields.length),
  };
  introspected.set(schema, lengths);
  return lengths;
}
