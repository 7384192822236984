import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Checkpoint, Poison } from '#view-store/view-store';
import {
  isGoingOn,
  isReadable,
  isServedHere,
  newLife,
  stateOf,
  step,
  type Effect,
  type KnownOfView,
  type LifeEvent,
  type ViewLife,
} from './view-life.js';

const known: KnownOfView = { log: 'log', version: 2, readableSince: 1, isShared: true };
const at = (n: number, version = 2): Checkpoint => ({ log: 'log', position: n.toString(16).padStart(8, '0'), version });
const poison = (event: string): Poison => ({
  event,
  type: 'CoinAdded',
  stream: 'jar-a',
  revision: 1,
  position: at(9).position as string,
  reason: 'unlucky',
});
const failure = { reason: 'no answer' };

const opened = (checkpoint: Checkpoint | undefined, attempt = 1, pausedAt?: Poison): LifeEvent => ({
  type: 'opened',
  attempt,
  checkpoint,
  pausedAt,
});
const folded = (checkpoint: Checkpoint, pausedAt?: Poison): LifeEvent => ({ type: 'folded', checkpoint, pausedAt });

/** What became of a view to which all this happened, and what is to be done after the last of it. */
function after(...events: readonly LifeEvent[]): {
  readonly life: ViewLife;
  readonly todo: readonly string[];
  readonly effects: readonly Effect[];
} {
  let [life, effects]: [ViewLife, readonly Effect[]] = [newLife(known), []];
  for (const event of events) ({ life, effects } = step(life, event));
  return { life, effects, todo: effects.map((effect) => (effect.do === 'report' ? effect.what : effect.do)) };
}

/** How a view gets into each state. */
const into = {
  followed: [{ type: 'seen', found: at(3), since: undefined }],
  opening: [{ type: 'held' }],
  folding: [{ type: 'held' }, opened(at(3)), { type: 'begun' }],
  paused: [{ type: 'held' }, opened(at(3)), { type: 'begun' }, folded(at(3), poison('bad'))],
  rebuilding: [{ type: 'held' }, opened(at(3, 1)), { type: 'begun' }],
  closing: [{ type: 'held' }, opened(at(3)), { type: 'begun' }, { type: 'lost' }],
  'closing, to be opened again': [{ type: 'held' }, opened(at(3)), { type: 'begun' }, { type: 'fold-failed', ...failure }],
} as const satisfies Record<string, readonly LifeEvent[]>;

const notOpened = 'a view cannot be taken up, and it will be tried again';
const lookedAt = (since: Checkpoint | undefined, found: Checkpoint | undefined): LifeEvent => ({ type: 'seen', since, found });
const shownIn = (state: keyof typeof into) => after(...into[state]).life.shown;

