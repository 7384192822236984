import { describe, expect, it } from '@jest/globals';
import type { IncomingMessage } from 'node:http';
import type { Caller } from '#access/tokens';
import { Limits } from './limits.js';

const settings = { requestsPerSecond: 10, costPerSecond: 100_000, proxies: [] };
const caller = (id: string, ...roles: string[]): Caller => ({ id, name: id, roles, until: 0 });
const from = (remoteAddress: string, forwarded?: string) =>
  ({
    socket: { remoteAddress },
    headers: { ...(forwarded !== undefined && { 'x-forwarded-for': forwarded }) },
  }) as unknown as IncomingMessage;

describe('limits', () => {
  it('count requests by where they come from, and what is long as several', () => {
    const limits = new Limits(settings);
    for (let n = 0; n < 20; n++) limits.arrived('a');
    expect(() => limits.arrived('a')).toThrow(expect.objectContaining({ code: 'too-many-requests', details: { seconds: 1 } }));
    limits.arrived('b', 15 * 16 * 1024);
    for (let n = 0; n < 4; n++) limits.arrived('b');
    expect(() => limits.arrived('b')).toThrow();
  });

  it('give each role what it needs for one question, and say both numbers where one costs more', () => {
    const limits = new Limits({ ...settings, costPerSecond: 0 });
    const budget = (...roles: string[]) => limits.charge(1, { network: 'a', caller: caller('x', ...roles) }).budget;
    const anyones = limits.charge(1, { network: 'a', caller: undefined }).budget;
    expect(budget('provider')).toBeGreaterThan(anyones);
    expect(budget('ministry-presenter')).toBeGreaterThan(budget('provider'));
    expect(budget('provider', 'ministry-auditor')).toBeGreaterThan(budget('ministry-presenter'));
    expect(() => limits.charge(anyones + 1, { network: 'a', caller: undefined })).toThrow(
      expect.objectContaining({ code: 'too-costly', details: { cost: anyones + 1, budget: anyones } }),
    );
  });

  it('charge a caller wherever they are, and who has no token by where they are', () => {
    const limits = new Limits(settings);
    const spend = (network: string, id?: string) => () =>
      limits.spend(80_000, { network, caller: id === undefined ? undefined : caller(id) });
    spend('a', 'aino')();
    expect(spend('b', 'aino')).toThrow(expect.objectContaining({ code: 'too-many-requests', details: { seconds: 1 } }));
    expect(spend('a', 'eino')).not.toThrow();
    expect(spend('a')).not.toThrow();
    expect(spend('a')).toThrow();
  });

  it('are none where the settings say 0', () => {
    const limits = new Limits({ requestsPerSecond: 0, costPerSecond: 0, proxies: [] });
    for (let n = 0; n < 10_000; n++) limits.arrived('a', 1e6);
    for (let n = 0; n < 1_000; n++) limits.charge(20_000, { network: 'a', caller: undefined });
  });

  it.each([
    ['the socket’s, whatever a header says', '192.0.2.1', '203.0.113.9', '192.0.2.1'],
    ['what the proxy was asked from', '10.0.0.7', '203.0.113.9', '203.0.113.9'],
    ['what the last proxy was asked from, not what its client made up', '10.0.0.7', '198.51.100.1, 203.0.113.9, 10.1.2.3', '203.0.113.9'],
    ['the proxy’s own, where it says nothing', '10.0.0.7', undefined, '10.0.0.7'],
    ['the proxy’s own, where it says what is no address', '10.0.0.7', 'unknown', '10.0.0.7'],
    ['by a proxy over IPv6', '::ffff:10.0.0.7', '2001:db8::5', '2001:db8:0:0::/64'],
    ['by the proxy that is named alone', '2001:db8:ffff::1', '203.0.113.9', '203.0.113.9'],
  ])('know where a request comes from: %s', (_, remote, forwarded, network) => {
    const limits = new Limits({ ...settings, proxies: ['10.0.0.0/8', '2001:db8:ffff::1'] });
    expect(limits.networkOf(from(remote, forwarded))).toBe(network);
  });
});
