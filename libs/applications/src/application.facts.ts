import { contentHash } from '#kernel/content-hash';
import type { CommandsOf, Fold } from '#kernel/decider';
import type { Day, Instant } from '#kernel/helsinki-time';
import { entry } from '#kernel/keyed';
import type { Cents } from '#kernel/money';
import type { RegionCode } from '#kernel/region';
import type { ApplicationContent, Arrival, DraftContent } from './application-content.events.js';
import { applicationEvents, type AskedKind, type DecisionOutcome, type InadmissibleGround } from './application.events.js';

/** The command by which an application is told that it is decided. */
export type DecidedCommands = Pick<CommandsOf<typeof import('./handling.commands.js')>, 'RecordApplicationDecided'>;

interface Whose {
  readonly call: string;
  readonly region: RegionCode;
  readonly applicant: string;
}

export interface DraftApplication extends Whose {
  readonly stage: 'draft';
  readonly content: DraftContent;
}

/** Something that was asked of the applicant. */
export interface Asked {
  readonly due: Day;
  readonly isAnswered: boolean;
  /** The hash of what was answered last. */
  readonly answer?: string;
  readonly isWithdrawn?: true;
}

/** What was proposed to be decided. */
export interface Proposal {
  readonly presenter: string;
  readonly outcome: DecisionOutcome;
  readonly amount?: Cents;
  readonly conditions: readonly string[];
  /** That of the application with which it was proposed, as those read it who see no drafts: decisions are theirs. */
  readonly revision: number;
}

/** An application that has arrived. */
export interface ArrivedApplication extends Whose {
  readonly stage: 'submitted' | 'withdrawn';
  /** What it says now; unknown where it came another way and nobody has entered it. */
  readonly content?: ApplicationContent;
  /** When that arrived: what arrives later counts, in whatever order it is recorded. */
  readonly saidAt: Instant;
  readonly arrival: Arrival;
  /** How many events are of its draft. */
  readonly drafted: number;
  readonly caseNumber?: string;
  readonly isLate: boolean;
  readonly inadmissible?: InadmissibleGround;
  readonly supplements: Readonly<Record<string, Asked>>;
  readonly hearings: Readonly<Record<string, Asked>>;
  /** The ids of those who may not handle it. */
  readonly disqualified: readonly string[];
  /** The criteria by which it was assessed. */
  readonly assessed: readonly string[];
  /** The hash of the last assessment by each of them. */
  readonly assessments?: Readonly<Record<string, string>>;
  /** What is proposed to be decided: while it is, nothing else changes the application. */
  readonly proposal?: Proposal;
  /** Whether a decision on it fell: what was proposed stands from then on. */
  readonly isDecided: boolean;
}

/** An application as decisions see it: its own decider's state, and what deciders of other streams need of it. */
export type ApplicationFacts =
  | { readonly stage: 'absent' }
  /** Known from the public record only. */
  | { readonly stage: 'recorded'; readonly region: RegionCode }
  | DraftApplication
  | ArrivedApplication;

