import { datedBy, effectiveAt, streamKey, type EventOf, type Recorded } from '#kernel/envelope';
import type { EventData, Sealed } from '#kernel/event-schema';
import type { Instant } from '#kernel/helsinki-time';
import type { LocalizedText } from '#kernel/localized-text';
import type { Projection } from '#kernel/projection';
import { withEntry, type Dated, type Timeline } from '#kernel/timeline';
import { firstInstant } from '#kernel/when';
import { callEvents, type CallKind, type CallTerms } from './call.events.js';

export const callStages = ['planned', 'published', 'closed', 'cancelled'] as const;
export type CallStage = (typeof callStages)[number];

type Data<Type extends keyof typeof callEvents> = EventData<typeof callEvents, Type>;

/** What is known of a contact; the personal texts are sealed. */
export interface CallContact {
  readonly contact: string;
  readonly office: LocalizedText;
  readonly name?: Sealed;
  readonly email?: Sealed;
  readonly phone?: Sealed;
}

/** What calls there are, on which terms, and what became of them. */
export interface CallRow {
  readonly kind: CallKind;
  readonly names: LocalizedText;
  readonly organiser: string;
  readonly goals: readonly LocalizedText[];
  readonly duties: Data<'CallPlanned'>['duties'];
  readonly terms: Timeline<CallTerms>;
  readonly stages: Timeline<CallStage>;
  /** The first instant of applications by the latest terms, to order by; empty where it is not known. */
  readonly opens: string;
  /** The first instant at which there was something of it. */
  readonly since: Instant;
  /** The first instant at which it was public; null before it is published. */
  readonly publicSince: Instant | null;
  readonly materials: readonly Dated<Data<'CallMaterialPublished'>>[];
  readonly contacts: Timeline<CallContact>;
  readonly amendments: readonly Dated<string>[];
  readonly selection?: Dated<Data<'SelectionRecordedFromSource'>>;
  readonly statements: readonly Dated<Data<'SourceStatementRecorded'>>[];
}

export const calls: Projection<CallRow, typeof callEvents, 'CallPlanned'> = {
  name: 'calls',
  version: 1,
  events: callEvents,
  indexes: ['opens', 'kind', 'since', 'publicSince'],
  key: (event: EventOf<typeof callEvents>) => streamKey(event.stream),
  starts: {
    CallPlanned: (event) => {
      const { kind, names, organiser, goals, duties, terms } = event.data;
      return {
        kind,
        names,
        organiser,
        goals,
        duties,
        terms: [datedBy(event, terms)],
        stages: [datedBy(event, 'planned')],
        opens: opensOf(terms),
        since: firstInstant(effectiveAt(event)),
        publicSince: null,
        materials: [],
        contacts: [],
        amendments: [],
        statements: [],
      };
    },
  },
  on: {
    CallPlanRevised: (row, { data }) => ({ ...row, ...data }),
    CallPublished: (row, event) => ({
      ...staged(row, event, 'published'),
      publicSince: row.publicSince ?? firstInstant(effectiveAt(event)),
    }),
    CallMaterialPublished: (row, event) => ({ ...row, materials: [...row.materials, datedBy(event, event.data)] }),
    CallContactNamed: (row, event) => ({ ...row, contacts: withEntry(row.contacts, datedBy(event, event.data)) }),
    CallTermsAmended: (row, event) => amended(row, event, event.data.terms, event.data.reason),
    CallDeadlineExtended: (row, event) => amended(row, event, { ...row.terms.at(-1)?.value, closes: event.data.closes }, event.data.reason),
    CallClosed: (row, event) => staged(row, event, 'closed'),
    CallCancelled: (row, event) => ({
      ...staged(row, event, 'cancelled'),
      amendments: [...row.amendments, datedBy(event, event.data.reason)],
    }),
    SelectionRecordedFromSource: (row, event) => ({ ...row, selection: datedBy(event, event.data) }),
    SourceStatementRecorded: (row, event) => ({ ...row, statements: [...row.statements, datedBy(event, event.data)] }),
  },
};

function staged(row: CallRow, event: Recorded, stage: CallStage): CallRow {
  return { ...row, stages: withEntry(row.stages, datedBy(event, stage)) };
}

function amended(row: CallRow, event: Recorded, terms: CallTerms, reason: string): CallRow {
  return {
    ...row,
    terms: withEntry(row.terms, datedBy(event, terms)),
    opens: opensOf(terms),
    amendments: [...row.amendments, datedBy(event, reason)],
  };
}

function opensOf({ opens }: CallTerms): string {
  return opens === undefined ? '' : firstInstant(opens);
}
