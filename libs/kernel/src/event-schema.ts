import { Type, type Static, type TArray, type TObject, type TOptional, type TSchema, type TUnsafe } from 'typebox';
import { Compile } from 'typebox/schema';
import { entry } from './keyed.js';
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
const sealedPattern = '^v1\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+$';
const sealedText = new RegExp(sealedPattern);

export function isSealed(value: unknown): value is Sealed {
  return typeof value === 'string' && sealedText.test(value);
}

/** The value with what stands in the place of each sealed text in it. */
export function mapSealed(value: unknown, instead: (text: Sealed) => unknown): unknown {
  if (isSealed(value)) return instead(value);
  if (Array.isArray(value)) return value.map((item) => mapSealed(item, instead));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, mapSealed(member, instead)]));
}

/** The value with each sealed text in it opened; one that stands there often is opened once. */
export async function withOpened(value: unknown, open: (text: Sealed) => Promise<unknown>): Promise<unknown> {
  const texts = new Set<Sealed>();
  mapSealed(value, (text) => texts.add(text));
  const opened = new Map(await Promise.all([...texts].map(async (text): Promise<[Sealed, unknown]> => [text, await open(text)])));
  return mapSealed(value, (text) => opened.get(text));
}

/** An event's data before it is sealed: what a decider returns. */
export type Plain<Data> = Data extends Sealed
  ? string
  : Data extends readonly (infer Item)[]
    ? readonly Plain<Item>[]
    : Data extends object
      ? { readonly [Key in keyof Data]: Plain<Data[Key]> }
      : Data;

/** What kind of value it is: of its form are made the checks of a command's input, its types in GraphQL and its words in the catalogue. */
export type Form =
  | {
      readonly kind:
        | 'key'
        | 'matter'
        | 'region'
        | 'municipality'
        | 'clock-time'
        | 'day'
        | 'days'
        | 'instant'
        | 'instant-or-day'
        | 'when'
        | 'cents'
        | 'share'
        | 'year'
        | 'version'
        | 'number'
        | 'boolean'
        | 'email'
        | 'address'
        | 'hash'
        | 'record'
        | 'list';
    }
  /** `max` is the longest that a command may give, in UTF-16 units. */
  | { readonly kind: 'text'; readonly max: number }
  /** `isTranslated` where it can say in which languages it was written. */
  | { readonly kind: 'localized'; readonly max: number; readonly isTranslated?: true }
  | { readonly kind: 'count'; readonly max?: number }
  /** `name` and `description` are those of the enum in the API. */
  | { readonly kind: 'choice'; readonly name: string; readonly values: readonly string[]; readonly description: string };

/** A value's TypeBox schema and its form, and the fields of a record or the items of a list. */
export interface Shape<Schema extends TSchema = TSchema> {
  readonly schema: Schema;
  /** Missing where no command asks for it and no type of the API is made of it. */
  readonly form?: Form;
  readonly fields?: Fields;
  /** What a record is called in the API: `Duty`, and as an input `DutyInput`. */
  readonly name?: string;
  /** What the API says of it. */
  readonly about?: string;
  readonly items?: Shape;
}

/** A field of an event: its shape, what it means, who may see it, and whose it is if it is personal. */
export interface Field<Schema extends TSchema = TSchema> extends Shape<Schema> {
  readonly description: Description;
  readonly publicity: Publicity;
  /** The name of the field beside it that says whose this is. */
  readonly personalOf?: string;
  readonly isOptional?: true;
  /** Kept by the authority to itself: the party whose matter it is does not see it, whatever else of it they see. */
  readonly isOfAuthority?: true;
  /** What the API says of it beyond its description. */
  readonly hint?: string;
}

export type Fields = Readonly<Record<string, Field>>;

type SchemaOf<F extends Fields> = TObject<{ [Key in keyof F]: F[Key]['schema'] }>;
/** What was recorded is never changed: records and lists are read-only all the way down. */
type Fixed<Value> = Value extends string | number | boolean | undefined
  ? Value
  : Value extends readonly (infer Item)[]
    ? readonly Fixed<Item>[]
    : { readonly [Key in keyof Value]: Fixed<Value[Key]> };

/** The static type of the stored data of these fields. */
export type DataOf<F extends Fields> = Fixed<Static<SchemaOf<F>>>;

/** A schema with the form that it has. */
export function shape<Schema extends TSchema>(form: Form, schema: Schema): Shape<Schema> {
  return { schema, form };
}

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
  return optionally({ ...asShape(shape), description, publicity });
}

/** An optional text about the person whose id stands in the field `of` beside it; sealed under that person's key before it is stored. */
export function personal(
  of: string,
  description: Description,
  publicity: Publicity = 'internal',
  form: Form = { kind: 'text', max: 200 },
): Field<TOptional<TUnsafe<Sealed>>> {
  const schema = Type.Unsafe<Sealed>(Type.String({ minLength: 1, maxLength: 700_000 }));
  return optionally({ schema, form, description, publicity, personalOf: of });
}

/** The field, which may be missing. */
export function optionally<Schema extends TSchema>(field: Field<Schema>): Field<TOptional<Schema>> {
  return { ...field, schema: Type.Optional(field.schema) as TOptional<Schema>, isOptional: true };
}

