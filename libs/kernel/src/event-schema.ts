import { Type, type Static, type TObject, type TOptional, type TSchema, type TUnsafe } from 'typebox';
import { Compile } from 'typebox/compile';
import type { ErrorText } from './refused.js';

/** What a field or an event is called or means, in the three languages. */
export type Description = ErrorText;

/** Who may see a field, the widest circle first: anyone; those who handle the matter; those whom a decision on secrecy leaves. */
const publicities = ['public', 'internal', 'secret'] as const;
export type Publicity = (typeof publicities)[number];

declare const sealed: unique symbol;
/**
 * A personal text as it is stored: encrypted under the key of the person whose it is, who is named in the clear
 * beside it. Deciders and projections carry it on unopened; the edge opens it for those who may see it.
 */
export type Sealed = string & { readonly [sealed]: true };

/** How a sealed text looks in the log: `v1.<whose>.<base64url of nonce, ciphertext and tag>`. */
export const sealedPattern = '^v1\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+$';

/** An event's data before it is sealed: what a decider returns. */
export type Plain<Data> = Data extends Sealed
  ? string
  : Data extends readonly (infer Item)[]
    ? readonly Plain<Item>[]
    : Data extends object
      ? { readonly [Key in keyof Data]: Plain<Data[Key]> }
      : Data;

/** The form of a value: a TypeBox schema, and the fields of a record or the items of a list where they carry marks of their own. */
export interface Shape<Schema extends TSchema = TSchema> {
  readonly schema: Schema;
  readonly fields?: Fields;
  readonly items?: Shape;
}

/** A field of an event: its shape, what it means, who may see it, and whose it is if it is personal. */
export interface Field<Schema extends TSchema = TSchema> extends Shape<Schema> {
  readonly description: Description;
  readonly publicity: Publicity;
  /** The name of the field beside it that says whose this is. */
  readonly personalOf?: string;
  readonly isOptional?: true;
}

export type Fields = Readonly<Record<string, Field>>;

type SchemaOf<F extends Fields> = TObject<{ [Key in keyof F]: F[Key]['schema'] }>;
/** The static type of the stored data of these fields. */
export type DataOf<F extends Fields> = Readonly<Static<SchemaOf<F>>>;

/** A field that is always there. Public unless said otherwise. */
export function field<Schema extends TSchema>(
  shape: Schema | Shape<Schema>,
  description: Description,
  publicity: Publicity = 'public',
): Field<Schema> {
  return { ...asShape(shape), description, publicity };
}

/** A field that may be missing, because it was not said or is not known. */
export function optional<Schema extends TSchema>(
  shape: Schema | Shape<Schema>,
  description: Description,
  publicity: Publicity = 'public',
): Field<TOptional<Schema>> {
  const { schema, ...rest } = asShape(shape);
  return { ...rest, schema: Type.Optional(schema) as TOptional<Schema>, isOptional: true, description, publicity };
}

/** An optional text about the person whose id stands in the field `of` beside it; sealed under that person's key before it is stored. */
export function personal(of: string, description: Description, publicity: Publicity = 'internal'): Field<TOptional<TUnsafe<Sealed>>> {
  const text = Type.Unsafe<Sealed>(Type.String({ minLength: 1, maxLength: 700_000 }));
  return { schema: Type.Optional(text), isOptional: true, description, publicity, personalOf: of };
}

/** A record whose fields carry marks of their own. */
export function record<const F extends Fields>(fields: F): Shape<SchemaOf<F>> {
  return { schema: objectOf(fields, 'plain') as SchemaOf<F>, fields };
}

/** The static type of a shape. */
export type StaticOf<S extends Shape> = Readonly<Static<S['schema']>>;

/** A list of such records, or of plain values. */
export function listOf<Schema extends TSchema>(shape: Schema | Shape<Schema>) {
  const items = asShape(shape);
  return { schema: Type.Array(items.schema), items };
}

export interface EventVersion {
  readonly fields: Fields;
  /** Turns data of the version before into this one. The first version has none. */
  readonly upcast?: (older: never) => unknown;
}

/** An event type through its versions. Stored for ever: a version is added, never changed. */
export class EventDefinition<Data> {
  declare readonly dataType: Data;

  constructor(
    readonly description: Description,
    readonly versions: readonly EventVersion[],
  ) {}

  /** The next version, and how data of this one becomes data of the next. */
  next<const F extends Fields>(fields: F, upcast: (older: Data) => DataOf<F>): EventDefinition<DataOf<F>> {
    return new EventDefinition<DataOf<F>>(this.description, [...this.versions, { fields, upcast }]);
  }
}

/** An event type in its first version. */
export function v1<const F extends Fields>(description: Description, fields: F): EventDefinition<DataOf<F>> {
  return new EventDefinition<DataOf<F>>(description, [{ fields }]);
}

export type EventDefinitions = Readonly<Record<string, EventDefinition<unknown>>>;

/** The stored data of an event type. */
export type EventData<Definitions extends EventDefinitions, Type extends keyof Definitions> = Definitions[Type]['dataType'];

/** An event as a decider returns it. */
export type NewEvent<Definitions extends EventDefinitions> = {
  [Type in keyof Definitions & string]: {
    readonly type: Type;
    readonly data: Plain<EventData<Definitions, Type>>;
    /** The time that it is about, where that is not the time of its recording. */
    readonly effectiveAt?: string;
  };
}[keyof Definitions & string];

/** How far a reader sees: fields, and texts about persons, up to a publicity each. */
export interface Sight {
  readonly fields: Publicity;
  readonly personal: Publicity;
}

