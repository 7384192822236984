import { describe, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { bothLogs } from '#event-store/both-logs.testing';
import { Codec } from '#event-store/codec';
import { commandEvents } from '#event-store/command.events';
import { CommandHandler } from '#event-store/handle';
import { KeysInMemory, sent } from '#event-store/handle.testing';
import { CodedError } from '#kernel/refused';
import { RegisterOrganisation, SucceedOrganisation } from './organisation.commands.js';
import { organisation } from './organisation.decider.js';
import { organisationEvents } from './organisation.events.js';
import { successionEvents } from './succession.events.js';

describe.each(bothLogs)('%s: successions that would make a circle, recorded at once by two handlers', (_, logsOf) => {
  it('are all recorded but one, of two and of three organisations', async () => {
    const logs = await logsOf();
    const codec = new Codec([organisationEvents, successionEvents, commandEvents], new KeysInMemory());
    const clock = { now: () => Date.parse('2026-12-01T12:00:00Z') };
    const hashKey = randomBytes(32);
    const opened = [await logs.open(), await logs.open()] as const;
    const handlers = opened.map((log) => new CommandHandler({ log, codec, clock, hashKey })) as [CommandHandler, CommandHandler];
    const [one] = handlers;
    for (let round = 0; round < 12; round++) {
      const circle = ['a', 'b', 'c'].slice(0, round % 2 === 0 ? 2 : 3).map((name) => `${name}-${round}`);
      for (const name of circle)
        await one.handle(organisation, sent(RegisterOrganisation, { organisation: name, kind: 'agency', names: { fi: name } }));
      const codes = await Promise.all(
        circle.map(async (name, index) => {
          const by = circle[(index + 1) % circle.length] as string;
          const command = sent(SucceedOrganisation, { organisation: name, by, effectiveAt: `20${30 + index}-01-01` });
          try {
            return (await (handlers[index % 2] as CommandHandler).handle(organisation, command)).effect;
          } catch (error) {
            return (error as CodedError).code;
          }
        }),
      );
      const refused = codes.filter((code) => code !== 'recorded');
      expect(refused).toHaveLength(1);
      expect(['succession-in-a-circle', 'successor-succeeded']).toContain(refused[0]);
    }
    await Promise.all([...new Set(opened)].map((log) => log.close()));
    logs.remove();
  });
});