describe('a view’s life', () => {
  it.each<[string, keyof typeof into, LifeEvent, ViewLife['phase'], readonly string[]]>([
    // Its share of the work comes and goes.
    ['a followed view is opened once its share is held', 'followed', { type: 'held' }, 'opening', ['open']],
    ['a view that is being opened is followed again at once where its share is lost', 'opening', { type: 'lost' }, 'followed', []],
    ['a folded view ends what reacts to it where its share is lost', 'folding', { type: 'lost' }, 'closing', ['end']],
    ['a paused view ends what reacts to it where its share is lost', 'paused', { type: 'lost' }, 'closing', ['end']],
    ['a view that is being rebuilt ends what reacts to it where its share is lost', 'rebuilding', { type: 'lost' }, 'closing', ['end']],
    ['a lost view is followed once what reacted to it has ended', 'closing', { type: 'ended' }, 'followed', []],
    [
      'a lost view whose share comes back while it is closing is not opened before it has closed',
      'closing',
      { type: 'held' },
      'closing',
      [],
    ],
    ['a view that failed is opened again once it has closed', 'closing, to be opened again', { type: 'ended' }, 'opening', ['open']],
    ['a view that failed and was lost meanwhile is only closed', 'closing, to be opened again', { type: 'lost' }, 'closing', []],

    // It is opened.
    ['an opened view is folded, and what reacts to it begins', 'opening', opened(at(3)), 'folding', ['begin']],
    ['a view without rows is folded, and nothing can react to it yet', 'opening', opened(undefined), 'folding', []],
    [
      'an opened view whose rows are older is rebuilt beside what it serves',
      'opening',
      opened(at(3, 1)),
      'rebuilding',
      ['begin', 'rebuild'],
    ],
    [
      'an opened view whose rows cannot be read is rebuilt, and nothing reacts to them',
      'opening',
      opened(at(3, 0)),
      'rebuilding',
      ['rebuild'],
    ],
    [
      'a view of a newer version is left to others',
      'opening',
      { type: 'found-newer', attempt: 1, version: 3 },
      'followed',
      ['a view is of a newer version of the program: it is left to others', 'decline'],
    ],
    [
      'an opening that failed is repeated, and told',
      'opening',
      { type: 'opening-failed', attempt: 1, ...failure },
      'opening',
      [notOpened, 'open'],
    ],
    [
      'an opening in which another server was faster is repeated silently',
      'opening',
      { type: 'opening-failed', attempt: 1, ...failure, isSuperseded: true },
      'opening',
      ['open'],
    ],
    ['who waits is answered once what reacts to the view has begun', 'folding', { type: 'begun' }, 'folding', ['answer']],
    [
      'a view is closed where what reacts to it could not begin',
      'folding',
      { type: 'begin-failed', ...failure },
      'closing',
      [notOpened, 'end'],
    ],

    // It is folded.
    ['a folded page moves the view on', 'folding', folded(at(4)), 'folding', []],
    [
      'a view is paused at an event that it cannot fold, and says so',
      'folding',
      folded(at(3), poison('bad')),
      'folding',
      ['a projection is paused at an event that it cannot fold'],
    ],
    ['a page that was under way when the view was lost is folded to its end', 'closing', folded(at(4)), 'closing', []],
    [
      'a view that cannot be folded is closed, to be opened again',
      'folding',
      { type: 'fold-failed', ...failure },
      'closing',
      ['a view cannot be folded on', 'end'],
    ],
    [
      'a view that another server has moved on is closed silently',
      'folding',
      { type: 'fold-failed', ...failure, isSuperseded: true },
      'closing',
      ['end'],
    ],
    ['a view that is not paused takes no account of a skipped event', 'rebuilding', { type: 'skipped', event: 'other' }, 'rebuilding', []],

    // Others fold it.
    ['a look at a followed view shows what the store says', 'followed', lookedAt(shownIn('followed'), at(4)), 'followed', []],
    ['a look that finds what is folded here is no news', 'folding', lookedAt(undefined, at(3)), 'folding', []],
    ['a look that finds something else than is folded here is checked', 'folding', lookedAt(undefined, at(4)), 'folding', ['check']],
    ['a check that finds the same leaves the view alone', 'folding', { type: 'checked', found: at(3) }, 'folding', []],
    ['a view that is elsewhere is closed, to be opened from there', 'folding', { type: 'checked', found: at(7) }, 'closing', ['end']],
    [
      'a view of another log is not shown, which is told',
      'followed',
      lookedAt(shownIn('followed'), { ...at(3), log: 'another' }),
      'followed',
      ['a view is of another log: it is not read'],
    ],

    // It is rebuilt.
    [
      'a rebuilt view is folded on, and what reacts to it begins on the new rows',
      'rebuilding',
      { type: 'rebuilt', checkpoint: at(4), pausedAt: undefined },
      'folding',
      ['begin', 'tell-changed'],
    ],
    [
      'a rebuild of what others fold is shown here, too',
      'followed',
      { type: 'rebuilt', checkpoint: at(4), pausedAt: undefined },
      'followed',
      ['tell-changed'],
    ],
    [
      'a rebuild that failed is repeated, and told',
      'rebuilding',
      { type: 'rebuild-failed', attempt: 1, ...failure },
      'rebuilding',
      ['a view could not be rebuilt, and it will be tried again', 'rebuild'],
    ],
  ])('%s', (_, state, event, phase, todo) => {
    const { life, todo: found } = after(...into[state], event);
    expect([life.phase, found]).toEqual([phase, todo]);
  });

  it('is opened again after it has closed where its share came back meanwhile', () => {
    expect(after(...into.closing, { type: 'held' }, { type: 'ended' })).toMatchObject({ life: { phase: 'opening' }, todo: ['open'] });
  });

  it('goes on after a pause once the event is skipped at which it is paused, and not after another one', () => {
    const pausedAt = (event: string) => after(...into.paused, { type: 'skipped', event }).life.pausedAt?.event;
    expect([pausedAt('other'), pausedAt('bad')]).toEqual(['bad', undefined]);
  });

  it('is paused where a rebuild can fold nothing, and is rebuilt again once that event is skipped', () => {
    const paused = [...into.rebuilding, { type: 'not-rebuilt', pausedAt: poison('first') }] as const;
    expect(stateOf(after(...paused).life, 'live', true)).toBe('paused');
    expect(after(...paused, { type: 'skipped', event: 'first' }).todo).toEqual(['rebuild']);
  });

  it('is not taken back by a look that began before the view moved on', () => {
    const before = shownIn('followed');
    const { life } = after(...into.followed, { type: 'rebuilt', checkpoint: at(5), pausedAt: undefined }, lookedAt(before, at(4)));
    expect(life.shown).toEqual(at(5));
  });

  it('is not taken back by rows that were read before another server moved them on', () => {
    const { life, todo } = after({ type: 'held' }, lookedAt(undefined, at(5)), opened(at(4)));
    expect([life.phase, life.shown, todo]).toEqual(['opening', at(5), ['open']]);
  });

  it('takes no account of what an earlier opening reports', () => {
    const again: LifeEvent[] = [{ type: 'held' }, { type: 'lost' }, { type: 'held' }];
    const late: LifeEvent[] = [
      opened(at(3)),
      { type: 'opening-failed', attempt: 1, ...failure },
      { type: 'found-newer', attempt: 1, version: 3 },
    ];
    for (const event of late) expect(after(...again, event)).toEqual({ ...after(...again), effects: [], todo: [] });
  });

  it('tells of failures in a row once, and waits longer after each', () => {
    const failed = (attempt: number): LifeEvent => ({ type: 'opening-failed', attempt, ...failure });
    expect(after(...into.opening, failed(1), failed(2)).effects).toEqual([{ do: 'open', attempt: 3, failures: 2 }]);
    expect(
      after(...into.opening, failed(1), opened(at(3), 2), { type: 'begun' }, { type: 'fold-failed', ...failure }, { type: 'ended' })
        .effects,
    ).toEqual([{ do: 'open', attempt: 3, failures: 0 }]);
  });

  it.each<[string, ViewLife, 'catching-up' | 'live' | 'broken', boolean, string]>([
    ['a folded view', after(...into.folding).life, 'live', true, 'live'],
    ['a folded view before the tail has been at the end', after(...into.folding).life, 'catching-up', true, 'catching-up'],
    ['a folded view that the log cannot be read for', after(...into.folding).life, 'broken', true, 'stopped'],
    ['a paused view, whatever else is the matter', after(...into.paused).life, 'broken', false, 'paused'],
    ['a view of which nothing is known', newLife(known), 'live', false, 'catching-up'],
    ['what another server folds', after(...into.followed).life, 'live', true, 'followed'],
    ['what no server folds', after(...into.followed).life, 'live', false, 'unattended'],
    ['rows of an older version', after(...into.rebuilding).life, 'live', true, 'rebuilding'],
    ['a view that is to be opened again', after(...into['closing, to be opened again']).life, 'live', true, 'catching-up'],
  ])('of %s it is said what it does', (_, life, tail, isAttended, state) => expect(stateOf(life, tail, isAttended)).toBe(state));
});

