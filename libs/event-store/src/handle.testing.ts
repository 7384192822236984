import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomBytes, randomUUID } from 'node:crypto';
import { Type } from 'typebox';
import { unchanged } from '#kernel/chosen-events';
import { Command, inContext, need, type CommandContext, type CommandsOf, type Decider, type Fold, type Needs } from '#kernel/decider';
import { field, personal, v1, type EventDefinitions } from '#kernel/event-schema';
import { refusals } from '#kernel/refused';
import { Codec, type PersonKeys } from './codec.js';
import { commandEvents } from './command.events.js';
import { CommandHandler } from './handle.js';
import { SqliteEventLog } from './sqlite/sqlite-event-log.js';

/** A small context for the specs of the plumbing: jars that open, take coins up to a limit that a shelf sets, and are signed. */

const text = { fi: 'f', sv: 's', en: 'e' };
const { refuse } = refusals({ 'jar-full': text, 'jar-closed': text });

export const jarEvents = {
  JarOpened: v1(text, {}),
  CoinAdded: v1(text, { cents: field(Type.Integer(), text) }),
  JarSigned: v1(text, { person: field(Type.String(), text), name: personal('person', text) }),
};
export const shelfEvents = { LimitSet: v1(text, { limit: field(Type.Integer(), text) }) };

const shelfFacts: Fold<{ limit: number }, typeof shelfEvents> = {
  category: 'shelf',
  events: shelfEvents,
  initial: { limit: 1_000 },
  evolve: { LimitSet: (_, { data: { limit } }) => ({ limit }) },
};

export class OpenJar extends Command {
  jar!: string;
}
export class AddCoin extends Command {
  jar!: string;
  cents!: number;
}
export class AddCoins extends Command {
  jar!: string;
  coins!: number[];
}
export class SignJar extends Command {
  jar!: string;
  person!: string;
  name!: string;
}
const jarCommands = { OpenJar, AddCoin, AddCoins, SignJar };
const ofShelf = { shelf: need(shelfFacts, () => 'top') };
const jarNeeds = { OpenJar: ofShelf, AddCoin: ofShelf, AddCoins: ofShelf } satisfies Needs<CommandsOf<typeof jarCommands>>;

export const jar: Decider<CommandsOf<typeof jarCommands>, { isOpen: boolean; cents: number }, typeof jarEvents, typeof jarNeeds> = {
  category: 'jar',
  events: jarEvents,
  key: (command) => command.jar,
  needs: jarNeeds,
  partsChanged: ({ type }) => (type === 'JarSigned' ? ['label'] : []),
  initial: { isOpen: false, cents: 0 },
  decide: {
    OpenJar: (_, { isOpen }) => (isOpen ? [] : [{ type: 'JarOpened', data: {} }]),
    AddCoin: ({ cents }, state, facts) => [added(cents, state, facts)],
    AddCoins: ({ coins }, state, facts) => coins.map((cents) => added(cents, state, facts)),
    SignJar: ({ person, name }) => [{ type: 'JarSigned', data: { person, name } }],
  },
  evolve: {
    JarOpened: (state) => ({ ...state, isOpen: true }),
    CoinAdded: (state, { data: { cents } }) => ({ ...state, cents: state.cents + cents }),
    ...unchanged('JarSigned'),
  },
};

function added(cents: number, { isOpen, cents: there }: { isOpen: boolean; cents: number }, { shelf }: { shelf: { limit: number } }) {
  if (!isOpen) throw refuse('jar-closed');
  if (there + cents > shelf.limit) throw refuse('jar-full', { limit: shelf.limit });
  return { type: 'CoinAdded' as const, data: { cents } };
}

export const shelf: Decider<{ SetLimit: { limit: number } }, { limit: number }, typeof shelfEvents> = {
  ...shelfFacts,
  key: () => 'top',
  needs: {},
  decide: { SetLimit: ({ limit }) => [{ type: 'LimitSet', data: { limit } }] },
};
export class SetLimit extends Command {
  limit!: number;
}

/** Keys in memory. */
export class KeysInMemory implements PersonKeys {
  readonly keys = new Map<string, Buffer>();
  async keyFor(person: string) {
    const key = this.keys.get(person) ?? randomBytes(32);
    this.keys.set(person, key);
    return key;
  }
  async existingKey(person: string) {
    return this.keys.get(person);
  }
}

/** A command with its content, sent by somebody. */
export function sent<C extends Command>(type: new () => C, content: Omit<C, 'context'>, context: Partial<CommandContext> = {}): C {
  return inContext(Object.assign(new type(), content), {
    commandId: randomUUID(),
    correlationId: 'spec',
    caller: 'issuer|aino',
    actor: { id: 'person-aino', role: 'someone' },
    ...context,
  });
}

/** A log in a folder of its own with a handler on it, which can be opened again. */
export function plumbing(...more: readonly EventDefinitions[]) {
  const folder = mkdtempSync(join(tmpdir(), 'handle-'));
  const hashKey = randomBytes(32);
  const keys = new KeysInMemory();
  const codec = new Codec([jarEvents, shelfEvents, commandEvents, ...more], keys);
  const clock = { now: () => Date.parse('2026-01-01T12:00:00Z') };
  const open = () => {
    const log = SqliteEventLog.open(join(folder, 'log.db'));
    return { log, handler: new CommandHandler({ log, codec, clock, hashKey }) };
  };
  return { ...open(), codec, keys, clock, folder, hashKey, open, remove: () => rmSync(folder, { recursive: true }) };
}
