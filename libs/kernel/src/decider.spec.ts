import { describe, expect, it } from '@jest/globals';
import { Type } from 'typebox';
import { need, needEach, type Decider, type Fold, type Needs } from './decider.js';
import { specOf } from './decider.testing.js';
import { field, v1 } from './event-schema.js';

const text = { fi: 'f', sv: 's', en: 'e' };
const watts = { watts: field(Type.Integer(), text) };
const bulbEvents = { BulbBought: v1(text, watts) };
const lampEvents = { BulbFitted: v1(text, watts), BulbUnfitted: v1(text, {}) };

const bulbFacts: Fold<{ readonly watts: number }, typeof bulbEvents> = {
  category: 'bulb',
  events: bulbEvents,
  initial: { watts: 0 },
  evolve: { BulbBought: (_, { data }) => data },
};

type Commands = {
  FitBulb: { lamp: string; bulb?: string };
  FitBulbs: { lamp: string; bulbs: string[] };
  UnfitBulb: { lamp: string };
};
const needs = {
  FitBulb: { bulb: need(bulbFacts, ({ bulb }: Commands['FitBulb']) => bulb) },
  FitBulbs: { bulbs: needEach(bulbFacts, ({ bulbs }: Commands['FitBulbs']) => bulbs) },
} satisfies Needs<Commands>;

const lamp: Decider<Commands, null, typeof lampEvents, typeof needs> = {
  category: 'lamp',
  events: lampEvents,
  key: (command) => command.lamp,
  needs,
  initial: null,
  decide: {
    FitBulb: (_, __, { bulb }) => [{ type: 'BulbFitted', data: bulb }],
    FitBulbs: (_, __, { bulbs }) => [...bulbs.values()].map((data) => ({ type: 'BulbFitted', data })),
    UnfitBulb: () => [{ type: 'BulbUnfitted', data: {} }],
  },
  evolve: { BulbFitted: () => null, BulbUnfitted: () => null },
};
const { given } = specOf(lamp);

describe('a command', () => {
  it('is decided on the facts that it needs, and on the initial state of those whose stream it does not name', () => {
    given()
      .knowing({ bulb: { watts: 7 } })
      .when('FitBulb', { lamp: 'a', bulb: 'b' })
      .then([{ type: 'BulbFitted', data: { watts: 7 } }]);
    given()
      .when('FitBulb', { lamp: 'a' })
      .then([{ type: 'BulbFitted', data: { watts: 0 } }]);
    given().when('FitBulbs', { lamp: 'a', bulbs: [] }).thenNothing();
  });

  it('has no other facts than those that it needs, as the compiler says', () => {
    const decide: (typeof lamp)['decide'] = {
      ...lamp.decide,
      // @ts-expect-error `bulb` is not needed by this command
      FitBulbs: (_, __, { bulb }) => [{ type: 'BulbFitted', data: bulb }],
      // @ts-expect-error this command needs nothing
      UnfitBulb: (_, __, { bulbs }) => [{ type: 'BulbFitted', data: bulbs }],
    };
    expect(Object.keys(decide)).toHaveLength(3);
  });

  it('needs what it names itself, as the compiler says', () => {
    const bulb = need(bulbFacts, (command: { bulb: string }) => command.bulb);
    // @ts-expect-error UnfitBulb names no bulb
    const ofAnother = { UnfitBulb: { bulb } } satisfies Needs<Commands>;
    // @ts-expect-error there is no such command
    const ofNone = { FitBlub: { bulb } } satisfies Needs<Commands>;
    expect([ofAnother, ofNone]).toHaveLength(2);
  });
});
