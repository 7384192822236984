import { describe, expect, it, beforeEach, afterEach } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { canonicalJson } from '#kernel/canonical-json';
import type { Position } from '#kernel/envelope';
import {
  EventIdReused,
  maxAppendBytes,
  sizeOf,
  WrongExpectedRevision,
  type About,
  type EventLog,
  type EventToAppend,
  type LoggedEvent,
  type Page,
  type ReadAll,
} from './event-log.js';

/** A place for a log of one adapter: opened, closed and opened again by the suite. */
export interface LogPlace {
  open(): Promise<EventLog>;
  remove(): Promise<void>;
}

const written = (
  data: object = {},
  id: string = randomUUID(),
  type = 'SomethingHappened',
  recordedAt = '2026-01-01T00:00:00.000Z',
): EventToAppend => ({
  id,
  type,
  data: canonicalJson(data),
  metadata: canonicalJson({ recordedAt }),
});

async function everything(log: EventLog, begin: Position): Promise<LoggedEvent[]> {
  const found: LoggedEvent[] = [];
  for (let after: Position | undefined = begin; ;) {
    const page: Page = await log.readAll({ ...(after && { after }), limit: 7 });
    found.push(...page.events);
    if (page.end) return found;
    after = page.next;
  }
}

/** What the port promises, held against an adapter. The log may hold other events; nobody else writes meanwhile. */
export function describeEventLog(adapter: string, makePlace: () => Promise<LogPlace>): void {
  describe(`the event log on ${adapter}`, () => {
    let place: LogPlace;
    let log: EventLog;
    let begin: Position;
    const stream = () => `thing-${randomUUID()}`;
    /** A name that nothing in the log has yet. */
    const fresh = (name: string) => `${name}${randomUUID().replaceAll('-', '')}`;

    beforeEach(async () => {
      place = await makePlace();
      log = await place.open();
      begin = await log.head();
    });
    afterEach(async () => {
      await log.close();
      await place.remove();
    });

    it('keeps its id when it is closed and opened again', async () => {
      const { id } = log;
      await log.close();
      log = await place.open();
      expect(log.id).toBe(id);
    });

    it('answers an append with the revision and position of its last event', async () => {
      const name = stream();
      const appended = await log.append(name, 'none', [written(), written(), written()]);
      const events = await log.readStream(name);
      expect(events.map(({ revision }) => revision)).toEqual([0, 1, 2]);
      expect(appended).toEqual({ stream: name, revision: 2, position: events[2]?.position });
      expect(await log.head()).toBe(appended.position);
    });

    it('gives back the data and metadata that were appended', async () => {
      const name = stream();
      const data = { text: 'Päijät-Häme «å»', nested: { list: [1, 2.5, null, true] } };
      await log.append(name, 'none', [written(data)]);
      const [event] = await log.readStream(name);
      expect(event).toMatchObject({
        stream: name,
        revision: 0,
        type: 'SomethingHappened',
        data,
        metadata: { recordedAt: '2026-01-01T00:00:00.000Z' },
      });
    });

    it('refuses an append at a wrong revision and says which is the right one', async () => {
      const name = stream();
      await log.append(name, 'none', [written()]);
      for (const expected of ['none', 1, 99] as const) {
        await expect(log.append(name, expected, [written()])).rejects.toMatchObject(new WrongExpectedRevision(name, expected, 0));
      }
      await expect(log.append(stream(), 0, [written()])).rejects.toMatchObject({ actual: 'none' });
      expect(await log.readStream(name)).toHaveLength(1);
    });

    it('lets one of 20 racing first appends win and tells 19 of the conflict', async () => {
      const name = stream();
      const outcomes = await Promise.allSettled(Array.from({ length: 20 }, () => log.append(name, 'none', [written()])));
      expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      const reasons = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason as unknown] : []));
      expect(reasons).toHaveLength(19);
      for (const reason of reasons) expect(reason).toBeInstanceOf(WrongExpectedRevision);
      expect(await log.readStream(name)).toHaveLength(1);
    });

    it('answers the same append again with the first result, also after later appends and when opened again', async () => {
      const name = stream();
      const events = [written({ n: 1 }), written({ n: 2 })];
      const first = await log.append(name, 'none', events);
      expect(await log.append(name, 'none', events)).toEqual(first);
      await log.append(name, 1, [written()]);
      expect(await log.append(name, 'none', events)).toEqual(first);
      await log.close();
      log = await place.open();
      expect(await log.append(name, 'none', events)).toEqual(first);
      expect(await log.readStream(name)).toHaveLength(3);
    });

    it('refuses other data under known ids', async () => {
      const name = stream();
      const id = randomUUID();
      await log.append(name, 'none', [written({ n: 1 }, id)]);
      await expect(log.append(name, 'none', [written({ n: 2 }, id)])).rejects.toBeInstanceOf(EventIdReused);
      expect((await log.readStream(name)).map(({ data }) => data)).toEqual([{ n: 1 }]);
    });

    it('takes a retry that overlaps only in part for a conflict', async () => {
      const name = stream();
      const [a, b] = [written(), written()];
      await log.append(name, 'none', [a, b]);
      await expect(log.append(name, 'none', [a, written()])).rejects.toBeInstanceOf(WrongExpectedRevision);
      await expect(log.append(name, 0, [b, written()])).rejects.toBeInstanceOf(WrongExpectedRevision);
    });

    it.each([
      ['an id that is no UUID', [written({}, 'no-uuid')]],
      ['an empty type', [written({}, randomUUID(), '')]],
      ['no event', []],
      ['data that is no object', [{ ...written(), data: '1' }]],
      ['more than 1 MiB', [written({ a: 'x'.repeat(700_000) }), written({ a: 'x'.repeat(400_000) })]],
    ])('refuses %s before anything is written', async (_, events) => {
      const name = stream();
      await expect(log.append(name, 'none', events)).rejects.toThrow(/no UUID|without|object|bytes/);
      expect(await log.readStream(name)).toEqual([]);
    });

    it('takes as much as one append may hold', async () => {
      const room = maxAppendBytes - sizeOf(written({ text: '' }));
      const name = stream();
      await log.append(name, 'none', [written({ text: 'x'.repeat(room) })]);
      await expect(log.append(name, 0, [written({ text: 'x'.repeat(room + 1) })])).rejects.toThrow(RangeError);
    });

    it('answers a stream that is not there, and what is past its end, with nothing', async () => {
      const name = stream();
      expect(await log.readStream(name)).toEqual([]);
      await log.append(name, 'none', [written()]);
      expect(await log.readStream(name, { from: 5 })).toEqual([]);
    });

    it('reads a stream forwards and backwards, from a revision, to a limit', async () => {
      const name = stream();
      await log.append(
        name,
        'none',
        Array.from({ length: 6 }, () => written()),
      );
      const revisions = async (read: Parameters<EventLog['readStream']>[1]) =>
        (await log.readStream(name, read)).map(({ revision }) => revision);
      expect(await revisions({ from: 2, limit: 3 })).toEqual([2, 3, 4]);
      expect(await revisions({ direction: 'backwards', limit: 2 })).toEqual([5, 4]);
      expect(await revisions({ direction: 'backwards', from: 1 })).toEqual([1, 0]);
    });

    it('gives every event of all streams once, in the order of positions, page by page', async () => {
      const names = [stream(), stream(), stream()];
      await Promise.all(names.flatMap((name) => [log.append(name, 'none', [written(), written()])]));
      for (const name of names) await log.append(name, 1, [written()]);
      const events = await everything(log, begin);
      const positions = events.map(({ position }) => position);
      expect(positions).toEqual([...new Set(positions)].sort());
      for (const name of names) {
        expect(events.filter((event) => event.stream === name).map(({ revision }) => revision)).toEqual([0, 1, 2]);
      }
      for (const { position } of events) expect(position).toMatch(/^[0-9a-f]{32}$/);
    });

    it('filters by category and by type, and still says how far it read', async () => {
      const [ab, wanted] = [fresh('ab'), fresh('Wanted')];
      await log.append(`${ab}-1`, 'none', [written({}, randomUUID(), wanted)]);
      await log.append(`${ab}c-1`, 'none', [written({}, randomUUID(), wanted), written({}, randomUUID(), `${wanted}Later`)]);
      const last = await log.append(`${ab}-2`, 'none', [written({}, randomUUID(), 'Other')]);
      const streams = async (filter: ReadAll) => (await log.readAll(filter)).events.map((event) => event.stream);
      expect(await streams({ categories: [ab] })).toEqual([`${ab}-1`, `${ab}-2`]);
      expect(await streams({ types: [wanted] })).toEqual([`${ab}-1`, `${ab}c-1`]);
      expect(await streams({ categories: [ab], types: [wanted] })).toEqual([`${ab}-1`]);
      expect(await streams({ categories: [fresh('nothing'), ab], types: ['Other', wanted], after: begin })).toEqual([`${ab}-1`, `${ab}-2`]);
      expect(await log.readAll({ categories: [fresh('nothing')] })).toEqual({ events: [], next: last.position, end: true });
    });

    it('gives no more than it is asked for, also after an event that a filter leaves out', async () => {
      const wanted = fresh('wanted');
      const { position: after } = await log.append(stream(), 'none', [written()]);
      await log.append(`${wanted}-1`, 'none', [written({ n: 1 }), written({ n: 2 }), written({ n: 3 })]);
      const first = await log.readAll({ categories: [wanted], after, limit: 2 });
      expect(first.events.map(({ data }) => data)).toEqual([{ n: 1 }, { n: 2 }]);
      const rest = await log.readAll({ categories: [wanted], limit: 2, ...(first.next && { after: first.next }) });
      expect([rest.events.map(({ data }) => data), rest.end]).toEqual([[{ n: 3 }], true]);
    });

    it('reads what is about a call, or about a matter, and still says how far it read', async () => {
      const about = (call: string, matter?: string): EventToAppend => ({
        ...written(),
        metadata: canonicalJson({ recordedAt: '2026-01-01T00:00:00.000Z', call, ...(matter && { matter }) }),
      });
      const [a, b] = [fresh('a'), fresh('b')];
      await log.append(stream(), 'none', [about(a), about(a, `${a}--1`), about(b)]);
      await log.append(stream(), 'none', [about(a, `${a}--2`), about(b, `${b}--1`), written(), about(a, `${a}--1`)]);
      const found = async (of: About, limit?: number) =>
        (await log.readAll({ about: of, ...(limit && { limit }) })).events.map(
          ({ metadata }) => metadata as { call: string; matter?: string },
        );
      expect((await found({ call: a })).map(({ matter }) => matter)).toEqual([undefined, `${a}--1`, `${a}--2`, `${a}--1`]);
      expect(await found({ matter: `${a}--1` })).toHaveLength(2);
      expect(await found({ call: fresh('c') })).toEqual([]);
      const page = await log.readAll({ about: { call: a }, limit: 3 });
      expect([page.end, page.next]).toEqual([false, page.events[2]?.position]);
      const rest = await log.readAll({ about: { call: a }, limit: 3, ...(page.next && { after: page.next }) });
      expect([rest.events.length, rest.end, rest.next]).toEqual([1, true, await log.head()]);
    });

    it('reads what is about a region', async () => {
      const [a, b] = [fresh('a'), fresh('b')];
      const about = (region: string): EventToAppend => ({
        ...written(),
        metadata: canonicalJson({ recordedAt: '2026-01-01T00:00:00.000Z', region }),
      });
      await log.append(stream(), 'none', [about(a), about(b), written()]);
      await log.append(stream(), 'none', [about(a)]);
      const { events, end } = await log.readAll({ about: { region: a } });
      expect([events.map(({ metadata }) => (metadata as { region: string }).region), end]).toEqual([[a, a], true]);
    });

    it('reads events as they are stored, in the order of the log, page by page', async () => {
      const some = [written({ b: 1, a: 'Ä' }), written({}, randomUUID(), 'Ö «other»'), written({ n: 3 })];
      const [first, second] = [stream(), stream()];
      await log.append(first, 'none', some.slice(0, 2));
      const last = await log.append(second, 'none', some.slice(2));
      const page = await log.readTexts({ after: begin, limit: 2 });
      const rest = await log.readTexts({ ...(page.next && { after: page.next }), limit: 2 });
      const read = await log.readAll({ after: begin });
      expect([page.end, rest.end, rest.next]).toEqual([false, true, last.position]);
      expect([...page.events, ...rest.events].map((event) => ({ ...event }))).toEqual(
        some.map((event, index) => {
          const { position, stream, revision } = read.events[index] as LoggedEvent;
          return { ...event, position, stream, revision };
        }),
      );
      expect((await log.readTexts({ after: last.position })).events).toEqual([]);
    });

    it('reads a prefix of the log', async () => {
      const a = fresh('a');
      await log.append(`${a}-1`, 'none', [written()]);
      const upTo = (await log.append(`${a}-2`, 'none', [written()])).position;
      await log.append(`${a}-3`, 'none', [written()]);
      for (const filter of [{ categories: [a] }, { after: begin }]) {
        const page = await log.readAll({ ...filter, upTo });
        expect([page.events.map((event) => event.stream), page.next, page.end]).toEqual([[`${a}-1`, `${a}-2`], upTo, true]);
      }
    });

    it('knows at an instant what stands before the first event that was recorded later, also where a clock went back', async () => {
      const name = stream();
      const now = Date.now();
      // Later than everything that is there already.
      const instant = (milliseconds: number) => new Date(now + milliseconds).toISOString();
      for (const [index, milliseconds] of [1, 4, 2, 4, 5].entries())
        await log.append(name, index === 0 ? 'none' : index - 1, [written({}, randomUUID(), 'SomethingHappened', instant(milliseconds))]);
      const knownAt = async (milliseconds: number) => log.prefixAt(instant(milliseconds));
      const [first, second, , fourth, fifth] = await log.readStream(name);
      const at = (event: LoggedEvent | undefined) => ({ position: event?.position, stream: event?.stream, revision: event?.revision });
      expect(await knownAt(0)).toMatchObject({ position: begin });
      expect(await knownAt(1)).toEqual(at(first));
      // The third is recorded by a clock that went back: it is known only with what stands before it.
      expect(await knownAt(3)).toEqual(at(first));
      expect(second?.revision).toBe(1);
      expect(await knownAt(4)).toEqual(at(fourth));
      expect(await knownAt(86_400_000)).toEqual(at(fifth));
      const { events } = await log.readAll();
      expect(await log.prefixAt('1970-01-01T00:00:00.000Z')).toEqual(at(events[events.findIndex((event) => event.stream !== 'log') - 1]));
    });

    it('knows no later for what the log records of itself', async () => {
      const name = stream();
      const later = (milliseconds: number) => new Date(Date.now() + milliseconds).toISOString();
      const [last] = await log.readStream('log', { direction: 'backwards', limit: 1 });
      await log.append('log', last?.revision ?? 'none', [written({}, randomUUID(), 'SomethingOfTheLog', later(1_000_000))]);
      const { position } = await log.append(name, 'none', [written()]);
      expect(await log.prefixAt(later(100_000))).toEqual({ position, stream: name, revision: 0 });
    });

    it('gives a subscriber what is there, says that it caught up, and goes on live, each event once', async () => {
      const name = stream();
      await log.append(name, 'none', [written({ n: 0 })]);
      const ending = new AbortController();
      const seen: unknown[] = [];
      let live = 0;
      for await (const page of log.subscribe(undefined, ending.signal)) {
        seen.push(...page.events.filter((event) => event.stream === name).map(({ data }) => data));
        if (page.end && live++ === 0) for (let n = 1; n <= 5; n++) void log.append(name, n - 1, [written({ n })]);
        if (seen.length >= 6) ending.abort();
      }
      expect(seen).toEqual([0, 1, 2, 3, 4, 5].map((n) => ({ n })));
    });

    it('resumes a subscription after a position, also in the middle of one append', async () => {
      const name = stream();
      await log.append(name, 'none', [written({ n: 0 }), written({ n: 1 }), written({ n: 2 })]);
      const [, middle] = await log.readStream(name);
      const ending = new AbortController();
      for await (const page of log.subscribe(middle?.position, ending.signal)) {
        expect(page.events.map(({ data }) => data)).toEqual([{ n: 2 }]);
        ending.abort();
      }
    });

    it('ends a waiting subscription when it is told to', async () => {
      const ending = new AbortController();
      let pages = 0;
      for await (const page of log.subscribe(await log.head(), ending.signal)) {
        pages += 1;
        expect(page.end).toBe(true);
        queueMicrotask(() => ending.abort());
      }
      expect(pages).toBe(1);
    });

    it('can be probed, which writes nothing, and is down once it is closed', async () => {
      await log.append(stream(), 'none', [written()]);
      const head = await log.head();
      void log.readStream('of-none');
      await log.probe();
      expect(await log.head()).toBe(head);
      await log.append(stream(), 'none', [written()]);
      await log.close();
      await expect(log.probe()).rejects.toThrow();
      log = await place.open();
      await log.probe();
    });

    it('has every acknowledged event when it is opened again', async () => {
      const names = Array.from({ length: 50 }, stream);
      await Promise.all(names.map((name) => log.append(name, 'none', [written()])));
      await log.close();
      log = await place.open();
      expect((await everything(log, begin)).map((event) => event.stream).sort()).toEqual(names.sort());
    });

    it('tells when what was recorded last was recorded, the log’s own records left out', async () => {
      const [last] = await log.readStream('log', { direction: 'backwards', limit: 1 });
      await log.append(stream(), 'none', [written({}, randomUUID(), 'SomethingHappened', '2990-01-01T00:00:00.000Z')]);
      await log.append('log', last?.revision ?? 'none', [written({}, randomUUID(), 'SomethingOfTheLog', '2999-01-01T00:00:00.000Z')]);
      expect(await log.latest()).toBe('2990-01-01T00:00:00.000Z');
    });
  });
}