export const applicationFacts: Fold<ApplicationFacts, typeof applicationEvents> = {
  category: 'application',
  events: applicationEvents,
  initial: { stage: 'absent' },
  evolve: {
    ApplicationRecordedFromSource: (_, { data: { region } }) => ({ stage: 'recorded', region }),
    ApplicationStarted: (_, { data }) => ({ stage: 'draft', ...data, content: {} }),
    ApplicationRevised: (application, { data: { content } }) => ({ ...(application as DraftApplication), content }),
    ApplicationSubmitted: (application, { revision, data: { content, arrival } }) => {
      const { call, region, applicant } = application as DraftApplication;
      return arrived({ call, region, applicant }, arrival, { content, drafted: revision });
    },
    ApplicationReceived: (application, { revision, data: { call, region, applicant, arrival, caseNumber, inadmissible, content } }) =>
      application.stage === 'submitted'
        ? { ...application, caseNumber }
        : arrived({ call, region, applicant }, arrival, {
            drafted: revision,
            caseNumber,
            ...(inadmissible && { inadmissible }),
            ...(content && { content }),
          }),
    LateApplicationRecorded: (application) => changed(application, { isLate: true }),
    ApplicationAmended: (application, { data: { content, arrival } }) => changed(application, said(application, content, arrival)),
    ApplicationWithdrawn: (application) => changed(application, { stage: 'withdrawn' }),
    SupplementRequested: (application, { data: { supplement, due } }) =>
      changed(application, { supplements: { ...known(application).supplements, [supplement]: { due, isAnswered: false } } }),
    ApplicationSupplemented: (application, { data: { supplement, text, content, isLate, arrival } }) =>
      changed(
        withAsked(application, 'supplement', supplement, { isAnswered: true, answer: contentHash({ text, content, isLate }) }),
        // What comes late is kept, but the application stays as it was.
        content && !isLate ? said(application, content, arrival) : {},
      ),
    HearingOpened: (application, { data: { hearing, due } }) =>
      changed(application, { hearings: { ...known(application).hearings, [hearing]: { due, isAnswered: false } } }),
    StatementGiven: (application, { data: { hearing, text, isLate } }) =>
      withAsked(application, 'hearing', hearing, { isAnswered: true, answer: contentHash({ text, isLate }) }),
    DueDayCorrected: (application, { data: { asked, id, due } }) => withAsked(application, asked, id, { due }),
    RequestWithdrawn: (application, { data: { asked, id } }) => withAsked(application, asked, id, { isWithdrawn: true }),
    EarlierArrivalRecorded: (application, { data: { arrival, isLate } }) => changed(application, { arrival, isLate }),
    DisqualificationRecorded: (application, { data: { person } }) =>
      changed(application, { disqualified: [...known(application).disqualified, person] }),
    ApplicationAssessed: (application, { data }) =>
      changed(application, {
        assessed: [...new Set([...known(application).assessed, data.criterion])],
        assessments: { ...known(application).assessments, [data.criterion]: contentHash(data) },
      }),
    DecisionProposed: (application, { revision, data: { presenter, outcome, amount, conditions } }) =>
      changed(application, {
        proposal: {
          presenter,
          outcome,
          ...(amount !== undefined && { amount }),
          conditions,
          revision: revision - known(application).drafted,
        },
      }),
    DecisionProposalWithdrawn: (application) => {
      const { proposal: _, ...rest } = known(application);
      return rest;
    },
    ApplicationDecided: (application) => changed(application, { isDecided: true }),
  },
};

/** Whether the application has arrived, be it withdrawn since. */
export function hasArrived(application: ApplicationFacts): application is ArrivedApplication {
  return application.stage === 'submitted' || application.stage === 'withdrawn';
}

function arrived(whose: Whose, arrival: Arrival, more: Partial<ArrivedApplication>): ArrivedApplication {
  return {
    ...whose,
    stage: 'submitted',
    drafted: 0,
    arrival,
    saidAt: arrival.arrivedAt,
    isLate: false,
    supplements: {},
    hearings: {},
    disqualified: [],
    assessed: [],
    isDecided: false,
    ...more,
  };
}

function known(application: ApplicationFacts): ArrivedApplication {
  return application as ArrivedApplication;
}

function changed(application: ApplicationFacts, change: Partial<ArrivedApplication>): ArrivedApplication {
  return { ...known(application), ...change };
}

function said(application: ApplicationFacts, content: ApplicationContent, { arrivedAt }: Arrival): Partial<ArrivedApplication> {
  return arrivedAt < known(application).saidAt ? {} : { content, saidAt: arrivedAt };
}

function withAsked(application: ApplicationFacts, kind: AskedKind, id: string, change: Partial<Asked>): ArrivedApplication {
  const which = kind === 'supplement' ? 'supplements' : 'hearings';
  const asked = known(application)[which];
  return changed(application, { [which]: { ...asked, [id]: { ...(entry(asked, id) as Asked), ...change } } });
}
