import { Field, Int, ObjectType } from '@nestjs/graphql';
import type { Claims } from '#access/policy';
import { mayRead } from '#access/policy';
import type { CorrectionGround, ReductionGround, ReleaseGround } from './allocation.events.js';
import { connectionType } from '#edge/connection';
import { LocalizedTextType } from '#edge/localized-text.type';
import { dated, objectOf, recorded } from '#edge/records';
import { regionOf, RegionType } from '#edge/region.type';
import type { RequestContext } from '#edge/request-context';
import { CentsScalar, KeyScalar, MatterScalar } from '#edge/scalars';
import type { Moment } from '#edge/views';
import { type EventData, type Sealed } from '#kernel/event-schema';
import { omit, pick } from '#kernel/keyed';
import type { Stored } from '#kernel/projection';
import type { LocalizedText } from '#kernel/localized-text';
import { type Dated, isThen } from '#kernel/timeline';
import { allocationEvents } from './allocation.events.js';
import { decisions, type DecisionRow, type Told } from './decisions.projection.js';

const { GrantDecided } = allocationEvents;
const said = omit(
  GrantDecided.fields,
  'application',
  'region',
  'applicant',
  'presenter',
  'presenterName',
  'decider',
  'deciderName',
  'applicationRevision',
  'departure',
);

@ObjectType('DecisionChange', { description: 'What became of a decision: a correction, a reduction, money that returned.' })
class DecisionChangeType extends objectOf({ ...dated, ...recorded }) {
  @Field(() => String)
  event!: string;

  @Field(() => LocalizedTextType)
  description!: LocalizedText;

  @Field(() => String, { nullable: true, description: 'On which ground.' })
  ground?: CorrectionGround | ReductionGround | ReleaseGround;

  @Field(() => String, { nullable: true, description: 'Why.' })
  reason?: string;

  @Field(() => CentsScalar, { description: 'What was granted after it.' })
  amount!: number;
}

@ObjectType('FirstDecision', { description: 'What was decided first, before any correction.' })
class FirstDecisionType extends objectOf(
  pick(GrantDecided.fields, 'outcome', 'amount', 'purpose', 'periodOfUse', 'conditions', 'grounds'),
) {}

@ObjectType('GrantDecision', { description: 'A decision on an application, as it stands at the time asked for.' })
export class GrantDecisionType extends objectOf({ ...said, ...dated, ...recorded }) {
  @Field(() => MatterScalar, { description: 'The application that was decided.' })
  id!: string;

  @Field(() => KeyScalar)
  call!: string;

  @Field(() => RegionType)
  region!: RegionType;

  @Field(() => CentsScalar, { description: 'What of it was reduced, declined or not used.' })
  returned!: number;

  @Field(() => FirstDecisionType, { description: 'What was decided first.' })
  first!: FirstDecisionType;

  @Field(() => [DecisionChangeType], { description: 'All that became of it.' })
  changes!: readonly DecisionChangeType[];

  @Field(() => String, { nullable: true, description: 'Why it departs from what was proposed; for those who handle applications.' })
  departure?: string;

  @Field(() => String, { nullable: true, description: 'What the presenter thought otherwise; for those who handle applications.' })
  dissent?: string;

  /** Resolved where they are asked for. */
  moment!: Moment;
  applicantId!: string;
  sealed!: { readonly presenterName?: Sealed; readonly deciderName?: Sealed };
}

export const GrantDecisionConnection = connectionType(GrantDecisionType, 'GrantDecision');

@ObjectType('CallDecisionConnection', { description: 'The decisions on the applications to a call, as far as they are known.' })
export class CallDecisionConnection extends GrantDecisionConnection {
  @Field(() => Boolean, { description: 'False where a public source tells of applications or grants whose decisions are not here.' })
  isComplete!: boolean;

  @Field(() => Int, { nullable: true, description: 'How many were granted money at least, where a public source says so.' })
  knownTotal?: number;
}

type Decided = EventData<typeof allocationEvents, 'GrantDecided'>;
interface Standing {
  readonly decided: Decided;
  readonly returned: number;
  readonly dissent?: string;
  readonly changes: readonly DecisionChangeType[];
}

/** The decision as it stood at the instant; undefined before it fell. */
export function decisionAt(row: Stored<DecisionRow>, moment: Moment, reader: Claims | undefined): GrantDecisionType | undefined {
  const told = row.told.filter(isThen(moment.asOf));
  const [first, ...later] = told;
  if (first?.value.type !== 'GrantDecided') return undefined;
  const start: Standing = { decided: first.value.data, returned: 0, changes: [] };
  const { decided, returned, dissent, changes } = later.reduce(after, start);
  const { application: id, region, applicant, presenter: _, presenterName, decider: _decider, deciderName, departure, ...rest } = decided;
  const { applicationRevision: _seen, ...shown } = rest;
  const handles = mayRead('handling of applications', reader);
  return {
    ...shown,
    id,
    call: row.call,
    region: regionOf(region),
    returned,
    first: first.value.data,
    changes,
    ...(handles && departure !== undefined && { departure }),
    ...(handles && dissent !== undefined && { dissent }),
    effectiveAt: first.effectiveAt,
    recordedAt: first.recordedAt,
    moment,
    applicantId: applicant,
    sealed: { ...(presenterName && { presenterName }), ...(deciderName && { deciderName }) },
  };
}

/** The decision on an application at the moment, for answers that name it. */
export async function decisionOf(id: string, moment: Moment, context: RequestContext): Promise<GrantDecisionType | undefined> {
  const row = await context.load(moment.rows<DecisionRow>(decisions), id);
  return row && decisionAt(row, moment, context.caller);
}

function after(standing: Standing, { value, effectiveAt, recordedAt }: Dated<Told>): Standing {
  const { decided, returned, changes } = standing;
  const change = (amount: number, because: { ground?: DecisionChangeType['ground']; reason?: string } = {}): Standing['changes'] => [
    ...changes,
    { event: value.type, description: allocationEvents[value.type].description, effectiveAt, recordedAt, amount, ...because },
  ];
  switch (value.type) {
    case 'GrantDecided':
      return standing;
    case 'PresenterDissented':
      return { ...standing, dissent: value.data.dissent };
    case 'DecisionCorrected': {
      const { application: _, ground, reason, decider: _decider, deciderName: _name, ...corrected } = value.data;
      const next = { ...decided, ...corrected };
      return { ...standing, decided: next, changes: change((next.amount ?? 0) - returned, { ground, reason }) };
    }
    case 'GrantReduced': {
      const { reducedBy, ground, reason } = value.data;
      const next = returned + reducedBy;
      return { ...standing, returned: next, changes: change((decided.amount ?? 0) - next, { ground, reason }) };
    }
    case 'GrantReleased': {
      const { released, ground } = value.data;
      const next = returned + released;
      return { ...standing, returned: next, changes: change((decided.amount ?? 0) - next, { ground }) };
    }
  }
}