/** One version of an event type, compiled: checks, the places of its personal fields, and who may see what. */
export interface CompiledVersion {
  /** What is wrong with data before it is sealed; undefined where it is right. */
  faultInPlain(data: unknown): string | undefined;
  /** What is wrong with data as stored; undefined where it is right. */
  faultInStored(data: unknown): string | undefined;
  /** A copy with every personal text replaced; the same object where there is none. */
  mapPersonal(data: unknown, replace: (text: string, whose: string) => string): unknown;
  /** A copy of stored data with only what may be seen, in records and lists too; `open` says what stands for a sealed text. */
  visible(data: unknown, sight: Sight, open: (text: Sealed) => string | null): unknown;
}

export function compileVersion({ fields }: EventVersion): CompiledVersion {
  const plain = lazyCheck(() => objectOf(fields, 'plain'));
  const stored = lazyCheck(() => objectOf(fields, 'stored'));
  const shape = { schema: Type.Object({}), fields };
  const isPersonal = hasPersonal(shape);
  return {
    faultInPlain: plain,
    faultInStored: isPersonal ? stored : plain,
    mapPersonal: (data, replace) => (isPersonal ? mapped(shape, data, replace) : data),
    visible: (data, sight, open) => visible(shape, data, sight, open),
  };
}

/** The JSON Schema of a version as stored, with the descriptions and marks as `description`, `x-description`, `x-publicity`, `x-personal-of`. */
export function storedJsonSchema({ fields }: EventVersion): object {
  return annotated({ schema: objectOf(fields, 'stored'), fields });
}

function annotated(shape: Shape): object {
  const schema = JSON.parse(JSON.stringify(shape.schema)) as Record<string, unknown>;
  if (shape.items) schema['items'] = annotated(shape.items);
  if (shape.fields) {
    schema['properties'] = Object.fromEntries(
      Object.entries(shape.fields).map(([name, field]) => [
        name,
        {
          ...annotated(field.personalOf === undefined ? field : { schema: Type.String({ pattern: sealedPattern }) }),
          description: field.description.en,
          'x-description': { fi: field.description.fi, sv: field.description.sv },
          'x-publicity': field.publicity,
          ...(field.personalOf === undefined ? {} : { 'x-personal-of': field.personalOf }),
        },
      ]),
    );
  }
  return schema;
}

function objectOf(fields: Fields, form: 'plain' | 'stored'): TObject {
  return Type.Object(Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, schemaIn(field, form)])), {
    additionalProperties: false,
  });
}

function schemaIn(field: Field, form: 'plain' | 'stored'): TSchema {
  const schema = withoutOptional(field, form);
  return field.isOptional ? Type.Optional(schema) : schema;
}

function withoutOptional(shape: Shape & { personalOf?: string }, form: 'plain' | 'stored'): TSchema {
  if (shape.personalOf !== undefined && form === 'stored') return Type.String({ pattern: sealedPattern });
  if (shape.fields) return objectOf(shape.fields, form);
  if (shape.items) return Type.Array(withoutOptional(shape.items, form));
  return shape.schema;
}

function hasPersonal(shape: Shape): boolean {
  if (shape.items) return hasPersonal(shape.items);
  return Object.values(shape.fields ?? {}).some((field) => field.personalOf !== undefined || hasPersonal(field));
}

function mapped(shape: Shape, value: unknown, replace: (text: string, whose: string) => string): unknown {
  if (value === undefined || !hasPersonal(shape)) return value;
  const { items } = shape;
  if (items) return (value as unknown[]).map((item) => mapped(items, item, replace));
  const copy = { ...(value as Record<string, unknown>) };
  for (const [name, field] of Object.entries(shape.fields ?? {})) {
    const member = copy[name];
    if (member === undefined) continue;
    if (field.personalOf === undefined) {
      copy[name] = mapped(field, member, replace);
    } else {
      const whose = copy[field.personalOf];
      if (typeof whose !== 'string') throw new TypeError(`«${name}» is personal, but «${field.personalOf}» does not say whose`);
      copy[name] = replace(member as string, whose);
    }
  }
  return copy;
}

function visible(shape: Shape & { personalOf?: string }, value: unknown, sight: Sight, open: (text: Sealed) => string | null): unknown {
  if (shape.personalOf !== undefined) return open(value as Sealed);
  const { items, fields } = shape;
  if (items) return (value as unknown[]).map((item) => visible(items, item, sight, open));
  if (!fields) return value;
  // Only what the shape names: what nobody described has no publicity.
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, field]) => {
      const member = (value as Record<string, unknown>)[name];
      const upTo = field.personalOf === undefined ? sight.fields : sight.personal;
      const isSeen = member !== undefined && publicities.indexOf(field.publicity) <= publicities.indexOf(upTo);
      return isSeen ? [[name, visible(field, member, sight, open)]] : [];
    }),
  );
}

function lazyCheck(schema: () => TSchema): (data: unknown) => string | undefined {
  let compiled: ReturnType<typeof Compile> | undefined;
  return (data) => {
    compiled ??= Compile(schema());
    if (compiled.Check(data)) return undefined;
    return compiled
      .Errors(data)
      .filter(({ keyword }) => keyword !== 'boolean')
      .map(({ instancePath, message, params }) => {
        const extra = (params as { additionalProperties?: readonly string[] }).additionalProperties;
        return `${instancePath === '' ? 'data' : instancePath.slice(1).replaceAll('/', '.')} ${message}${extra ? `: ${extra.join(', ')}` : ''}`;
      })
      .join('; ');
  };
}

function asShape<Schema extends TSchema>(shape: Schema | Shape<Schema>): Shape<Schema> {
  return 'schema' in shape ? shape : { schema: shape };
}
