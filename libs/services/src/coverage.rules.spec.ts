import { describe, expect, it } from '@jest/globals';
import { coverageOf, servicesAt } from './coverage.rules.js';
import type { ServiceContent } from './service-content.events.js';

const content = (kind: ServiceContent['kind'], ...municipalities: readonly string[]) =>
  ({ kind, municipalities }) as unknown as ServiceContent;
const none = { remote: 0, near: 0, training: 0 };

describe('where services are', () => {
  it('is told by region and municipality; a service of several municipalities counts once in their region', () => {
    const found = [content('service-point', '148', '047'), content('chat'), content('course', '148', '091')].map((one) => ({
      content: one,
    }));
    const { nationwide, regions, municipalities } = coverageOf(found, '2025-06-01T00:00:00.000Z');
    expect(nationwide).toEqual({ ...none, remote: 1 });
    expect(Object.fromEntries(regions)).toEqual({ 19: { ...none, near: 1, training: 1 }, '01': { ...none, training: 1 } });
    expect(Object.fromEntries(municipalities)).toEqual({
      148: { ...none, near: 1, training: 1 },
      '047': { ...none, near: 1 },
      '091': { ...none, training: 1 },
    });
  });

  it('goes by the region of the day', () => {
    const iitti = [{ content: content('course', '142') }];
    expect([...coverageOf(iitti, '2020-12-31T12:00:00.000Z').regions.keys()]).toEqual(['08']);
    expect([...coverageOf(iitti, '2021-01-01T12:00:00.000Z').regions.keys()]).toEqual(['07']);
  });

  it('is told through time: what has ended is not on offer any more', () => {
    const dated = (effectiveAt: string, value: ServiceContent | null) => ({ effectiveAt, recordedAt: '2025-01-01T00:00:00.000Z', value });
    const services = { point: [dated('2025-02-01', content('service-point', '148')), dated('2025-05-01', null)] };
    const counts = servicesAt([{ services }], ['2025-01-31T12:00:00.000Z', '2025-02-28T12:00:00.000Z', '2025-05-31T12:00:00.000Z']);
    expect(counts).toEqual([none, { ...none, near: 1 }, none]);
  });
});
