import { Field, ObjectType } from '@nestjs/graphql';
import { mayRead } from '#access/policy';
import { connectionType } from '#edge/connection';
import { graphqlEnum } from '#edge/graphql-enum';
import { LocalizedTextType } from '#edge/localized-text.type';
import { dated, objectOf, recorded, sourced } from '#edge/records';
import { regionOf, type RegionType } from '#edge/region.type';
import type { RequestContext } from '#edge/request-context';
import { InstantScalar, KeyScalar, WhenScalar } from '#edge/scalars';
import { RevisionField, StreamRevision } from '#edge/stream-revision';
import type { Moment } from '#edge/views';
import { omit, pick } from '#kernel/keyed';
import type { Instant } from '#kernel/helsinki-time';
import type { LocalizedText } from '#kernel/localized-text';
import type { Stored } from '#kernel/projection';
import type { RegionCode } from '#kernel/region';
import { type Dated, entryAt, isThen } from '#kernel/timeline';
import { firstInstant, lastInstant, type When } from '#kernel/when';
import { callEvents, callTerms, duty, type CallTerms } from './call.events.js';
import { calls, callStages, type CallContact, type CallRow, type CallStage } from './calls.projection.js';

const CallStageEnum = graphqlEnum('CallStage', callStages, 'How far a call has come.');

@ObjectType('Duty')
export class DutyType extends objectOf(omit(duty.fields, 'onlyPilots')) {
  @Field(() => Boolean, { description: 'A duty of those only who were pilots.' })
  onlyPilots!: boolean;
}

@ObjectType('CallTerms', { description: 'The terms of a call. What no source says of a call of the public record is null.' })
class CallTermsType extends objectOf(callTerms.fields) {
  @Field(() => InstantScalar, { nullable: true, description: 'The first instant of applications.' })
  opensAt?: string;

  @Field(() => InstantScalar, { nullable: true, description: 'The last instant that is in time.' })
  closesAt?: string;
}

@ObjectType('CallMaterial', { description: 'A published document of a call.' })
class CallMaterialType extends objectOf(callEvents.CallMaterialPublished.fields) {
  @Field(() => WhenScalar)
  published!: string;
}

@ObjectType('CallContact', { description: 'Whom to ask. What is personal is null once the person was forgotten.' })
export class CallContactType {
  @Field(() => KeyScalar)
  contact!: string;

  @Field(() => LocalizedTextType)
  office!: LocalizedText;

  @Field(() => String, { nullable: true })
  name!: string | null;

  @Field(() => String, { nullable: true })
  email!: string | null;

  @Field(() => String, { nullable: true })
  phone!: string | null;
}

@ObjectType('CallAmendment', { description: 'Why the terms were changed, and when.' })
class CallAmendmentType extends objectOf({ ...dated, ...recorded, ...pick(callEvents.CallTermsAmended.fields, 'reason') }) {}

@ObjectType('Selection', { description: 'Whom a public source says to have been selected.' })
class SelectionType extends objectOf({ ...callEvents.SelectionRecordedFromSource.fields, ...dated, ...sourced }) {}

@ObjectType('SourceStatement', { description: 'What a public source says about a call, and nothing more.' })
export class SourceStatementType extends objectOf({ ...callEvents.SourceStatementRecorded.fields, ...dated, ...sourced }) {}

/** Other contexts add their fields to it. */
@ObjectType('Call', { description: 'A call for state grants, as it stood at the time asked for.' })
export class CallType extends objectOf(pick(callEvents.CallPlanned.fields, 'kind')) {
  @Field(() => KeyScalar)
  id!: string;

  @Field(() => LocalizedTextType)
  name!: LocalizedText;

  @Field(() => CallTermsType)
  terms!: CallTermsType;

  @Field(() => CallStageEnum)
  stage!: CallStage;

  @Field(() => WhenScalar, { description: 'When it came to this stage.' })
  stageSince!: string;

  @Field(() => Boolean, { description: 'Whether one can apply: by the terms, whether or not the closing has been recorded yet.' })
  isOpen!: boolean;

  @Field(() => [CallMaterialType])
  materials!: readonly CallMaterialType[];

  @Field(() => [CallAmendmentType])
  amendments!: readonly CallAmendmentType[];

  @Field(() => SelectionType, { nullable: true })
  selection?: SelectionType;

  @Field(() => [String], { description: 'The pages that its terms were read from; none for a call that was planned here.' })
  source!: readonly string[];

  @RevisionField()
  revision!: StreamRevision;

  /** The moment asked for, for the fields that are joined. */
  moment!: Moment;
  organiserId!: string;
  /** As they were written, with organisations by their ids. */
  written!: Written;
  sealedContacts!: readonly CallContact[];
}

