import type { CallTerms } from '#calls/call.events';
import { callFacts, deadline, hasClosed } from '#calls/call.facts';
import { isActiveAt, organisationFacts, successorAt, type OrganisationFacts } from '#organisations/organisation.facts';
import { canonicalJson } from '#kernel/canonical-json';
import { need, type Claim, type CommandsOf, type Decider, type FactsOf, type Needs } from '#kernel/decider';
import type { NewEvent } from '#kernel/event-schema';
import { helsinkiClock, type Instant } from '#kernel/helsinki-time';
import { callOfMatter, matterKey } from '#kernel/matter';
import { firstInstant } from '#kernel/when';
import { planFacts } from '#plans/plan.facts';
import type { OtherArrival } from './application-content.events.js';
import { requireValidContent, contentOf, edited, figures, hashed, missingIn } from './application-content.rules.js';
import type { applicationEvents, InadmissibleGround } from './application.events.js';
import { claimOf, requireFree } from './case-number.decider.js';
import { caseNumberFacts, caseNumberKey } from './case-number.facts.js';
import {
  applicationFacts,
  hasArrived,
  type ApplicationFacts,
  type ArrivedApplication,
  type DraftApplication,
} from './application.facts.js';
import { refuse } from './application.refusals.js';
import { arrivalOf, dated, requireOwnArrived, requireCallUnderWay, requireUnlocked } from './application.rules.js';

export type ApplyingCommands = CommandsOf<typeof import('./application.commands.js')>;
type ToReceive = ApplyingCommands['ReceiveApplication'];

/** What commands to an application need: the plan has the key of the application, which is that of the matter. */
export const itsCall = need(callFacts, ({ application }: { application: string }) => callOfMatter(application));
export const itsPlan = need(planFacts, ({ application }: { application: string }) => application);
const itsApplicant = need(organisationFacts, ({ organisation }: { organisation?: string }) => organisation);
/** What applied for the region, in a call with one application per region. */
const ofRegion = need(
  applicationFacts,
  ({ application, region }: ToReceive) => region && matterKey({ call: callOfMatter(application), region }),
);

/** Whose the case number is. */
const itsNumber = need(caseNumberFacts, ({ caseNumber }: ToReceive) => caseNumberKey(caseNumber));

/** The case number is of this application alone. */
export function claimOfNumber(name: string, command: object): Claim | undefined {
  return name === 'ReceiveApplication' ? claimOf(command as ToReceive) : undefined;
}

export const applyingNeeds = {
  RecordApplicationFromSource: { call: need(callFacts, ({ call }: { call: string }) => call) },
  StartApplication: { call: itsCall, applicant: itsApplicant },
  ReviseApplication: { call: itsCall },
  EditApplicationDraft: { call: itsCall },
  SubmitApplication: { call: itsCall, applicant: itsApplicant, plan: itsPlan },
  ReceiveApplication: { call: itsCall, applicant: itsApplicant, plan: itsPlan, ofRegion, numbered: itsNumber },
  AmendApplication: { call: itsCall, plan: itsPlan },
} satisfies Needs<ApplyingCommands>;

