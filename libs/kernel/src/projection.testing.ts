import { recorded } from './decider.testing.js';
import type { EventDefinitions, NewEvent } from './event-schema.js';
import { nextRow, storedRow, type AnyProjection, type ProjectionOf, type Stored } from './projection.js';

/** The rows of a projection after these events of one stream, by key. Those that it leaves may be among them. */
export function rowsAfter<Row extends object, Definitions extends EventDefinitions>(
  projection: ProjectionOf<Row> & Pick<AnyProjection, 'key' | 'version'> & { readonly events: Partial<Definitions> },
  stream: string,
  events: readonly NewEvent<Definitions>[],
): Record<string, Stored<Row>> {
  const rows = new Map<string, Stored<Row>>();
  for (const [revision, one] of events.entries()) {
    if (!(one.type in projection.events)) continue;
    const event = recorded(one, revision, stream);
    for (const key of [projection.key(event as never)].flat()) {
      const row = storedRow(nextRow(projection as AnyProjection, rows.get(key), event, key), event, key);
      if (row.removed) rows.delete(key);
      else rows.set(key, row as Stored<Row>);
    }
  }
  return Object.fromEntries(rows);
}
