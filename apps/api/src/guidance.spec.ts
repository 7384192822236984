import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ManualClock } from '#kernel/clock.testing';
import { TestServer } from './server.testing.js';

const both = (text: string) => ({ fi: `${text} (kuvitteellinen)`, sv: `${text} (påhittad)` });

describe('guidance, training and news over GraphQL', () => {
  let server: TestServer;
  const clock = new ManualClock('2026-03-01T10:00:00Z');
  const tokens: Record<string, string> = {};
  beforeAll(async () => {
    server = await TestServer.start({ clock });
    for (const role of ['agency-coordinator', 'ministry-presenter', 'provider']) tokens[role] = await server.token(role, {}, '1y');
    tokens['19'] = await server.token('regional-coordinator', { region: '19' }, '1y');
  });
  afterAll(() => server.stop());

  const sent = async (mutation: string, input: object) => {
    const { data, errors } = await server.command(mutation, input, tokens['agency-coordinator']);
    expect(errors).toEqual([]);
    return (data[mutation] as { position: string }).position;
  };
  const ask = async (query: string, variables: object = {}, by?: string) => {
    const { data, errors } = await server.ask(query, { variables, ...(by && { token: tokens[by] as string }) });
    expect(errors).toEqual([]);
    return data;
  };

  it('answers by one question what guidance, training and news there is', async () => {
    await sent('publishGuidance', { guidance: 'first-visit', names: both('Ensikäynti'), text: both('Ohje'), readers: ['PROVIDERS'] });
    await sent('publishGuidance', { guidance: 'old', names: both('Vanha'), text: both('Ohje'), readers: ['EVERYONE'] });
    await sent('scheduleTraining', {
      training: 'spring',
      names: both('Kevätkoulutus'),
      starts: '2026-03-10T09:00:00+02:00',
      ends: '2026-03-10T11:00:00+02:00',
      form: 'ONLINE',
      languages: ['FI', 'SV'],
      regions: [],
      guidance: 'first-visit',
    });
    const after = await sent('publishNews', { news: 'spring', title: both('Kevät'), text: both('Uutinen'), regions: ['R19'] });
    const question = `query ($after: Position) {
      guidances(afterPosition: $after, reader: PROVIDERS) { edges { node { id version readers } } }
      trainings(afterPosition: $after) { edges { node { id stage starts participants guidance { id } } } }
      news(afterPosition: $after) { edges { node { id title { fi } regions { code } } } }
    }`;
    expect(await ask(question, { after })).toEqual({
      guidances: {
        edges: [
          { node: { id: 'first-visit', version: 1, readers: ['PROVIDERS'] } },
          { node: { id: 'old', version: 1, readers: ['EVERYONE'] } },
        ],
      },
      trainings: {
        edges: [
          {
            node: { id: 'spring', stage: 'SCHEDULED', starts: '2026-03-10T07:00:00Z', participants: null, guidance: { id: 'first-visit' } },
          },
        ],
      },
      news: { edges: [{ node: { id: 'spring', title: { fi: 'Kevät (kuvitteellinen)' }, regions: [{ code: 'R19' }] } }] },
    });
  });

  it('shows guidance as it was, and leaves out what was retired unless it is asked for', async () => {
    clock.set('2026-03-05T10:00:00Z');
    const revise = { guidance: 'first-visit', names: both('Ensikäynti'), text: both('Uusi'), readers: ['PROVIDERS'], reason: 'Palaute' };
    await sent('reviseGuidance', revise);
    const after = await sent('retireGuidance', { guidance: 'old', reason: 'Vanhentunut', replacedBy: 'first-visit' });
    expect(
      await ask(
        `query ($after: Position) {
          guidances(afterPosition: $after) { totalCount edges { node { id version } } }
          retired: guidances(afterPosition: $after, retired: true) { edges { node { id retiredReason replacedBy } } }
          before: guidance(id: "first-visit", asOf: "2026-03-04") { version text { fi } }
          now: guidance(id: "first-visit", after: $after) { version versions { number reason } }
        }`,
        { after },
      ),
    ).toMatchObject({
      guidances: { totalCount: 1, edges: [{ node: { id: 'first-visit', version: 2 } }] },
      retired: { edges: [{ node: { id: 'old', retiredReason: 'Vanhentunut', replacedBy: 'first-visit' } }] },
      before: { version: 1, text: { fi: 'Ohje (kuvitteellinen)' } },
      now: {
        version: 2,
        versions: [
          { number: 1, reason: null },
          { number: 2, reason: 'Palaute' },
        ],
      },
    });
  });

  it('tells who took part in training by region, and keeps the figures that were corrected', async () => {
    clock.set('2026-03-11T10:00:00Z');
    await sent('holdTraining', {
      training: 'spring',
      attendance: [
        { region: 'R19', participants: 4 },
        { region: 'R12', participants: 7 },
      ],
    });
    const after = await sent('holdTraining', {
      training: 'spring',
      attendance: [
        { region: 'R19', participants: 5 },
        { region: 'R12', participants: 7 },
      ],
      correction: 'Laskuvirhe',
    });
    expect(
      await ask(
        `query ($after: Position) {
          training(id: "spring", after: $after) { stage participants attendance { region { code } participants }
            attendanceHistory { attendance { participants } correction } }
          trainingAttendance(from: "2026-03-01", to: "2026-03-31") { region { code } trainings participants }
          none: trainingAttendance(from: "2026-04-01") { participants }
          region(code: R19) { trainingAttendance { trainings participants } }
        }`,
        { after },
      ),
    ).toEqual({
      training: {
        stage: 'HELD',
        participants: 12,
        attendance: [
          { region: { code: 'R12' }, participants: 7 },
          { region: { code: 'R19' }, participants: 5 },
        ],
        attendanceHistory: [
          { attendance: [{ participants: 7 }, { participants: 4 }], correction: null },
          { attendance: [{ participants: 7 }, { participants: 5 }], correction: 'Laskuvirhe' },
        ],
      },
      trainingAttendance: [
        { region: { code: 'R12' }, trainings: 1, participants: 7 },
        { region: { code: 'R19' }, trainings: 1, participants: 5 },
      ],
      none: [],
      region: { trainingAttendance: { trainings: 1, participants: 5 } },
    });
  });

  it('shows a support structure to anyone once it is adopted, and its draft to those who make it', async () => {
    const structure = { structure: 'method', kind: 'METHOD', names: both('Menetelmä'), text: both('Kuvaus'), coAuthors: ['council-19'] };
    const after = await sent('draftSupportStructure', structure);
    const question = `query ($after: Position) { supportStructure(id: "method", after: $after) { adopted draft { draft } coAuthors { id } } }`;
    expect((await ask(question, { after })).supportStructure).toBeNull();
    expect((await ask(question, { after }, 'provider')).supportStructure).toBeNull();
    expect((await ask(question, { after }, '19')).supportStructure).toEqual({
      adopted: null,
      draft: { draft: 1 },
      coAuthors: [{ id: 'council-19' }],
    });
    const adopted = await sent('adoptSupportStructure', { structure: 'method', draft: 1 });
    expect((await ask(question, { after: adopted })).supportStructure).toEqual({
      adopted: '2026-03-11T10:00:00Z',
      draft: null,
      coAuthors: [{ id: 'council-19' }],
    });
  });

  it('tells by no revision that a support structure is drafted anew', async () => {
    const structure = { structure: 'method', kind: 'METHOD', names: both('Uusi'), text: both('Uusi kuvaus'), coAuthors: ['council-19'] };
    const after = await sent('draftSupportStructure', structure);
    const question = `query ($after: Position) { supportStructure(id: "method", after: $after) { revision } }`;
    const told = async (by?: string) => (await ask(question, { after }, by)).supportStructure.revision as string;
    // Drafted, adopted, drafted: others know of the adoption alone.
    expect([await told('19'), await told(), await told('provider')]).toEqual(['2', '0', '0']);
  });

  it('is the agency’s to publish, and says why not in the reader’s language', async () => {
    const { errors } = await server.command('publishNews', { news: 'x', title: both('x'), text: both('x'), regions: [] }, tokens['19']);
    expect(errors[0]?.extensions.code).toBe('not-permitted');
    const refused = await server.command('cancelTraining', { training: 'none', reason: 'x' }, tokens['agency-coordinator'], {
      language: 'sv',
    });
    expect(refused.errors[0]?.message).toContain('Utbildningen none finns inte');
  });
});
