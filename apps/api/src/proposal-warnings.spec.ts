import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { ManualClock } from '#kernel/clock.testing';
import { GrantRound } from './grant-round.testing.js';
import { TestServer } from './server.testing.js';

describe('a proposal for which the appropriation has not enough left', () => {
  const clock = new ManualClock('2026-08-25T09:00:00Z');
  let server: TestServer;
  let round: GrantRound;
  let application: string;

  /** What the receipt of a proposal warns of; of the same command, where its id is the same. */
  const warnings = async (amount: string, commandId = randomUUID()) => {
    const input = { application, outcome: 'GRANTED', amount, grounds: 'g', conditions: [] };
    const { data, errors } = await server.ask(
      'mutation ($commandId: UUID!, $input: ProposeDecisionInput!) { proposeDecision(commandId: $commandId, input: $input) { effect warnings { code message { text } } } }',
      { variables: { commandId, input }, token: round.tokens['presenter'] as string, language: 'fi' },
    );
    expect(errors).toEqual([]);
    return (data['proposeDecision'] as { warnings: unknown }).warnings;
  };
  const again = () => round.done('withdrawDecisionProposal', { application, reason: 'r' }, 'presenter');

  beforeAll(async () => {
    server = await TestServer.start({ clock });
    round = await GrantRound.begin(server, clock, 2026, ['council-a']);
    application = await round.propose('council-a');
    await round.done('adjustAppropriation', { call: 'round', amount: '6999999', reason: 'r' }, 'decider');
    await again();
  });
  afterAll(() => server.stop());

  it('is recorded with a warning of what would be refused at the decision', async () => {
    const id = randomUUID();
    const text = expect.stringMatching(/^Päätös veisi 70\s000,00 euroa, .* jäljellä 69\s999,99 euroa/);
    const warning = [{ code: 'appropriation-exceeded', message: { text } }];
    expect(await warnings('7000000', id)).toEqual(warning);
    expect(await warnings('7000000', id)).toEqual(warning);
    expect(await round.refused('decideGrant', { ...round.decision(application), applicationRevision: 4 }, 'decider')).toBe(
      'appropriation-exceeded',
    );
  });

  it('is warned of no more where it takes what is left, and nothing else is', async () => {
    await again();
    expect(await warnings('6999999')).toEqual([]);
  });
});
