import type { allocationEvents } from '#decisions/allocation.events';
import type { applicationEvents } from '#applications/application.events';
import type { callEvents } from '#calls/call.events';
import type { grantEvents } from '#grants/grant.events';
import type { planEvents } from '#plans/plan.events';
import type { selectionEvents } from '#applications/selection.events';
import { entry } from '#kernel/keyed';
import { questionOfAll } from './question.js';

type Asked = keyof (typeof allocationEvents &
  typeof applicationEvents &
  typeof callEvents &
  typeof grantEvents &
  typeof planEvents &
  typeof selectionEvents);

/** Who may do what, as an auditor holds it beside the register's own table: written from the rules, not from the commands. */
const admitted: readonly (readonly [roles: readonly string[], events: readonly Asked[]])[] = [
  [
    ['ministry-presenter', 'public-record-importer'],
    ['CallPlanned', 'CallPublished', 'CallContactNamed'],
  ],
  [['ministry-presenter', 'public-record-importer', 'process'], ['CallClosed']],
  [['public-record-importer'], ['SelectionRecordedFromSource', 'SourceStatementRecorded', 'ApplicationRecordedFromSource']],
  [['ministry-presenter'], ['CallPlanRevised', 'CallMaterialPublished', 'CallTermsAmended', 'CallDeadlineExtended', 'CallCancelled']],
  [
    ['ministry-presenter'],
    [
      'SupplementRequested',
      'HearingOpened',
      'ApplicationAssessed',
      'SelectionCompared',
      'DecisionProposed',
      'DecisionProposalWithdrawn',
      'PresenterDissented',
    ],
  ],
  [['ministry-presenter'], ['ReportReturned', 'ReportSubstanceInspected', 'ReportFinanceInspected', 'GrantHearingOpened']],
  // Who hands decided payments on may be a process of the register's own.
  [['ministry-presenter', 'process'], ['PaymentSent']],
  [['ministry-decider', 'public-record-importer'], ['AppropriationSet']],
  [
    ['ministry-decider'],
    ['AppropriationAdjusted', 'GrantDecided', 'DecisionCorrected', 'ChangeDecided', 'ReductionDecided', 'RectificationDecided'],
  ],
  [
    ['ministry-decider'],
    ['PaymentDecided', 'PaymentSuspended', 'PaymentResumed', 'PaymentTerminated', 'RecoveryDecided', 'RecoveryWaived'],
  ],
  [['ministry-decider'], ['GrantSettled', 'GrantClosed']],
  [['process'], ['GrantReduced', 'GrantReleased', 'GrantOpened', 'DecisionBecameFinal']],
  [
    ['ministry-registrar', 'applicant-signatory'],
    ['ApplicationAmended', 'ApplicationWithdrawn', 'ApplicationSupplemented', 'StatementGiven'],
  ],
  [
    ['ministry-registrar', 'applicant-signatory'],
    ['LateApplicationRecorded', 'RectificationRequested'],
  ],
  [['ministry-registrar', 'ministry-presenter', 'ministry-decider'], ['DisqualificationRecorded']],
  [
    ['ministry-registrar'],
    ['ApplicationReceived', 'DecisionNotified', 'AppealLodged', 'CourtDecisionRecorded', 'RepaymentReceived', 'RecoveryReceived'],
  ],
  // What the bank answers may be read by a process of the register's own.
  [
    ['ministry-registrar', 'process'],
    ['PaymentConfirmed', 'PaymentRejected'],
  ],
  [['applicant-signatory'], ['ApplicationSubmitted', 'GrantAccepted', 'GrantDeclined', 'PartnerAgreementRecorded', 'ChangeRequested']],
  [['applicant-signatory'], ['ReportSubmitted', 'GrantStatementGiven', 'PaymentRequested']],
  [['regional-coordinator'], ['ApplicationStarted', 'ApplicationRevised', 'PlanDrafted', 'PlanRevised', 'PlanSubmittedForComment']],
  [['regional-coordinator'], ['PlanCommentAnswered', 'PlanFinalised', 'GoalSet']],
  [['agency-coordinator'], ['PlanCommented', 'PlanCommentWithdrawn']],
  [['agency-coordinator', 'regional-coordinator'], ['GoalProgressAssessed']],
];
const rolesOf: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
  admitted.flatMap(([roles, types]) => types.map((type) => [type, roles])),
);

/** Whoever acts in a round has the role for it; a regional coordinator acts in their own region. */
export const actorWithoutRole = questionOfAll<undefined>({
  key: 'actor-without-role',
  title: { fi: 'Toimija ilman roolia', sv: 'Aktör utan roll', en: 'An actor without the role' },
  about: {
    fi: 'Haun, suunnitelman, hakemuksen, päätöksen ja avustuksen tapahtuman aiheuttaa vain se, jonka rooliin se kuuluu, ja alueellinen koordinoija vain omassa maakunnassaan.',
    sv: 'Det som sker i en utlysning, en plan, en ansökan, ett beslut och ett understöd utförs endast av den vars roll det hör till, och av en regional samordnare endast i det egna landskapet.',
    en: 'What happens in a call, a plan, an application, a decision and a grant is done by those whose role it is, and by a regional coordinator in their own region only.',
  },
  finding: {
    fi: 'Tapahtuman {type} aiheutti {role}: se kuuluu rooliin {needed}.',
    sv: 'Händelsen {type} utfördes av {role}: den hör till rollen {needed}.',
    en: '{type} was done by {role}: it is for {needed}.',
  },
  start: () => undefined,
  each: (_, { type, metadata: { actor, region } }) => {
    const needed = entry(rolesOf, type);
    if (!needed) return undefined;
    if (!needed.includes(actor.role)) return { type, role: actor.role, needed };
    const isElsewhere = actor.role === 'regional-coordinator' && region !== undefined && actor.region !== region;
    return isElsewhere ? { type, role: `${actor.role} (${actor.region ?? '-'})`, needed: `${actor.role} (${region})` } : undefined;
  },
});
