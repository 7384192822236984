import { once } from 'node:events';
import type { LoggedEvent } from '#event-store/event-log';
import { logPlace, openLog } from '#system/open-log';
import { CannotStart, readSettings } from '#system/settings';

export interface EventsOptions {
  readonly stream?: string;
  readonly category?: string;
  readonly type?: string;
  readonly after?: string;
  readonly limit?: string;
}

/** Prints events from the log itself, opened for reading only: whether or not a server runs on it. */
export async function printEvents({ stream, category, type, after, limit }: EventsOptions): Promise<void> {
  if (after !== undefined && !/^[0-9a-f]{32}$/.test(after))
    throw new CannotStart(`--after is no position: «${after}». It is 32 hexadecimal digits.`);
  let left = limit === undefined ? Infinity : Number(limit);
  if (limit !== undefined && !/^[1-9]\d*$/.test(limit)) throw new CannotStart(`--limit is no number of events: «${limit}».`);
  // A stream without a hyphen, as `log`, is of no category.
  const of = category ?? (stream?.includes('-') ? stream.split('-')[0] : undefined);
  const { logUrl, dataFolder, engineTimeoutSeconds } = readSettings(process.env);
  const log = await openLog(logPlace(logUrl ?? dataFolder, engineTimeoutSeconds * 1_000), { readOnly: true });
  try {
    // Asked for by its name it has to be there: nothing at all would look like nothing yet.
    if (stream !== undefined && (await log.readStream(stream, { limit: 1 })).length === 0)
      throw new CannotStart(
        `There is no stream ${stream}: its name is the category, a hyphen and the key, such as call-coordination-2019.`,
      );
    for (let from = after; left > 0;) {
      const page = await log.readAll({
        limit: Math.min(left, 1_000),
        ...(from && { after: from }),
        ...(type && { types: [type] }),
        ...(of !== undefined && { categories: [of] }),
      });
      const wanted = page.events.filter((event) => stream === undefined || event.stream === stream);
      for (const event of wanted) await printLine(event);
      left -= wanted.length;
      if (page.end) return;
      from = page.next;
    }
  } finally {
    await log.close();
  }
}

async function printLine(event: LoggedEvent): Promise<void> {
  if (!process.stdout.write(`${JSON.stringify(event)}\n`)) await once(process.stdout, 'drain');
}
