import type { Type } from '@nestjs/common';
import { Field as GraphqlField, InputType, ObjectType, type ReturnTypeFunc } from '@nestjs/graphql';
import { IsOptional } from 'class-validator';
import { field, listOf, type DataOf, type Field, type Fields, type Plain, type Shape } from '#kernel/event-schema';
import { InstantText, Text, WhenText } from '#kernel/schemas';
import type { RegionCode } from '#kernel/region';
import type { Says } from './checks.js';
import { formOfApi, type RecordsOfApi } from './forms.js';
import type { RegionType } from './region.type.js';

/** What a client gives for these fields. */
export type InputOf<F extends Fields> = Plain<DataOf<F>>;

/** What is answered for these fields: a region with its names in the place of its code. */
export type OutputOf<F extends Fields> = Answered<DataOf<F>>;

type Answered<Value> = Value extends RegionCode
  ? RegionType
  : Value extends string | number | boolean | undefined
    ? Value
    : Value extends readonly (infer Item)[]
      ? readonly Answered<Item>[]
      : { readonly [Key in keyof Value]: Answered<Value[Key]> };

/** What the metadata of the event that brought it says: for objects that are made of one. */
export const dated = {
  effectiveAt: field(WhenText, { fi: 'Aika, jota se koskee', sv: 'Tiden som det gäller', en: 'The time that it is about' }),
};
export const recorded = {
  recordedAt: field(InstantText, { fi: 'Milloin se kirjattiin', sv: 'När det antecknades', en: 'When it was recorded' }),
};
export const sourced = {
  source: field(listOf(Text), { fi: 'Sivut, joilta se luettiin', sv: 'Sidorna som det lästes på', en: 'The pages it was read from' }),
};

/** By the fields of their records, which each use of a record shares. */
const inputs = new Map<Fields, Type<object>>();
const objects = new Map<Fields, Type<object>>();
const records: RecordsOfApi = { inputOf: recordInput, objectOf: recordObject };
const says: Says = (message) => ({ message });

/** Lets the fields be given: in GraphQL, and checked by class-validator, as properties of the class. */
export function asInput(type: Type<object>, fields: Fields): void {
  for (const [name, field] of Object.entries(fields)) {
    const { input, checks } = formOfApi(field, records);
    const decorators = [GraphqlField(madeNow(input), optionsOf(name, field)), ...(field.isOptional ? [IsOptional()] : []), ...checks(says)];
    for (const decorate of decorators) decorate(type.prototype as object, name);
  }
}

/**
 * The object type of a record's fields. Its class is made a part of the schema by its own name, or extended:
 *
 *     @ObjectType('CallTerms')
 *     class CallTermsType extends objectOf(callTerms.fields) {}
 */
export function objectOf<F extends Fields>(fields: F): Type<OutputOf<F>> {
  @ObjectType({ isAbstract: true })
  class RecordType {}
  for (const [name, field] of Object.entries(fields)) {
    GraphqlField(madeNow(formOfApi(field, records).output), optionsOf(name, field))(RecordType.prototype, name);
  }
  return RecordType as Type<OutputOf<F>>;
}

/** Types of records are made before Nest looks for types: it calls what returns them later. */
function madeNow(type: ReturnTypeFunc): () => object {
  const made = type() as object;
  return () => made;
}

function recordInput(shape: Shape): Type<object> {
  const { fields = {} } = shape;
  const known = inputs.get(fields);
  if (known) return known;
  class RecordInput {}
  asInput(RecordInput, fields);
  InputType(`${nameOf(shape)}Input`, { description: shape.about })(RecordInput);
  inputs.set(fields, RecordInput);
  return RecordInput;
}

function recordObject(shape: Shape): Type<object> {
  const { fields = {} } = shape;
  const known = objects.get(fields);
  if (known) return known;
  @ObjectType(nameOf(shape), { description: shape.about })
  class RecordObject extends objectOf(fields) {}
  objects.set(fields, RecordObject);
  return RecordObject;
}

function nameOf({ name, fields }: Shape): string {
  if (name === undefined) throw new TypeError(`the record of ${Object.keys(fields ?? {}).join(', ')} has no name for the API`);
  return name;
}

/** Whether it may be missing, and what it is. A description that only repeats the name is left out. */
function optionsOf(name: string, { description, hint, isOptional }: Field) {
  const text = hint ?? (description.en.replaceAll(' ', '').toLowerCase() === name.toLowerCase() ? undefined : `${description.en}.`);
  return { nullable: isOptional === true, ...(text !== undefined && { description: text }) };
}
