import { describe, expect, it } from '@jest/globals';
import { Type } from 'typebox';
import { allBut, only, unchanged } from './chosen-events.js';
import { recorded } from './decider.testing.js';
import { streamKey, type EventOf, type Recorded } from './envelope.js';
import { field, v1 } from './event-schema.js';
import type { Due } from './process.js';
import { nextRow, removed, storedRow, type Projection } from './projection.js';

const text = { fi: 'f', sv: 's', en: 'e' };
const lampEvents = {
  LampHung: v1(text, { room: field(Type.String(), text) }),
  LampLit: v1(text, {}),
  LampDusted: v1(text, {}),
  LampSwapped: v1(text, { room: field(Type.String(), text) }),
  LampTaken: v1(text, {}),
};

interface LampRow {
  readonly room: string;
  readonly lit: number;
}
const key = ({ stream }: Recorded) => streamKey(stream);
const handlers = {
  starts: { LampHung: ({ data: { room } }: EventOf<typeof lampEvents, 'LampHung'>) => ({ room, lit: 0 }) },
  upserts: {
    LampSwapped: (row: LampRow | undefined, { data: { room } }: EventOf<typeof lampEvents, 'LampSwapped'>) => ({
      room,
      lit: row?.lit ?? 0,
    }),
  },
  on: { LampLit: (row: LampRow) => ({ ...row, lit: row.lit + 1 }), LampTaken: (): typeof removed => removed },
} as const;
const lamps: Projection<LampRow, typeof lampEvents, 'LampHung', 'LampSwapped'> = {
  ...handlers,
  name: 'lamps',
  version: 1,
  events: lampEvents,
  key,
  on: { ...handlers.on, ...unchanged('LampDusted') },
};

describe('the handlers of a projection', () => {
  const event = (type: keyof typeof lampEvents) => recorded({ type, data: { room: 'hall' } }, 3, 'lamp-a');
  const next = (row: LampRow | undefined, type: keyof typeof lampEvents) => nextRow(lamps, row, event(type), 'a');

  it('start a row where there is none, and no other', () => {
    expect(next(undefined, 'LampHung')).toEqual({ room: 'hall', lit: 0 });
    expect(() => next({ room: 'hall', lit: 1 }, 'LampHung')).toThrow('LampHung starts the row a of lamps, which is there already');
  });

  it('change a row that is there, and do not pass over one that is not', () => {
    expect(next({ room: 'hall', lit: 1 }, 'LampLit')).toEqual({ room: 'hall', lit: 2 });
    expect(next({ room: 'hall', lit: 1 }, 'LampTaken')).toBe(removed);
    for (const type of ['LampLit', 'LampDusted', 'LampTaken'] as const)
      expect(() => next(undefined, type)).toThrow(`${type} needs the row a of lamps, which is not there`);
  });

  it('make or change a row where they say so', () => {
    expect(next(undefined, 'LampSwapped')).toEqual({ room: 'hall', lit: 0 });
    expect(next({ room: 'cellar', lit: 4 }, 'LampSwapped')).toEqual({ room: 'hall', lit: 4 });
  });

  it('leave position and revision to the runner', () => {
    const { position } = event('LampDusted');
    expect(storedRow(next({ room: 'hall', lit: 1 }, 'LampDusted'), event('LampDusted'), 'a')).toEqual({
      _id: 'a',
      position,
      revision: 3,
      room: 'hall',
      lit: 1,
    });
    expect(storedRow(removed, event('LampTaken'), 'a')).toEqual({ _id: 'a', position, removed: true });
  });

  it('are there for each event that the projection takes, as the compiler says', () => {
    const about = { name: 'lamps', version: 1, key } as const;
    type Lamps = Projection<LampRow, typeof lampEvents, 'LampHung', 'LampSwapped'>;
    const forgetful: Lamps = {
      ...about,
      ...handlers,
      events: lampEvents,
      // @ts-expect-error LampDusted is neither taken nor left
      on: handlers.on,
    };
    // @ts-expect-error LampSwapped has no handler
    const withoutUpserts: Lamps = { ...about, events: lampEvents, starts: handlers.starts, on: lamps.on };
    const elsewhere: Projection<LampRow, Pick<typeof lampEvents, 'LampHung' | 'LampLit'>, 'LampHung'> = {
      ...about,
      events: only(lampEvents, 'LampHung', 'LampLit'),
      starts: handlers.starts,
      on: {
        LampLit: handlers.on.LampLit,
        // @ts-expect-error it does not take LampTaken
        LampTaken: handlers.on.LampTaken,
      },
    };
    expect([forgetful, withoutUpserts, elsewhere]).toHaveLength(3);
  });
});

describe('the events that a projection takes', () => {
  it('are all but some at home, and only some from elsewhere', () => {
    expect(Object.keys(allBut(lampEvents, 'LampDusted', 'LampTaken'))).toEqual(['LampHung', 'LampLit', 'LampSwapped']);
    expect(Object.keys(only(lampEvents, 'LampLit'))).toEqual(['LampLit']);
    // @ts-expect-error there is no such event
    expect(Object.keys(allBut(lampEvents, 'LampBroken'))).toHaveLength(5);
  });
});

describe('what a process has due', () => {
  it('is one of its commands with its content, as the compiler says', () => {
    const about = { id: 'light', at: '2026-01-01T00:00:00.000Z', because: 'event-1' };
    type LampDue = Due<{ LightLamp: { lamp: string }; TakeLamp: { lamp: string; reason: string } }>;
    const due: readonly LampDue[] = [
      { ...about, command: { type: 'LightLamp', content: { lamp: 'a' } } },
      // @ts-expect-error there is no such command
      { ...about, command: { type: 'LigthLamp', content: { lamp: 'a' } } },
      // @ts-expect-error the field has another name
      { ...about, command: { type: 'LightLamp', content: { lmap: 'a' } } },
      // @ts-expect-error the content is another command's
      { ...about, command: { type: 'TakeLamp', content: { lamp: 'a' } } },
    ];
    expect(due).toHaveLength(4);
  });
});
