import { describe, expect, it, jest } from '@jest/globals';
import fc from 'fast-check';
import { LeaseKeeper } from './lease-keeper.js';
import { MemoryLeases } from '#view-store/leases.testing';

const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];

/** Servers that share work, on one clock that the spec moves; each gives a heartbeat when it is told to. */
class Office {
  readonly leases = new MemoryLeases();
  readonly troubles: string[] = [];
  now = 0;
  private started = 0;

  /** Starts one that gives a heartbeat only when told: its own pace is far longer than the spec. */
  async start() {
    const owner = `owner-${this.started++}`;
    const doing = new Set<string>();
    const shares = names.map((name) => ({ name, take: () => void doing.add(name), leave: async () => void doing.delete(name) }));
    const keeper = await LeaseKeeper.start({
      leases: this.leases,
      owner,
      shares,
      seconds: 100_000,
      now: () => this.now,
      report: (trouble) => this.troubles.push(trouble),
    });
    return { keeper, doing };
  }

  /** Time passes in which each of these gives its heartbeats. */
  async pass(seconds: number, ...living: { keeper: LeaseKeeper }[]): Promise<void> {
    for (let n = 0; n < 4; n++) {
      this.now += seconds * 250;
      for (const { keeper } of living) await keeper.heartbeat();
    }
  }
}
const lease = 100_000;