/** An optional field, as a command must give it. */
export function required<Schema extends TSchema>({ isOptional: _, ...field }: Field<TOptional<Schema>>): Field<Schema> {
  return field as Field as Field<Schema>;
}

/** The field with what the API says of it beyond its description. */
export function hinted<F extends Field>(field: F, hint: string): F {
  return { ...field, hint };
}

/** The field, which the authority keeps to itself: whom it names by a pseudonym, what it has found out. */
export function ofAuthority<Schema extends TSchema>(field: Field<Schema>): Field<Schema> {
  return { ...field, isOfAuthority: true };
}

/** A shape with fields. */
export interface RecordShape<F extends Fields = Fields> extends Shape<SchemaOf<F>> {
  readonly fields: F;
}

/** A record whose fields carry marks of their own; with the name and the description that it has in the API. */
export function record<const F extends Fields>(fields: F, name?: string, about?: string): RecordShape<F> {
  const schema = objectOf(fields, 'plain') as SchemaOf<F>;
  return { schema, form: { kind: 'record' }, fields, ...(name !== undefined && { name }), ...(about !== undefined && { about }) };
}

/** What the fields are called, as the terms of an error's text. */
export function labelsOf(fields: Fields): Readonly<Record<string, Description>> {
  return Object.fromEntries(Object.entries(fields).map(([name, { description }]) => [name, description]));
}

/** The static type of a shape. */
export type StaticOf<S extends Shape> = Fixed<Static<S['schema']>>;

/** A list of values of one shape. */
export function listOf<Schema extends TSchema>(
  shape: Schema | Shape<Schema>,
  options: { readonly minItems?: number; readonly uniqueItems?: boolean } = {},
): Shape<TArray<Schema>> & { readonly items: Shape<Schema> } {
  const items = asShape(shape);
  return { schema: Type.Array(items.schema, options), form: { kind: 'list' }, items };
}

export interface EventVersion {
  readonly fields: Fields;
  /** Turns data of the version before into this one. The first version has none. */
  readonly upcast?: (older: never) => unknown;
}

/** An event type through its versions. Stored for ever: a version is added, never changed. */
export class EventDefinition<Data, F extends Fields = Fields> {
  declare readonly dataType: Data;

  constructor(
    readonly description: Description,
    /** Those of the latest version. */
    readonly fields: F,
    readonly versions: readonly EventVersion[],
  ) {}

  /** The next version, and how data of this one becomes data of the next. */
  next<const Next extends Fields>(fields: Next, upcast: (older: Data) => DataOf<Next>): EventDefinition<DataOf<Next>, Next> {
    return new EventDefinition(this.description, fields, [...this.versions, { fields, upcast }]);
  }
}

/** An event type in its first version. */
export function v1<const F extends Fields>(description: Description, fields: F): EventDefinition<DataOf<F>, F> {
  return new EventDefinition(description, fields, [{ fields }]);
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
  /** Whether the reader is of the authority, which keeps some fields to itself. */
  readonly ofAuthority: boolean;
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
  visible(data: unknown, sight: Sight, open: (text: Sealed) => unknown): unknown;
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

/** The JSON Schema of a version as stored, with the descriptions and marks as `description`, `x-description`, `x-publicity`, `x-of-authority`, `x-personal-of`. */
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
          ...(field.isOfAuthority && { 'x-of-authority': true }),
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
  if (shape.items && hasPersonal(shape.items)) return Type.Array(withoutOptional(shape.items, form));
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
  const record = value as Readonly<Record<string, unknown>>;
  const replaced = Object.entries(shape.fields ?? {}).flatMap(([name, field]) => {
    const member = entry(record, name);
    if (member === undefined) return [];
    if (field.personalOf === undefined) return [[name, mapped(field, member, replace)]];
    const whose = entry(record, field.personalOf);
    if (typeof whose !== 'string') throw new TypeError(`«${name}» is personal, but «${field.personalOf}» does not say whose`);
    return [[name, replace(member as string, whose)]];
  });
  return { ...record, ...Object.fromEntries(replaced) };
}

function visible(shape: Shape & { personalOf?: string }, value: unknown, sight: Sight, open: (text: Sealed) => unknown): unknown {
  if (shape.personalOf !== undefined) return open(value as Sealed);
  const { items, fields } = shape;
  if (items) return (value as unknown[]).map((item) => visible(items, item, sight, open));
  if (!fields) return value;
  // Only what the shape names: what nobody described has no publicity.
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, field]) => {
      const member = entry(value as Record<string, unknown>, name);
      const upTo = field.personalOf === undefined ? sight.fields : sight.personal;
      const isTheirs = !field.isOfAuthority || sight.ofAuthority;
      const isSeen = isTheirs && member !== undefined && publicities.indexOf(field.publicity) <= publicities.indexOf(upTo);
      return isSeen ? [[name, visible(field, member, sight, open)]] : [];
    }),
  );
}

function lazyCheck(schema: () => TSchema): (data: unknown) => string | undefined {
  let compiled: ReturnType<typeof Compile> | undefined;
  return (data) => {
    compiled ??= Compile(schema());
    if (compiled.Check(data)) return undefined;
    const [, errors] = compiled.Errors(data);
    return errors
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
