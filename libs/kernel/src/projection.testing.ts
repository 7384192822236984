import { recorded } from './decider.testing.js';
import type { EventDefinitions, NewEvent } from './event-schema.js';
import { removed, type Projection } from './projection.js';

/** The rows of a projection after these events of one stream, by key. */
export function rowsAfter<Row extends object, Definitions extends EventDefinitions>(
  projection: Projection<Row, Definitions>,
  stream: string,
  events: readonly NewEvent<Definitions>[],
): Record<string, Row> {
  const rows = new Map<string, Row>();
  for (const [revision, one] of events.entries()) {
    const event = recorded(one, revision, stream) as never;
    for (const key of [projection.key(event)].flat()) {
      const next = projection.on[one.type](rows.get(key), event, key);
      if (next === removed) rows.delete(key);
      else if (next) rows.set(key, next);
    }
  }
  return Object.fromEntries(rows);
}