/** The texts of a call that may name organisations. */
interface Written {
  /** When goals and duties were said. */
  readonly said: When;
  readonly goals: readonly LocalizedText[];
  readonly duties: readonly DutyType[];
  readonly statements: readonly SourceStatementType[];
}

export const CallConnection = connectionType(CallType, 'Call');

/** What public sources tell of a call: how many regions applied, and how many were granted money, at least. */
export function toldTotals({ written: { statements }, selection }: Pick<CallType, 'written' | 'selection'>): {
  readonly applied: number | undefined;
  readonly granted: number | undefined;
} {
  const most = (told: readonly number[]) => (told.length === 0 ? undefined : Math.max(...told));
  const applied = statements.flatMap(({ applicants }) => applicants ?? []);
  // An amount that was granted is told with the number of those among whom it was.
  const granted = statements.flatMap(({ approximateAmount, count }) => (approximateAmount === undefined ? [] : (count ?? [])));
  return { applied: most(applied), granted: most([...granted, ...(selection ? [selection.selected.length] : [])]) };
}

/** Whether so many decisions on the call, or files of such, can be all: public sources may tell of more. */
export function completeness(here: number, call: Pick<CallType, 'written' | 'selection'>) {
  const { applied = 0, granted } = toldTotals(call);
  return { isComplete: here >= Math.max(applied, granted ?? 0), ...(granted !== undefined && { knownTotal: granted }) };
}

/** The call of that id as the caller may see it, for the fields that name one. */
export async function callOf(id: string, moment: Moment, context: RequestContext): Promise<CallType | undefined> {
  const row = await context.load(moment.rows(calls), id);
  return row && callAt(row, moment, mayRead('calls that are not published', context.caller));
}

/**
 * The call as it stood at the instant; undefined before it was there. For those who may not see drafts it was there from
 * its publication on, and nothing is told of what was changed before.
 */
export function callAt(row: Stored<CallRow>, moment: Moment, seesDrafts: boolean): CallType | undefined {
  const { asOf } = moment;
  const since = seesDrafts ? row.since : row.publicSince;
  if (since === null || since > asOf) return undefined;
  const stage = stageAt(row.stages, asOf);
  const terms = entryAt(row.terms, asOf);
  if (!stage || !terms) return undefined;
  const isThere = isThen(asOf);
  const { selection } = row;
  return {
    id: row._id,
    kind: row.kind,
    name: row.names,
    terms: termsType(terms.value),
    source: terms.source ?? [],
    stage: stage.value,
    stageSince: stage.effectiveAt,
    isOpen: (stage.value === 'published' || stage.value === 'closed') && isWithin(terms.value, asOf),
    materials: row.materials.filter(isThere).map(({ effectiveAt, value }) => ({ ...value, published: effectiveAt })),
    amendments: row.amendments
      .filter((one) => isThere(one) && firstInstant(one.effectiveAt) >= since)
      .map(({ value, ...times }) => ({ ...times, reason: value })),
    ...(selection &&
      isThere(selection) && {
        selection: {
          source: [],
          ...selection,
          ...selection.value,
          selected: selection.value.selected.map((one) => ({ ...one, region: regionOf(one.region) })),
        },
      }),
    revision: new StreamRevision(`call-${row._id}`, row.revision),
    moment,
    organiserId: row.organiser,
    written: {
      said: (row.terms[0] ?? terms).effectiveAt,
      goals: row.goals,
      duties: row.duties.map((duty) => ({ ...duty, onlyPilots: duty.onlyPilots === true })),
      statements: row.statements
        .filter(isThere)
        .map(({ value, effectiveAt, source = [] }) => ({ ...value, regions: regionsOf(value.regions), effectiveAt, source })),
    },
    sealedContacts: latestOfEach(row.contacts.filter(isThere).map(({ value }) => value)),
  };
}

function termsType(terms: CallTerms): CallTermsType {
  const { opens, closes } = terms;
  return { ...terms, ...(opens && { opensAt: firstInstant(opens) }), ...(closes && { closesAt: lastInstant(closes) }) };
}

/** Its stage at the instant. The deadline itself is in time: a call is closed after the instant that its closing is about, not at it. */
function stageAt(stages: CallRow['stages'], asOf: Instant): Dated<CallStage> | undefined {
  return entryAt(
    stages.filter(({ value, effectiveAt }) => value !== 'closed' || firstInstant(effectiveAt) < asOf),
    asOf,
  );
}

function isWithin({ opens, closes }: CallTerms, at: Instant): boolean {
  return (opens === undefined || firstInstant(opens) <= at) && (closes === undefined || at <= lastInstant(closes));
}

function regionsOf(codes: readonly RegionCode[] | undefined): RegionType[] | undefined {
  return codes?.map(regionOf);
}

function latestOfEach(contacts: readonly CallContact[]): readonly CallContact[] {
  return [...new Map(contacts.map((contact) => [contact.contact, contact])).values()];
}