/** From the draft to the deadline: who applies, for what, and when it arrives. */
export const applying: Decider<ApplyingCommands, ApplicationFacts, typeof applicationEvents, typeof applyingNeeds>['decide'] = {
  RecordApplicationFromSource(data, state, { call }, { source }) {
    if (!source) throw new TypeError('what is recorded from a source names the source');
    if (call.stage === 'absent') throw refuse('application-call-unknown', { call: data.call });
    return state.stage === 'absent' ? [{ type: 'ApplicationRecordedFromSource', data }] : [];
  },

  StartApplication({ application, region, organisation }, state, facts, { at }) {
    const call = callOfMatter(application);
    const terms = requireCallUnderWay(facts.call, call);
    const applicant = requireEligible(organisation, facts.applicant, terms, at);
    if (applicant.region !== region) throw refuse('applicant-of-another-region', { organisation, region });
    requireOwnKey(application, ownKey(terms, { call, region, applicant: organisation }));
    if (state.stage !== 'absent') throw refuse('application-exists', { application });
    return [{ type: 'ApplicationStarted', data: { call, region, applicant: organisation } }];
  },

  ReviseApplication({ application, region, content }, state, { call }) {
    const draft = requireOwnDraft(state, application, (one) => one.region === region);
    requireCallUnderWay(call, draft.call);
    const next = contentOf(content);
    return canonicalJson(next) === canonicalJson(draft.content) ? [] : [{ type: 'ApplicationRevised', data: { content: next } }];
  },

  EditApplicationDraft({ application, region, content = {}, removed }, state, { call }) {
    const draft = requireOwnDraft(state, application, (one) => one.region === region);
    requireCallUnderWay(call, draft.call);
    const next = edited(draft.content, contentOf(content), removed);
    return canonicalJson(next) === canonicalJson(draft.content) ? [] : [{ type: 'ApplicationRevised', data: { content: next } }];
  },

  SubmitApplication({ application, organisation, signatoryName }, state, facts, { at, actor }) {
    const draft = requireOwnDraft(state, application, ({ applicant }) => applicant === organisation);
    const terms = requireCallUnderWay(facts.call, draft.call);
    requireEligible(organisation, facts.applicant, terms, at);
    if (terms.opens !== undefined && at < firstInstant(terms.opens))
      throw refuse('application-call-not-open', { opens: helsinkiClock(firstInstant(terms.opens)) });
    if (draft.content.planVersion === undefined)
      throw refuse('application-incomplete', { missing: missingIn(draft.content, ['planVersion', ...figures]) });
    const content = requireValidContent(draft.content, terms, facts.plan);
    const data = {
      ...hashed(content),
      arrival: { channel: 'this-system', arrivedAt: at },
      person: actor.id,
      signatory: signatoryName,
    } as const;
    return [{ type: 'ApplicationSubmitted', data }, ...late(terms, at)];
  },

  ReceiveApplication(
    { application, caseNumber, organisation, region, arrival: given, content: said, signatoryName },
    state,
    facts,
    context,
  ) {
    requireFree(facts.numbered, { caseNumber, application });
    if (hasArrived(state)) return numbered(requireUnlocked(state), caseNumber, given);
    const call = callOfMatter(application);
    const terms = requireCallUnderWay(facts.call, call);
    if (state.stage === 'recorded') throw refuse('application-of-the-record');
    if (!organisation || !region || !given) {
      throw refuse('arrival-missing', {
        missing: Object.entries({ organisation, region, arrival: given }).flatMap(([name, value]) => (value === undefined ? [name] : [])),
      });
    }
    const whose = { call, region, applicant: organisation };
    const arrival = arrivalOf(given, context);
    const inadmissible = groundIn(terms, organisation, facts, arrival.arrivedAt);
    requireOwnKey(application, inadmissible ? matterKey(whose) : ownKey(terms, whose));
    const content = said && requireValidContent(contentOf(said), terms, facts.plan);
    const signature = signatoryName === undefined ? {} : { person: `${application}--signatory`, signatory: signatoryName };
    const data = { ...whose, arrival, caseNumber, ...(inadmissible && { inadmissible }), ...(content && hashed(content)), ...signature };
    return [{ type: 'ApplicationReceived', data, effectiveAt: arrival.arrivedAt }, ...late(terms, arrival.arrivedAt)];
  },

  AmendApplication({ application, organisation, content: said, arrival: given, signatoryName }, state, facts, context) {
    const submitted = requireUnlocked(requireOwnArrived(state, application, organisation));
    const terms = requireCallUnderWay(facts.call, submitted.call);
    const arrival = arrivalOf(given, context);
    if (hasClosed(terms, arrival.arrivedAt))
      throw refuse('application-deadline-passed', { closes: helsinkiClock(deadline(terms) as Instant) });
    const content = requireValidContent(contentOf(said), terms, facts.plan);
    if (canonicalJson(content) === canonicalJson(submitted.content ?? {})) return [];
    const signature =
      signatoryName === undefined ? {} : { person: given ? `${application}--signatory` : context.actor.id, signatory: signatoryName };
    return [{ type: 'ApplicationAmended', data: { ...hashed(content), arrival, ...signature }, ...dated(arrival) }];
  },

  WithdrawApplication({ application, organisation, reason, arrival: given }, state, _facts, context) {
    const submitted = requireOwnArrived(state, application, organisation);
    if (submitted.stage === 'withdrawn') return [];
    requireUnlocked(submitted);
    const arrival = arrivalOf(given, context);
    return [{ type: 'ApplicationWithdrawn', data: { reason, arrival }, ...dated(arrival) }];
  },
};

