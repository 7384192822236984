import { LRUCache } from 'lru-cache';
import { isIPv6 } from 'node:net';

/** So much each second, and so much at once by who asked for nothing before. */
export interface Rate {
  readonly perSecond: number;
  readonly burst: number;
}

interface Bucket {
  left: number;
  at: number;
}

/** More than these are counted anew; those who came last are kept. */
const mostKeys = 100_000;

/** Counts what each of many takes, and says how long who has taken too much has to wait. */
export class Rates {
  private readonly buckets = new LRUCache<string, Bucket>({ max: mostKeys });

  /** `now` in milliseconds, by a clock that never goes back. */
  constructor(
    private readonly rate: Rate,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /**
   * Takes the amount from what the key has left: 0; or nothing, and says after how many whole seconds there will be enough.
   * What is more than the burst is let through where nothing else was taken.
   */
  take(key: string, amount = 1): number {
    const { perSecond, burst } = this.rate;
    const now = this.now();
    const bucket = this.buckets.get(key) ?? { left: burst, at: now };
    const left = Math.min(burst, bucket.left + ((now - bucket.at) / 1_000) * perSecond);
    const needed = Math.min(amount, burst);
    if (left < needed) return Math.ceil((needed - left) / perSecond);
    this.buckets.set(key, { left: left - amount, at: now });
    return 0;
  }
}

/** Under what those at an address are counted together: of IPv6 everybody has as many addresses as they like in their network. */
export function networkOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address);
  if (mapped) return mapped[1] as string;
  if (!isIPv6(address)) return address;
  const [head = '', tail] = (address.split('%')[0] as string).split('::');
  const before = head === '' ? [] : head.split(':');
  const after = tail === undefined || tail === '' ? [] : tail.split(':');
  const groups =
    tail === undefined ? before : [...before, ...Array.from({ length: 8 - before.length - after.length }, () => '0'), ...after];
  return `${groups
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')}::/64`;
}