describe('servers that share work by leases', () => {
  it('one alone does all of it', async () => {
    const office = new Office();
    const alone = await office.start();
    expect([...alone.doing]).toEqual(names);
    expect(alone.keeper.held).toEqual(names);
    await alone.keeper.stop();
  });

  it('share it evenly as others come, and nothing is done by two', async () => {
    const office = new Office();
    const staff = [await office.start(), await office.start(), await office.start()];
    await office.pass(lease / 10, ...staff);
    expect(staff.map(({ doing }) => doing.size).sort()).toEqual([1, 3, 3]);
    expect(staff.flatMap(({ doing }) => [...doing]).sort()).toEqual(names);
    await Promise.all(staff.map(({ keeper }) => keeper.stop()));
  });

  it('hand over at once what one leaves that stops', async () => {
    const office = new Office();
    const [one, other] = [await office.start(), await office.start()];
    await office.pass(lease / 10, one, other);
    await one.keeper.stop();
    expect(one.doing.size).toBe(0);
    await other.keeper.heartbeat();
    expect([...other.doing].sort()).toEqual(names);
    await other.keeper.stop();
  });

  it('ask for nothing more where one stops while the leases cannot be kept, but do nothing for them any longer', async () => {
    const office = new Office();
    const one = await office.start();
    const release = jest.spyOn(office.leases, 'release');
    jest.spyOn(office.leases, 'list').mockRejectedValue(new Error('down'));
    await one.keeper.heartbeat();
    await one.keeper.stop();
    expect([one.doing.size, release.mock.calls.length]).toEqual([0, 0]);
  });

  it('take over what one held that died, when its lease has run out, and not before', async () => {
    const office = new Office();
    const [dead, other] = [await office.start(), await office.start()];
    await office.pass(lease / 10, dead, other);
    const before = [...other.doing];
    await office.pass(lease * 0.9, other);
    expect([...other.doing]).toEqual(before);
    await office.pass(lease * 0.2, other);
    expect([...other.doing].sort()).toEqual(names);
    await other.keeper.stop();
  });

  it('one that was asleep leaves what others took over meanwhile', async () => {
    const office = new Office();
    const [asleep, other] = [await office.start(), await office.start()];
    await office.pass(lease / 10, asleep, other);
    await office.pass(lease * 1.1, other);
    expect(other.doing.size).toBe(names.length);
    await asleep.keeper.heartbeat();
    expect(asleep.doing.size).toBe(0);
    await office.pass(lease / 10, asleep, other);
    expect([...asleep.doing, ...other.doing].sort()).toEqual(names);
    expect(asleep.doing.size).toBeGreaterThan(0);
    await Promise.all([asleep.keeper.stop(), other.keeper.stop()]);
  });

  it('leave to others what they decline, until they can do it', async () => {
    const office = new Office();
    const [old, next] = [await office.start(), await office.start()];
    await old.keeper.decline('a');
    await office.pass(lease / 10, old, next);
    expect([old.doing.has('a'), next.doing.has('a')]).toEqual([false, true]);
    await next.keeper.stop();
    await old.keeper.heartbeat();
    expect(old.doing.has('a')).toBe(false);
    old.keeper.accept('a');
    await old.keeper.heartbeat();
    expect(old.doing.has('a')).toBe(true);
    await old.keeper.stop();
  });

  it('leave to others also what they decline while they are just keeping it', async () => {
    const office = new Office();
    const old = await office.start();
    const claim = office.leases.claim.bind(office.leases);
    office.leases.claim = async (name, ...given) => {
      const lease = await claim(name, ...given);
      // Before the answer has come.
      if (name === 'a') await old.keeper.decline('a');
      return lease;
    };
    await old.keeper.heartbeat();
    office.leases.claim = claim;
    expect(old.keeper.held).not.toContain('a');
    const next = await office.start();
    await office.pass(lease, old, next);
    await office.pass(lease, old, next);
    expect([old.doing.has('a'), next.doing.has('a')]).toEqual([false, true]);
    await Promise.all([old.keeper.stop(), next.keeper.stop()]);
  });

  it('take beyond their fair part what the others decline, and share it again with who can do it', async () => {
    const office = new Office();
    const [old, next] = [await office.start(), await office.start()];
    await office.pass(lease / 10, old, next);
    for (const name of names) await old.keeper.decline(name);
    await office.pass(lease, old, next);
    await office.pass(lease * 3, old, next);
    expect([...next.doing].sort()).toEqual(names);
    await old.keeper.stop();
    const able = await office.start();
    await office.pass(lease / 10, able, next);
    expect([able.doing.size, next.doing.size].sort()).toEqual([3, 4]);
    await Promise.all([able.keeper.stop(), next.keeper.stop()]);
  });

  it('go on with what they hold while the leases cannot be reached, and tell it once', async () => {
    const office = new Office();
    const alone = await office.start();
    const list = office.leases.list.bind(office.leases);
    office.leases.list = () => Promise.reject(new Error('no answer'));
    await office.pass(lease * 2, alone);
    expect(alone.doing.size).toBe(names.length);
    office.leases.list = list;
    await office.pass(lease / 10, alone);
    expect(alone.doing.size).toBe(names.length);
    expect(office.troubles).toEqual(['the leases cannot be kept', 'the leases can be kept again']);
    await alone.keeper.stop();
  });

  it('each share is done by one of the living at most, and by one in the end, whoever comes, sleeps, dies or stops', async () => {
    const step = fc.record({ act: fc.constantFrom('come', 'heartbeat', 'sleep', 'stop', 'pass'), who: fc.nat(4) });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 30 }), async (steps) => {
        const office = new Office();
        const staff: Awaited<ReturnType<Office['start']>>[] = [];
        for (const { act, who } of steps) {
          const one = staff[who];
          if (act === 'come' && staff.length < 5) staff.push(await office.start());
          else if (act === 'heartbeat') await one?.keeper.heartbeat();
          else if (act === 'stop' && one) await staff.splice(who, 1)[0]?.keeper.stop();
          // Dead, as far as anybody can see; its leases run out.
          else if (act === 'sleep') staff.splice(who, 1);
          else if (act === 'pass') await office.pass(lease * 0.3, ...staff);
          const done = staff.flatMap(({ doing }) => [...doing]);
          expect(new Set(done).size).toBe(done.length);
        }
        const last = await office.start();
        await office.pass(lease * 1.1, last, ...staff);
        await office.pass(lease * 1.1, last, ...staff);
        expect([last, ...staff].flatMap(({ doing }) => [...doing]).sort()).toEqual(names);
        await Promise.all([last, ...staff].map(({ keeper }) => keeper.stop()));
      }),
      { numRuns: 100 },
    );
  });
});
