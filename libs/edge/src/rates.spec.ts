import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { networkOf, Rates } from './rates.js';

describe('a rate', () => {
  it('lets so much through at once, then so much each second, and says how long to wait', () => {
    let now = 0;
    const rates = new Rates({ perSecond: 10, burst: 20 }, () => now);
    const taken = Array.from({ length: 25 }, () => rates.take('a'));
    expect(taken).toEqual([...Array.from({ length: 20 }, () => 0), ...Array.from({ length: 5 }, () => 1)]);
    expect(rates.take('b', 5)).toBe(0);
    expect(rates.take('a', 15)).toBe(2);
    now += 500;
    expect(Array.from({ length: 6 }, () => rates.take('a'))).toEqual([0, 0, 0, 0, 0, 1]);
  });

  it('never lets more through than the burst and what has come since, whoever asks when', () => {
    const steps = fc.array(fc.record({ wait: fc.integer({ min: 0, max: 2_000 }), amount: fc.integer({ min: 1, max: 30 }) }), {
      maxLength: 100,
    });
    fc.assert(
      fc.property(steps, (asked) => {
        let [now, through] = [0, 0];
        const rates = new Rates({ perSecond: 7, burst: 30 }, () => now);
        for (const { wait, amount } of asked) {
          now += wait;
          const seconds = rates.take('a', amount);
          if (seconds === 0) through += amount;
          else expect(seconds).toBeLessThanOrEqual(Math.ceil(30 / 7));
          expect(through).toBeLessThanOrEqual(30 + (now / 1_000) * 7 + 1e-6);
        }
      }),
    );
  });

  it('lets what is more than the burst through at its price: who took it waits for long', () => {
    let now = 0;
    const rates = new Rates({ perSecond: 10, burst: 20 }, () => now);
    expect(rates.take('a', 100)).toBe(0);
    expect(rates.take('a')).toBe(9);
    now += 8_100;
    expect(rates.take('a')).toBe(0);
  });
});

describe('the network of an address', () => {
  it.each([
    ['192.0.2.7', '192.0.2.7'],
    ['::ffff:192.0.2.7', '192.0.2.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:0db8:0001:0002::1', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['', ''],
  ])('%s is %s', (address, network) => {
    expect(networkOf(address)).toBe(network);
  });
});
