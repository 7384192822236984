import { expect } from '@jest/globals';
import type { AnyDecider, DecideContext, Decider, FactsOf, Needs } from './decider.js';
import type { EventMetadata, EventOf, Source } from './envelope.js';
import type { EventDefinitions, NewEvent } from './event-schema.js';
import { Refused } from './refused.js';
import { firstInstant, lastInstant } from './when.js';

export const publicRecord: Source = { kind: 'public-record', references: ['a page'] };

const someone = { id: 'person-1', role: 'someone' };
const beforeAll = '2000-01-01T00:00:00.000Z';

/**
 * The language of a decider's specs:
 *
 *     const { given } = specOf(call);
 *     given(planned, at('2019-10-15T13:15:00Z', published)).when('CloseCall', { call: 'c' }, { at: '…' }).then([…]);
 *
 * Events given are recorded at their `effectiveAt`, or at an instant before all others.
 */
export function specOf<
  Commands extends Record<string, object>,
  State,
  Definitions extends EventDefinitions,
  DeclaredNeeds extends Needs<Commands>,
>(decider: Decider<Commands, State, Definitions, DeclaredNeeds>) {
  const fold = (events: readonly NewEvent<Definitions>[]) =>
    events.reduce(
      (state, event, revision) => decider.evolve[event.type](state, recorded(event, revision) as EventOf<Definitions, typeof event.type>),
      decider.initial,
    );

  return {
    given: (...events: readonly NewEvent<Definitions>[]) => given(events, {}),
  };

  function factsFor<Name extends keyof Commands>(name: Name, known: Readonly<Record<string, unknown>>): FactsOf<DeclaredNeeds, Name> {
    const needs = Object.entries((decider.needs as AnyDecider['needs'])[name as string] ?? {});
    return Object.fromEntries(
      needs.map(([fact, need]) => [fact, known[fact] ?? ('keys' in need ? new Map() : need.fold.initial)]),
    ) as FactsOf<DeclaredNeeds, Name>;
  }

  function given(events: readonly NewEvent<Definitions>[], known: Known<DeclaredNeeds>) {
    return {
      /** What the streams that commands need say; of those that are not named, the initial state. */
      knowing: (more: Known<DeclaredNeeds>) => given(events, more),
      when: <Name extends keyof Commands>(name: Name, command: Commands[Name], context: Partial<DecideContext> = {}) => {
        const at = context.at === undefined ? beforeAll : lastInstant(context.at);
        const decide = () => decider.decide[name](command, fold(events), factsFor(name, known), { actor: someone, ...context, at });
        return {
          then: (expected: readonly NewEvent<Definitions>[]) => expect(decide()).toEqual(expected),
          thenNothing: () => expect(decide()).toEqual([]),
          thenRefused: (code: string, details: object = {}) => {
            let refusal: unknown;
            try {
              decide();
            } catch (error) {
              refusal = error;
            }
            expect(refusal).toBeInstanceOf(Refused);
            expect(refusal).toMatchObject({ code, details });
          },
          thenFault: (message: RegExp) => expect(decide).toThrow(message),
        };
      },
    };
  }
}

/** Facts by name, of whatever commands need them. */
type Known<DeclaredNeeds> = Partial<Together<{ [Name in keyof DeclaredNeeds]: FactsOf<DeclaredNeeds, Name> }[keyof DeclaredNeeds]>>;
type Together<Union> = (Union extends unknown ? (one: Union) => void : never) extends (all: infer All) => void ? All : never;

/** An event as it would come from the log. */
export function recorded<E extends { type: string; data: unknown; effectiveAt?: string }>(event: E, revision: number, stream = 'spec-1') {
  const position = revision.toString(16).padStart(16, '0').repeat(2);
  const recordedAt = event.effectiveAt === undefined ? beforeAll : firstInstant(event.effectiveAt);
  const metadata = {
    actor: someone,
    recordedAt,
    ...(event.effectiveAt !== undefined && { effectiveAt: event.effectiveAt }),
  } as EventMetadata;
  return { type: event.type, data: event.data, id: `event-${revision}`, stream, revision, position, metadata };
}
