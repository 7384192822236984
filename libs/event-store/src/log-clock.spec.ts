import { describe, expect, it } from '@jest/globals';
import { ManualClock } from '#kernel/clock.testing';
import { instantOf } from '#kernel/helsinki-time';
import { LogClock } from './log-clock.js';

describe('the time of the log', () => {
  const start = '2025-10-15T12:00:00.000Z';
  const set = () => {
    const machine = new ManualClock(start);
    const told: object[] = [];
    let passed = 0;
    const clock = new LogClock(machine, { report: (what, details) => told.push({ what, ...details }), passed: () => passed });
    const go = (milliseconds: number) => (passed += milliseconds);
    return { machine, clock, told, go, now: () => instantOf(clock.now()) };
  };

  it('never goes back behind what was recorded, and goes on once the machine has come there', () => {
    const { machine, clock, now, told } = set();
    expect(now()).toBe(start);
    clock.recorded('2025-10-15T12:00:07.000Z');
    machine.set('2025-10-15T09:00:00.000Z');
    expect(now()).toBe('2025-10-15T12:00:07.000Z');
    expect(clock.secondsBehind).toBe(10_807);
    clock.recorded('2025-10-15T11:00:00.000Z');
    expect(now()).toBe('2025-10-15T12:00:07.000Z');
    machine.set('2025-10-15T12:00:08.000Z');
    expect(now()).toBe('2025-10-15T12:00:08.000Z');
    expect(clock.secondsBehind).toBe(0);
    expect(told.filter(({ what }: { what?: string }) => what?.includes('behind'))).toHaveLength(1);
  });

  it('tells of a jump in either direction once, and of none where time has passed', () => {
    const { machine, clock, told, go } = set();
    clock.now();
    go(3_600_000);
    machine.set('2025-10-15T13:00:00.000Z');
    clock.now();
    expect(told).toEqual([]);
    machine.set('2025-10-15T10:00:00.000Z');
    clock.now();
    clock.now();
    expect(told).toMatchObject([{ what: expect.stringContaining('jumped'), seconds: -10_800 }]);
    machine.set('2031-10-15T10:00:00.000Z');
    clock.now();
    expect(told).toHaveLength(2);
  });

  it('rings for what the log’s time has come to, though the machine’s is behind', () => {
    const { machine, clock } = set();
    clock.recorded('2025-10-15T15:00:00.000Z');
    const rung: string[] = [];
    clock.alarm(Date.parse('2025-10-15T14:00:00.000Z'), () => rung.push('due'));
    clock.alarm(Date.parse('2025-10-15T16:00:00.000Z'), () => rung.push('later'));
    machine.set('2025-10-15T12:00:01.000Z');
    return Promise.resolve().then(() => expect(rung).toEqual(['due']));
  });
});
