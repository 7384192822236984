import { datedBy, streamKey, type EventOf } from '#kernel/envelope';
import type { EventData } from '#kernel/event-schema';
import type { LocalizedText } from '#kernel/localized-text';
import type { Projection } from '#kernel/projection';
import { withEntry, type Dated, type Timeline } from '#kernel/timeline';
import { operatingModelEvents, type OperatingModelSection } from './operating-model.events.js';

type Data<Type extends keyof typeof operatingModelEvents> = EventData<typeof operatingModelEvents, Type>;

export interface ModelVersion {
  readonly number: number;
  readonly sections: readonly OperatingModelSection[];
  /** Why it was made; the first one needs no reason. */
  readonly reason?: string;
}

/** The operating model through its versions, with what regions say of it and how their role is evaluated. */
export interface OperatingModelRow {
  readonly names: LocalizedText;
  readonly versions: Timeline<ModelVersion>;
  readonly feedback: readonly Dated<Data<'OperatingModelFeedbackGiven'>>[];
  /** What the agency proposes and the ministry has not confirmed. */
  readonly proposals: readonly Dated<Data<'RegionalRoleEvaluationProposed'>>[];
  readonly evaluations: readonly Dated<Data<'RegionalRoleEvaluated'>>[];
}

export const operatingModels: Projection<OperatingModelRow, typeof operatingModelEvents, 'OperatingModelPublished'> = {
  name: 'operating-models',
  version: 1,
  events: operatingModelEvents,
  key: (event: EventOf<typeof operatingModelEvents>) => streamKey(event.stream),
  starts: {
    OperatingModelPublished: (event) => ({
      names: event.data.names,
      versions: [datedBy(event, { number: 1, sections: event.data.sections })],
      feedback: [],
      proposals: [],
      evaluations: [],
    }),
  },
  on: {
    OperatingModelRevised: (row, event) => {
      const { version: number, sections, reason } = event.data;
      return { ...row, versions: withEntry(row.versions, datedBy(event, { number, sections, reason })) };
    },
    OperatingModelFeedbackGiven: (row, event) => ({ ...row, feedback: [...row.feedback, datedBy(event, event.data)] }),
    RegionalRoleEvaluationProposed: (row, event) => ({ ...row, proposals: [...othersThan(row, event), datedBy(event, event.data)] }),
    RegionalRoleEvaluated: (row, event) => ({
      ...row,
      proposals: othersThan(row, event),
      evaluations: [...row.evaluations, datedBy(event, event.data)],
    }),
  },
};

function othersThan({ proposals }: OperatingModelRow, { data }: { readonly data: { readonly evaluation: string } }) {
  return proposals.filter(({ value }) => value.evaluation !== data.evaluation);
}
