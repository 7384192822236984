import type { Belongs } from '#kernel/decider';
import type { EventDefinitions } from '#kernel/event-schema';
import type { Recorded, Revision } from '#kernel/envelope';
import type { AnyProjection } from '#kernel/projection';

/** What a history is of: a call with all that belongs to it, or one applicant's matter in it. */
export type About = Required<Pick<Belongs, 'call'>> | Required<Pick<Belongs, 'matter'>>;

/** Where an event is; its position is the row's. */
export interface HistoryRow {
  readonly stream: string;
  readonly revision: Revision;
}

/** What the ids of a history's rows begin with; the position follows, so that they are in the order of the log. */
export function historyPrefix(about: About): string {
  return 'call' in about ? `call ${about.call} ` : `matter ${about.matter} `;
}

/** The histories that an event belongs to. */
export function historiesOf({ metadata: { call, matter } }: Recorded): readonly string[] {
  return [...(call === undefined ? [] : [historyPrefix({ call })]), ...(matter === undefined ? [] : [historyPrefix({ matter })])];
}

/** Where the events of each call and each matter are, in their order: a row for each event and each history that it belongs to. */
export function historyOf(definitions: readonly EventDefinitions[]): AnyProjection {
  const events = Object.assign({}, ...definitions) as EventDefinitions;
  const found = (_: undefined, { stream, revision }: Recorded): HistoryRow => ({ stream, revision });
  return {
    name: 'history',
    version: 1,
    events,
    key: (event: Recorded) => historiesOf(event).map((prefix) => prefix + event.position),
    on: Object.fromEntries(Object.keys(events).map((type) => [type, found])),
  };
}