const checkpoint = fc.option(
  fc.record({
    log: fc.constantFrom('log', 'log', 'another'),
    position: fc.constantFrom(...[1, 2, 3].map((n) => at(n).position as string)),
    version: fc.constantFrom(0, 1, 2, 3),
  }),
  { nil: undefined },
);
const pause = fc.option(fc.constantFrom('bad', 'worse').map(poison), { nil: undefined });
const attempt = fc.nat(4);
/** Anything, in any order, also what cannot happen. */
const anything: fc.Arbitrary<LifeEvent> = fc.oneof(
  fc.constantFrom<LifeEvent>(
    { type: 'held' },
    { type: 'lost' },
    { type: 'begun' },
    { type: 'ended' },
    { type: 'begin-failed', ...failure },
    { type: 'fold-failed', ...failure },
    { type: 'skipped', event: 'bad' },
  ),
  fc.record({ type: fc.constant('seen' as const), found: checkpoint, since: fc.constant(undefined) }),
  fc.record({ type: fc.constant('checked' as const), found: checkpoint }),
  fc.record({ type: fc.constantFrom('opened' as const), attempt, checkpoint, pausedAt: pause }),
  fc.record({ type: fc.constantFrom('folded' as const, 'rebuilt' as const), checkpoint, pausedAt: pause }),
  fc.record({ type: fc.constant('not-rebuilt' as const), pausedAt: pause }),
  fc.record({ type: fc.constantFrom('opening-failed' as const, 'rebuild-failed' as const), attempt, reason: fc.constant('no answer') }),
  fc.record({ type: fc.constant('found-newer' as const), attempt, version: fc.constant(3) }),
);

