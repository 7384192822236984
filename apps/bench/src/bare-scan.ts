import { DatabaseSync } from 'node:sqlite';

/**
 * The floor of reading the log: every row of the file up to a position, in order, by pages (all at once or one by one is
 * slower), its data and metadata parsed.
 */
export function bareScan(path: string, upTo = Number.MAX_SAFE_INTEGER): void {
  const db = new DatabaseSync(path, { readOnly: true });
  const page = db.prepare('SELECT * FROM events WHERE position > ? AND position <= ? ORDER BY position LIMIT 1000');
  for (let after = 0, rows = page.all(after, upTo); rows.length > 0; rows = page.all(after, upTo)) {
    for (const { data, metadata } of rows) {
      JSON.parse(data as string);
      JSON.parse(metadata as string);
    }
    after = rows.at(-1)?.['position'] as number;
  }
  db.close();
}
