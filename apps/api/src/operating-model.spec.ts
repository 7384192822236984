import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ManualClock } from '#kernel/clock.testing';
import { TestServer } from './server.testing.js';

const both = (text: string) => ({ fi: `${text} (kuvitteellinen)`, sv: `${text} (påhittad)` });
const sections = (text: string) => [{ key: 'roles', heading: both('Roolit'), text: both(text) }];

describe('the operating model over GraphQL', () => {
  let server: TestServer;
  const tokens: Record<string, string> = {};
  beforeAll(async () => {
    server = await TestServer.start({ clock: new ManualClock('2026-09-01T09:00:00Z') });
    for (const role of ['agency-coordinator', 'ministry-presenter', 'ministry-auditor'])
      tokens[role] = await server.token(role, {}, '1h', role);
    tokens['lapland'] = await server.token('regional-coordinator', { region: '19' });
  });
  afterAll(() => server.stop());

  it('goes from its first version over feedback and evaluation to the next', async () => {
    const answers = [
      await server.command(
        'publishOperatingModel',
        { model: 'national', names: both('Malli'), sections: sections('Ensin'), validFrom: '2026-01-01' },
        tokens['agency-coordinator'],
      ),
      await server.command(
        'giveOperatingModelFeedback',
        { model: 'national', version: 1, section: 'roles', region: 'R19', text: { fi: 'Roolit ovat epäselvät' } },
        tokens['lapland'],
      ),
      await server.command(
        'proposeRegionalRoleEvaluation',
        {
          model: 'national',
          evaluation: 'lapland',
          version: 1,
          region: 'R19',
          findings: both('Havainto'),
          conclusions: both('Johtopäätös'),
        },
        tokens['agency-coordinator'],
      ),
    ];
    expect(answers.flatMap(({ errors }) => errors)).toEqual([]);
    const question = `query ($after: Position) { operatingModel(id: "national", after: $after) {
      version { number } versions { number validFrom sections { text { fi } } }
      feedback(region: R19) { version section region { name { fi } } text { text } }
      evaluations(region: R19) { evaluation findings { fi } } proposedEvaluations { evaluation proposal region { code } findings { fi } }
    } }`;
    const after = answers.at(-1)?.data.proposeRegionalRoleEvaluation.position;
    const asked = async (role?: string) =>
      (await server.ask(question, { variables: { after }, ...(role && { token: tokens[role] as string }) })).data.operatingModel;
    expect(await asked()).toEqual({
      version: { number: 1 },
      versions: [{ number: 1, validFrom: '2026-01-01', sections: [{ text: { fi: 'Ensin (kuvitteellinen)' } }] }],
      feedback: [{ version: 1, section: 'roles', region: { name: { fi: 'Lappi' } }, text: { text: 'Roolit ovat epäselvät' } }],
      evaluations: [],
      proposedEvaluations: [],
    });
    expect((await asked('ministry-auditor')).proposedEvaluations).toEqual([
      { evaluation: 'lapland', proposal: 1, region: { code: 'R19' }, findings: { fi: 'Havainto (kuvitteellinen)' } },
    ]);
    const confirmed = await server.command(
      'confirmRegionalRoleEvaluation',
      { model: 'national', evaluation: 'lapland', proposal: 1 },
      tokens['ministry-presenter'],
    );
    expect(confirmed.errors).toEqual([]);
    const { data } = await server.ask(question, { variables: { after: confirmed.data.confirmRegionalRoleEvaluation.position } });
    expect(data.operatingModel.evaluations).toEqual([{ evaluation: 'lapland', findings: { fi: 'Havainto (kuvitteellinen)' } }]);
  });

  it('takes a region’s feedback from that region only, and revisions from the agency only', async () => {
    const elsewhere = await server.command(
      'giveOperatingModelFeedback',
      { model: 'national', version: 1, region: 'R12', text: { fi: 'x' } },
      tokens['lapland'],
    );
    const ministry = await server.command(
      'reviseOperatingModel',
      { model: 'national', sections: sections('x'), reason: 'x' },
      tokens['ministry-presenter'],
    );
    const alone = await server.command(
      'confirmRegionalRoleEvaluation',
      { model: 'national', evaluation: 'lapland', proposal: 1 },
      tokens['agency-coordinator'],
    );
    expect([elsewhere, ministry, alone].map(({ errors }) => errors[0]?.extensions.code)).toEqual([
      'not-permitted',
      'not-permitted',
      'not-permitted',
    ]);
  });
});
