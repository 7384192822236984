import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { inContext, type Command } from '#kernel/decider';
import { derivedId } from '#kernel/derived-id';
import { instantOf } from '#kernel/helsinki-time';
import { regionCodes, regions } from '#kernel/region';
import { Refused } from '#kernel/refused';
import { commandNamed } from '#system/edges';
import { DataFolder } from '#system/data-folder';
import { CannotStart, readSettings, withoutServers } from '#system/settings';
import { System } from '#system/system';
import { councilOf, roundsApart, syntheticRound, type Step } from './synthetic-round.js';

export interface SynthOptions {
  readonly events: string;
  readonly seed: string;
  readonly into: string;
}

const namespace = '5b0d5c56-2f5e-5a0f-8f33-5c1c6f6f0a77';
/** Commands under way at once: they share their commits. */
const atOnce = 256;
const roundsAtOnce = 16;

/**
 * Fills a new data folder with a log of synthetic rounds: decided by the deciders, sealed, appended, like those of a real
 * installation, under times that follow from the seed. Every event names its source as a demonstration.
 */
export async function synthesise({ events: wanted, seed, into }: SynthOptions): Promise<void> {
  const [most, number] = [wholeNumber('--events', wanted), wholeNumber('--seed', seed)];
  if (existsSync(new DataFolder(resolve(into)).log))
    throw new CannotStart(`${resolve(into)} has a log already: choose an empty folder with --into.`);
  let now = Date.parse('2016-01-04T06:00:00Z');
  const clock = { now: () => now, alarm: () => () => undefined };
  const system = await System.open({
    settings: { ...readSettings(withoutServers(process.env)), dataFolder: resolve(into) },
    reporter: { warn: () => undefined },
    clock,
    projections: [],
    processes: [],
  });
  try {
    const register = (content: object) =>
      send(system, { at: now, command: 'RegisterOrganisation', content, role: 'ministry-registrar' }, number);
    await register({ organisation: 'synteettinen-ministerio', kind: 'ministry', names: { fi: 'Synteettinen ministeriö' } });
    for (const region of regionCodes)
      await register({
        organisation: councilOf(region),
        kind: 'regional-council',
        names: { fi: `Synteettinen liitto, ${regions[region].fi}` },
        region,
      });
    const begin = now;
    for (let round = 0; (await written(system)) < most; round += roundsAtOnce) {
      const rounds = Array.from({ length: roundsAtOnce }, (_, index) =>
        syntheticRound(number, round + index, begin + (round + index) * roundsApart),
      );
      // What one region does in a call waits for what it did before; regions do not wait for each other.
      const last = new Map<string, Promise<void>>();
      for (const [index, step] of rounds
        .flat()
        .sort((a, b) => a.at - b.at)
        .entries()) {
        now = Math.max(now, step.at);
        const { call, region, application } = step.content as { call?: string; region?: string; application?: string };
        const place = application ?? (region === undefined ? undefined : `${call}--${region}`);
        last.set(
          place ?? '',
          (last.get(place ?? '') ?? Promise.resolve()).then(() => send(system, step, number)),
        );
        if (place === undefined || index % atOnce === 0) await Promise.all(last.values());
      }
      await Promise.all(last.values());
      if (process.stderr.isTTY) process.stderr.write(`\r${await written(system)} events`);
    }
    process.stdout.write(`${await written(system)} events in ${resolve(into)}\n`);
  } finally {
    await system.close();
  }
}

async function written(system: System): Promise<number> {
  return Number.parseInt((await system.log.head()).slice(0, 16), 16);
}

async function send(system: System, { at, command, content, role, region }: Step, seed: number): Promise<void> {
  const commandId = derivedId(namespace, `${seed} ${at} ${command} ${JSON.stringify(content)}`);
  const type = commandNamed.get(command) as new () => Command;
  const person = `synthetic-${role}${region ? `-${region}` : ''}`;
  const context = {
    commandId,
    correlationId: commandId,
    caller: `synthetic|${person}`,
    actor: { id: person, role, ...(region && { region }) },
    source: { kind: 'demo' as const, references: [`digituki synth --seed ${seed}`] },
    effectiveAt: instantOf(at),
  };
  try {
    await system.execute(inContext(Object.assign(new type(), content), context));
  } catch (error) {
    if (error instanceof Refused) throw new Error(`a rule refused a synthetic ${command}: ${error.message}`, { cause: error });
    throw error;
  }
}

function wholeNumber(option: string, text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new CannotStart(`${option} is «${text}»: give a whole number.`);
  return Number(text);
}
