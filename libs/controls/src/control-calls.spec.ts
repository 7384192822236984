import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SqliteEventLog } from '#event-store/sqlite/sqlite-event-log';
import { controlCalls } from './control-calls.js';
import { controlPass } from './control-pass.js';
import { definitions, forge } from './control.testing.js';
import { findingsIn } from './findings.js';
import { questionsFor } from './questions.js';

const questions = questionsFor(definitions);
const paid = (payment: string, stream = 'grant-c--forged') => ({
  stream,
  type: 'PaymentSent',
  data: { payment, sender: 'person-x' },
  by: 'somebody',
  role: 'ministry-presenter',
  at: '2026-01-01T00:00:00.000Z',
});

describe('control questions that go on with a log', () => {
  let folder: string;
  let log: SqliteEventLog;
  const reads: (string | undefined)[] = [];
  let rests = 0;
  const asked = () => controlCalls(watched(log), definitions, questions, async () => void (rests += 1));
  const watched = (over: SqliteEventLog): SqliteEventLog =>
    Object.assign(Object.create(over), { readTexts: (page: { after?: string }) => (reads.push(page.after), over.readTexts(page)) });

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'digituki-controls-'));
    log = SqliteEventLog.open(join(folder, 'log.db'));
    reads.length = rests = 0;
  });
  afterEach(async () => {
    await log.close();
    rmSync(folder, { recursive: true });
  });

  it('read only what is new, and answer as a pass over the whole log does', async () => {
    const calls = asked();
    await forge(log, [paid('p')]);
    const first = await calls.goOn('at-rest');
    await forge(log, [paid('p'), paid('q', 'grant-c--other')]);
    const second = await calls.goOn('at-rest');
    expect(reads).toEqual([undefined, first.position]);
    expect(second).toEqual(await controlPass(log, definitions, questions));
    expect(second.witnesses.get('payment-sent-twice')?.count).toBe(1);
    expect(first.witnesses.get('payment-sent-twice')?.count).toBe(0);
  });

  it('leave time to others only where that is wanted, and take turns', async () => {
    const calls = asked();
    await forge(log, [paid('p')]);
    const [one, other] = await Promise.all([calls.whole('at-once'), calls.goOn('at-once')]);
    expect(rests).toBe(0);
    expect(other).toEqual(one);
    await calls.goOn('at-rest');
    expect(rests).toBe(1);
  });

  it('read the whole log anew where that is wanted', async () => {
    const calls = asked();
    await forge(log, [paid('p')]);
    await calls.goOn('at-rest');
    await calls.whole('at-rest');
    expect(reads).toEqual([undefined, undefined]);
  });

  it('name each event with its sentence, and say how many more there are', async () => {
    await forge(
      log,
      Array.from({ length: 23 }, () => paid('p')),
    );
    const findings = findingsIn(await asked().whole('at-once'), questions);
    const twice = findings.filter((line) => line.startsWith('payment-sent-twice'));
    expect(twice).toHaveLength(21);
    expect(twice[0]).toMatch(
      /^payment-sent-twice: PaymentSent, revision 1 of grant-c--forged \([0-9a-f-]{36}\): Payment p of the grant c--forged was sent a second time/,
    );
    expect(twice.at(-1)).toBe('payment-sent-twice: 2 more');
  });
});