describe('whatever happens to a view', () => {
  it('it is never folded without being held, nor said to do what it does not, and is told to do only what its state allows', () => {
    fc.assert(
      fc.property(fc.array(anything, { maxLength: 40 }), (events) => {
        let life = newLife(known);
        let isHeld = false;
        for (const event of events) {
          const next = step(life, event);
          if (event.type === 'held') isHeld = true;
          if (event.type === 'lost' || next.effects.some((effect) => effect.do === 'decline')) isHeld = false;
          life = next.life;
          expect(life.isHeld).toBe(isHeld);
          if (isServedHere(life) || isGoingOn(life) || life.phase === 'opening') expect(life.isHeld).toBe(true);
          if (life.phase === 'followed') expect(life.isHeld).toBe(false);
          for (const [tail, isAttended] of [
            ['live', true],
            ['live', false],
            ['catching-up', true],
            ['broken', true],
          ] as const) {
            const state = stateOf(life, tail, isAttended);
            expect(state === 'paused').toBe(life.pausedAt !== undefined);
            if (state === 'followed' || state === 'unattended') expect(life.isHeld).toBe(false);
            if (state === 'live') expect(isGoingOn(life)).toBe(true);
          }
          for (const effect of next.effects) {
            if (effect.do === 'open') expect([life.phase, life.attempt]).toEqual(['opening', effect.attempt]);
            if (effect.do === 'rebuild') expect([life.phase, life.attempt]).toEqual(['rebuilding', effect.attempt]);
            if (effect.do === 'begin') expect([isServedHere(life), isReadable(life)]).toEqual([true, true]);
            if (effect.do === 'end') expect(life.phase).toBe('closing');
          }
          expect(new Set(next.effects.map((effect) => effect.do)).size).toBe(next.effects.length);
        }
      }),
      { numRuns: 500 },
    );
  });

  /** A server, the store that it shares, and others that move the view on or replace its rows. */
  class World {
    life = newLife(known);
    store = at(0, 1);
    private pending: Effect[] = [];
    private looks: (Pick<ViewLife, 'shown'> & { readonly found: Checkpoint })[] = [];
    private rebuilds: Checkpoint[] = [];
    /** Rows that an opening has read, by its attempt. */
    private readonly read = new Map<number, Checkpoint>();
    /** What the run that folds here has saved last. */
    private run: Checkpoint | undefined;
    isReacting = false;

    happened(event: LifeEvent): void {
      const { life, effects } = step(this.life, event);
      const [before, now] = [this.life.shown, life.shown];
      if (before && now && before.version === now.version) expect((now.position ?? '') >= (before.position ?? '')).toBe(true);
      this.life = life;
      for (const effect of effects) if (['begin', 'end', 'check', 'open', 'rebuild'].includes(effect.do)) this.pending.push(effect);
      if (isServedHere(life)) this.run ??= life.shown;
      else if (life.phase !== 'closing') this.run = undefined;
    }

    /** Does one of the things that are to be done: those first that others wait for. Fails in it, if it is to. */
    work(which: number, fails: boolean): void {
      const urgent = this.pending.findIndex((effect) => ['begin', 'end', 'check'].includes(effect.do));
      const index = urgent >= 0 ? urgent : which % Math.max(1, this.pending.length);
      const effect = this.pending[index];
      if (!effect) return;
      this.pending.splice(index, 1);
      if (effect.do === 'check') return this.happened({ type: 'checked', found: this.store });
      if (effect.do === 'end') this.isReacting = false;
      if (effect.do === 'end') return this.happened({ type: 'ended' });
      if (effect.do === 'begin') this.isReacting = !fails || this.isReacting;
      if (effect.do === 'begin') return this.happened(fails ? { type: 'begin-failed', ...failure } : { type: 'begun' });
      if (effect.do === 'open') return this.open(effect.attempt, fails);
      if (effect.do === 'rebuild' && this.life.phase === 'rebuilding' && this.life.attempt === effect.attempt)
        this.rebuild(effect.attempt, fails);
    }

    /** Reads rows at one time, and reports them at another. */
    private open(attempt: number, fails: boolean): void {
      if (fails) return this.happened({ type: 'opening-failed', attempt, ...failure });
      const found = this.read.get(attempt);
      if (!found) {
        this.read.set(attempt, this.store);
        this.pending.push({ do: 'open', attempt, failures: 0 });
        return;
      }
      // The checkpoint refuses who folds on from where the view is no more.
      const isSuperseded = found.version === 2 && found !== this.store;
      this.happened(isSuperseded ? { type: 'opening-failed', attempt, ...failure, isSuperseded } : opened(found, attempt));
      if (isServedHere(this.life)) this.run = this.life.shown;
    }

    private rebuild(attempt: number, fails: boolean): void {
      if (fails) return this.happened({ type: 'rebuild-failed', attempt, ...failure });
      this.store = { ...this.store, version: 2 };
      this.run = this.store;
      this.happened({ type: 'rebuilt', checkpoint: this.store, pausedAt: undefined });
    }

    fold(fails: boolean): void {
      if (!isGoingOn(this.life) || this.pending.some((effect) => effect.do === 'begin')) return;
      if (fails || this.run !== this.store) return this.happened({ type: 'fold-failed', ...failure, isSuperseded: !fails });
      this.store = this.run = next(this.store);
      this.happened(folded(this.store));
    }

    /** Another server moves the view on, whether or not it should. */
    others(): void {
      this.store = next(this.store);
    }

    look(): void {
      this.looks.push({ shown: this.life.shown, found: this.store });
    }

    /** Looks are answered in their order, later than they were made. */
    answerLook(): void {
      const look = this.looks.shift();
      if (look) this.happened({ type: 'seen', found: look.found, since: look.shown });
    }

    /** An operator has the view rebuilt here, wherever it is folded. That is reported later. */
    startRebuild(): void {
      this.store = { ...this.store, version: 2 };
      this.rebuilds.push(this.store);
    }

    /** Where the view is folded here, its turn keeps others from it until the rebuild is reported. */
    endRebuild(): void {
      const made = this.rebuilds.shift();
      if (!made || isServedHere(this.life)) return;
      this.happened({ type: 'rebuilt', checkpoint: made, pausedAt: undefined });
    }

    settle(): void {
      for (let n = 0; n < 1_000 && this.pending.length > 0; n++) this.work(0, false);
    }
  }
  const next = ({ position, version }: Checkpoint) => at(Number.parseInt(position as string, 16) + 1, version);

  it('what it has shown never goes back, one at most reacts to it, and it is folded in the end if it is held, else followed', () => {
    const act = fc.oneof(
      { weight: 4, arbitrary: fc.constantFrom('held', 'lost', 'others', 'look', 'look', 'answer', 'answer', 'rebuild', 'rebuilt') },
      { weight: 4, arbitrary: fc.record({ which: fc.nat(5), fails: fc.nat(9).map((n) => n === 0) }) },
      { weight: 2, arbitrary: fc.constantFrom('fold', 'fold', 'fold', 'fail') },
    );
    fc.assert(
      fc.property(fc.array(act, { maxLength: 80, size: 'max' }), (acts) => {
        const world = new World();
        for (const one of acts) {
          if (typeof one === 'object') world.work(one.which, one.fails);
          else if (one === 'held' || one === 'lost') world.happened({ type: one });
          else if (one === 'others') world.others();
          else if (one === 'look') world.look();
          else if (one === 'answer') world.answerLook();
          else if (one === 'rebuild') world.startRebuild();
          else if (one === 'rebuilt') world.endRebuild();
          else world.fold(one === 'fail');
          if (world.life.phase === 'followed' || world.life.phase === 'opening') expect(world.isReacting).toBe(false);
        }
        world.settle();
        expect(world.life.phase).toBe(world.life.isHeld ? 'folding' : 'followed');
        expect(world.isReacting).toBe(world.life.isHeld);
      }),
      { numRuns: 1_000 },
    );
  });
});