/** The draft of those whose it is; to everyone else there is none. */
function requireOwnDraft(
  state: ApplicationFacts,
  application: string,
  isTheirs: (one: { region: string; applicant: string }) => boolean,
): DraftApplication {
  if (hasArrived(state) && isTheirs(state)) throw refuse('application-submitted');
  if (state.stage !== 'draft' || !isTheirs(state)) throw refuse('application-unknown', { application });
  return state;
}

function requireEligible(organisation: string, applicant: OrganisationFacts, terms: CallTerms, at: Instant): OrganisationFacts {
  const found = requireRegistered(organisation, applicant);
  const successor = successorAt(found, at);
  if (successor !== undefined) throw refuse('applicant-succeeded', { organisation, by: successor });
  if (!isActiveAt(found, at))
    throw refuse('applicant-not-yet-registered', { organisation, since: helsinkiClock(firstInstant(found.since as string)) });
  if (!isEligible(found, terms)) throw refuse('applicant-not-eligible', { organisation, eligible: terms.eligibleApplicants ?? [] });
  return found;
}

function requireRegistered(organisation: string, applicant: OrganisationFacts): OrganisationFacts {
  if (!applicant.isRegistered) throw refuse('applicant-unknown', { organisation });
  return applicant;
}

/** Whether it is of a kind that may apply; any is, where the terms do not say. */
function isEligible({ kind }: OrganisationFacts, { eligibleApplicants }: CallTerms): boolean {
  return eligibleApplicants === undefined || (kind !== undefined && eligibleApplicants.includes(kind));
}

/** Why what came another way can only be found inadmissible: it is recorded under the applicant's own key, beside the region's. */
function groundIn(
  terms: CallTerms,
  organisation: string,
  { applicant, ofRegion }: FactsOf<typeof applyingNeeds, 'ReceiveApplication'>,
  arrivedAt: Instant,
): InadmissibleGround | undefined {
  // Registered after the arrival it may be: it is registered because of it.
  const isGone = successorAt(applicant, arrivedAt) !== undefined;
  if (!isEligible(requireRegistered(organisation, applicant), terms) || isGone) return 'applicant-not-eligible';
  const isTaken = terms.applicationsPer === 'region' && hasArrived(ofRegion) && ofRegion.applicant !== organisation;
  return isTaken ? 'region-has-an-application' : undefined;
}

/** The key of the one application that the terms allow. */
function ownKey({ applicationsPer }: CallTerms, { call, region, applicant }: { call: string; region: string; applicant: string }): string {
  return applicationsPer === 'region' ? matterKey({ call, region }) : matterKey({ call, region, applicant });
}

function requireOwnKey(application: string, right: string) {
  if (application !== right) throw refuse('application-misaddressed', { application: right });
}

/** The case number of an application that has arrived. */
function numbered(
  submitted: ArrivedApplication,
  caseNumber: string,
  given: OtherArrival | undefined,
): readonly NewEvent<typeof applicationEvents>[] {
  const { call, region, applicant, arrival } = submitted;
  if (submitted.caseNumber === caseNumber && !given) return [];
  if (given && submitted.caseNumber === caseNumber) throw refuse('arrival-on-record');
  if (submitted.caseNumber !== undefined) throw refuse('case-number-given', { caseNumber: submitted.caseNumber });
  if (given) throw refuse('arrival-on-record');
  return [{ type: 'ApplicationReceived', data: { call, region, applicant, arrival, caseNumber } }];
}

/** What arrives after the deadline is marked as late, and never dropped. */
function late(terms: CallTerms, arrivedAt: Instant): readonly NewEvent<typeof applicationEvents>[] {
  if (!hasClosed(terms, arrivedAt)) return [];
  return [{ type: 'LateApplicationRecorded', data: { arrivedAt, closes: deadline(terms) as Instant }, effectiveAt: arrivedAt }];
}
