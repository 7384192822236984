import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { errorTexts } from '#system/edges';
import { ManualClock } from '#kernel/clock.testing';
import { plan, terms } from './call-plan.testing.js';
import { TestServer } from './server.testing.js';

const foreign = ['fi', 'sv'] as const;
/** What GraphQL says in English. */
const english = /\b(Expected|Did you mean|cannot|not defined|does not exist|must|Unknown|Syntax|required|was not provided|never used)\b/;

describe('what a caller is told, in their language', () => {
  const clock = new ManualClock('2026-09-01T09:00:00Z');
  const tokens: Record<string, string> = {};
  let server: TestServer;
  beforeAll(async () => {
    server = await TestServer.start({ clock });
    for (const role of ['ministry-presenter', 'agency-coordinator']) tokens[role] = await server.token(role, {}, '1y');
    tokens['19'] = await server.token('regional-coordinator', { region: '19' }, '1y');
    tokens['no region'] = await server.token('regional-coordinator', {}, '1y');
  });
  afterAll(() => server.stop());

  const sent = async (mutation: string, input: object, who: string, language: string) => {
    const { errors } = await server.command(mutation, input, tokens[who], { language });
    expect(errors).toHaveLength(1);
    return errors[0] as { message: string; extensions: { code: string; details: Record<string, unknown> } };
  };
  const wrongTerms = (change: object) => ({ ...plan('wrong'), terms: { ...terms, ...change } });

  it.each([
    ['a day', { reporting: { from: '1.1.2027', to: '2027-12-31' } }, '«Ehdot: Raportointi: alku»: päivä on muodossa 2019-10-15'],
    ['a time', { closes: '15.10.2026' }, '«Ehdot: Haku päättyy (viimeinen hetki tai päivä)»: aika on hetki, päivä'],
    [
      'a value of a list',
      { eligibleApplicants: ['COMPANY', 'PARTY'] },
      '«Ehdot: Kuka voi hakea 2»: arvoa PARTY ei ole valikoimassa OrganisationKind',
    ],
    [
      'a number',
      { largestShare: 'half' },
      'Suurin osuus hyväksyttävistä kustannuksista (sadasosaprosentteina)»: odotettiin kokonaislukua, ei "half"',
    ],
    ['a field', { colour: 'red' }, '«Ehdot»: kenttää colour ei ole (tyyppi CallTermsInput)'],
    ['a truth', { vatEligible: 'no' }, '«Ehdot: Arvonlisävero on hyväksyttävä kustannus»: odotettiin arvoa true tai false, ei "no"'],
  ])('names the field, and says what %s is, where GraphQL itself refuses it', async (_, change, told) => {
    const finnish = await sent('planCall', wrongTerms(change), 'ministry-presenter', 'fi');
    expect(finnish.extensions).toMatchObject({ code: 'invalid-request', details: { at: expect.stringMatching(/^input\.terms/) } });
    expect(finnish.message).toContain(told);
    const swedish = await sent('planCall', wrongTerms(change), 'ministry-presenter', 'sv');
    expect(swedish.message).toMatch(/^«Villkor/);
    expect(swedish.message).not.toMatch(english);
  });

  it.each([
    ['a literal of a wrong kind', '{ region(code: 19) { code } }'],
    ['a key', '{ call(id: "Not a key") { id } }'],
    ['an argument that is missing', '{ call { id } }'],
    ['an argument too many', '{ call(id: "x", colour: "red") { id } }'],
    ['a field that there is not', '{ call(id: "x") { colour } }'],
    ['no selection', '{ call(id: "x") }'],
    ['a selection of nothing', '{ call(id: "x") { id { x } } }'],
    ['a variable that is missing', 'query ($id: Key!) { call(id: $id) { id } }'],
    ['a variable that is not used', 'query ($id: Key) { calls { totalCount } }'],
    ['a variable that is not declared', '{ call(id: $id) { id } }'],
    ['a variable of another type', 'query ($id: Int = 1) { call(id: $id) { id } }'],
    ['a type that there is not', 'query ($id: Colour) { call(id: $id) { id } }'],
    ['a fragment that there is not', '{ call(id: "x") { ...colours } }'],
    ['two meanings of a name', '{ call(id: "x") { id id: kind } }'],
    ['no document', '{ call(id: "x" '],
    ['an amount', 'query ($cents: Cents) { largestGrant(eligibleCosts: $cents) }', { cents: '-5' }],
    ['a UUID', 'mutation ($id: UUID!) { publishCall(commandId: $id, input: { call: "x" }) { effect } }', { id: '7' }],
    [
      'a revision',
      'mutation ($r: Revision!) { publishCall(commandId: "7", expectedRevision: $r, input: { call: "x" }) { effect } }',
      { r: 1 },
    ],
    ['null', 'query ($id: Key!) { call(id: $id) { id } }', { id: null }],
  ])('has no English sentence for %s', async (_, query: string, variables: object = {}) => {
    for (const language of foreign) {
      const { errors } = await server.ask(query, { variables, language });
      expect(errors.length).toBeGreaterThan(0);
      for (const { message, extensions } of errors) {
        expect(extensions.code).toBe('invalid-request');
        expect(message).not.toMatch(english);
      }
    }
    const { errors } = await server.ask(query, { variables, language: 'en' });
    expect(errors[0]?.message).toMatch(/\w{3}/);
  });

  it('labels what is missing and what is too long, with the limit', async () => {
    await server.command('planCall', { ...plan('gaps'), terms: {} }, tokens['ministry-presenter']);
    const missing = await sent('publishCall', { call: 'gaps' }, 'ministry-presenter', 'fi');
    expect(missing.message).toContain('puuttuu: Haku alkaa, Haku päättyy (viimeinen hetki tai päivä), ');
    expect(missing.extensions.details['missing']).toContain('opens');
    const long = { ...plan('long'), names: { fi: 'Haku', sv: 'x'.repeat(301) } };
    expect((await sent('planCall', long, 'ministry-presenter', 'sv')).message).toContain(
      '«Namn»: texten är tom eller för lång: högst 300 tecken',
    );
    const backwards = wrongTerms({ reporting: { from: '2027-12-31', to: '2027-11-01' } });
    expect((await sent('planCall', backwards, 'ministry-presenter', 'en')).message).toContain('The time «Terms: Reporting» ends');
  });

  it('labels what is missing where the input is written in the document, too', async () => {
    const asked = 'mutation { planCall(commandId: "7b2f0c1e-6d0a-4c55-9a55-0d6f5a7a1c11", input: { call: "c" }) { effect } }';
    const { errors } = await server.ask(asked, { language: 'sv' });
    const messages = errors.map(({ message }) => message);
    expect(messages).toContain('input: fältet «Den regionala samordnarens uppgifter» saknas');
    expect(messages.filter((message) => !message.includes('«'))).toEqual([]);
  });

  it('names the region where the region is what is wrong, not the role', async () => {
    const input = { application: 'c--council-18', region: 'R18', organisation: 'council-18' };
    const other = await sent('startApplication', input, '19', 'fi');
    expect(other.message).toContain('koskee maakuntaa Kainuu, mutta sinun maakuntasi on Lappi');
    expect(other.message).not.toContain('regional-coordinator');
    expect(other.extensions.details).toMatchObject({ region: '18', ownRegion: '19', needed: ['regional-coordinator'] });
    expect((await sent('startApplication', input, 'no region', 'sv')).message).toContain('saknar det landskap');
    expect((await sent('startApplication', input, 'agency-coordinator', 'fi')).message).toContain('alueellinen koordinoija');
  });

  it('takes a region as 19 or R19 in variables, and names R19 where a literal cannot be 19', async () => {
    for (const code of ['19', 'R19', 'r19'])
      for (const times of [1, 2, 3]) {
        const { data, errors } = await server.ask('query ($code: RegionCode!) { region(code: $code) { code } }', {
          variables: { code },
        });
        expect([times, data?.region?.code, errors]).toEqual([times, 'R19', []]);
      }
    for (const code of ['19', '"19"']) {
      const { errors } = await server.ask(`{ region(code: ${code}) { code } }`, { language: 'fi' });
      expect(errors[0]?.message).toContain('Tarkoititko: R19');
    }
    const { errors } = await server.ask('query ($code: RegionCode!) { region(code: $code) { code } }', {
      variables: { code: '03' },
      language: 'sv',
    });
    expect(errors[0]?.message).toContain('värdet 03 finns inte bland dem i RegionCode');
  });

  it('says version of a version only: what is counted of changes is a change', () => {
    const ofChanges = Object.entries(errorTexts).filter(([, { en }]) => /\{(expected|actual)\}/.test(en));
    expect(ofChanges.length).toBeGreaterThan(0);
    for (const [code, { fi, sv }] of ofChanges) expect([code, /\bversio(?!n)|\bversion/i.test(`${fi} ${sv}`)]).toEqual([code, false]);
  });

  it('has no field’s raw name in a sentence', () => {
    const raw = Object.entries(errorTexts).filter(([, { fi, sv }]) =>
      /kenttä [a-z]+[A-Z]|[Ff]ältet [a-z]+[A-Z]|Kenttä [a-z]\w*:|Fältet [a-z]\w*:/.test(`${fi} ${sv}`),
    );
    expect(raw.map(([code]) => code)).toEqual([]);
  });
});
