import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { instantOf } from './helsinki-time.js';
import { entryAt, valueAt, withEntry, type Timeline } from './timeline.js';

const entry = (effectiveAt: string, value: string, recordedAt = '2026-01-01T00:00:00.000Z') => ({ effectiveAt, recordedAt, value });
const timelineOf = (...entries: ReturnType<typeof entry>[]) => entries.reduce<Timeline<string>>(withEntry, []);

describe('a timeline', () => {
  it('answers what held at an instant, and nothing before the first entry', () => {
    const agency = timelineOf(entry('2018-04-05', 'VRK'), entry('2020-01-01', 'DVV'));
    expect(valueAt(agency, '2019-12-31T21:59:59.999Z')).toBe('VRK');
    expect(valueAt(agency, '2019-12-31T22:00:00.000Z')).toBe('DVV');
    expect(valueAt(agency, '2018-04-04T20:59:59.999Z')).toBeUndefined();
  });

  it('puts what is recorded late in its place', () => {
    const late = timelineOf(entry('2020-03-01', 'c'), entry('2020-01-01', 'a'), entry('2020-02-01', 'b'));
    expect(late.map(({ value }) => value)).toEqual(['a', 'b', 'c']);
  });

  it('lets the later record win among equals', () => {
    const corrected = timelineOf(entry('2020-01-01', 'wrong'), entry('2020-01-01', 'right'));
    expect(entryAt(corrected, '2021-01-01T00:00:00.000Z')?.value).toBe('right');
  });

  it('answers as a scan of all entries in the order of recording would', () => {
    const time = fc.integer({ min: 0, max: 20 });
    fc.assert(
      fc.property(fc.array(time, { maxLength: 12 }), time, (times, asked) => {
        const timeline = timelineOf(...times.map((at, index) => entry(instantOf(at), `${index}`)));
        let best: { at: number; index: number } | undefined;
        for (const [index, at] of times.entries()) if (at <= asked && (!best || at >= best.at)) best = { at, index };
        expect(valueAt(timeline, instantOf(asked))).toBe(best && `${best.index}`);
      }),
    );
  });
});
