import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { randomBytes, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ManualClock } from '#kernel/clock.testing';
import { runTask } from '#system/tasks';
import { plan, terms } from './call-plan.testing.js';
import { TestServer } from './server.testing.js';

describe('a command over GraphQL', () => {
  let server: TestServer;
  let presenter: string;
  let decider: string;
  beforeAll(async () => {
    server = await TestServer.start({ clock: new ManualClock('2026-09-01T09:00:00Z') });
    presenter = await server.token('ministry-presenter');
    decider = await server.token('ministry-decider');
  });
  afterAll(() => server.stop());

  it('is answered with a receipt, after whose position everyone sees what it did', async () => {
    const planned = await server.command('planCall', plan('round'), presenter);
    expect(planned.errors).toEqual([]);
    expect(planned.data.planCall).toMatchObject({ effect: 'RECORDED', stream: 'call-round', revision: '0', log: server.system.log.id });
    const published = await server.command('publishCall', { call: 'round' }, presenter);
    const { data } = await server.ask(
      'query ($after: Position) { call(id: "round", after: $after) { isOpen revision terms { closes } } }',
      { variables: { after: published.data.publishCall.position } },
    );
    expect(data.call).toEqual({ isOpen: true, revision: '0', terms: { closes: '2026-10-15T13:15:00Z' } });
  });

  it('of the whole life of a call is recorded: money, material, contact, amendment, extension, cancelling', async () => {
    await server.command('planCall', plan('life'), presenter);
    await server.command('publishCall', { call: 'life' }, presenter);
    const outcomes = [
      await server.command(
        'setAppropriation',
        { call: 'life', amount: '100000000', budgetItem: '28.70.05', year: 2026, lapses: '2028-12-31' },
        decider,
      ),
      await server.command('adjustAppropriation', { call: 'life', amount: '120000000', reason: 'Lisätalousarvio' }, decider),
      await server.command(
        'publishCallMaterial',
        { call: 'life', material: 'guide', title: 'Hakuohje', language: 'FI', address: 'https://example.org/ohje', sha256: 'a'.repeat(64) },
        presenter,
      ),
      await server.command(
        'nameCallContact',
        { call: 'life', contact: 'contact-1', office: { fi: 'Neuvonta' }, name: 'Aino Esimerkki', email: 'aino@example.org', phone: '000' },
        presenter,
      ),
      await server.command(
        'amendCallTerms',
        { call: 'life', terms: { ...terms, largestShare: 8_000 }, reason: 'Osuutta nostettiin' },
        presenter,
      ),
      await server.command('extendCallDeadline', { call: 'life', closes: '2026-10-30', reason: 'Häiriö' }, presenter),
    ];
    expect(outcomes.flatMap(({ errors }) => errors)).toEqual([]);
    const after = outcomes.at(-1)?.data.extendCallDeadline.position;
    const { data } = await server.ask(
      `query ($after: Position) { call(id: "life", after: $after) {
        stage terms { closesAt largestShare } largestGrant(eligibleCosts: "10001") amendments { reason }
        appropriation { amount budgetItem year lapses amounts { amount } }
        materials { material title sha256 } contacts { office { text } name email phone }
      } }`,
      { variables: { after } },
    );
    expect(data.call).toEqual({
      stage: 'PUBLISHED',
      terms: { closesAt: '2026-10-30T21:59:59.999Z', largestShare: 8_000 },
      largestGrant: '8000',
      amendments: [{ reason: 'Osuutta nostettiin' }, { reason: 'Häiriö' }],
      appropriation: {
        amount: '120000000',
        budgetItem: '28.70.05',
        year: 2026,
        lapses: '2028-12-31',
        amounts: [{ amount: '100000000' }, { amount: '120000000' }],
      },
      materials: [{ material: 'guide', title: 'Hakuohje', sha256: 'a'.repeat(64) }],
      contacts: [{ office: { text: 'Neuvonta' }, name: 'Aino Esimerkki', email: 'aino@example.org', phone: '000' }],
    });
    expect((await server.command('cancelCall', { call: 'life', reason: 'Peruttu' }, presenter)).errors).toEqual([]);
  });

  it('leaves a person’s name in the files as ciphertext only, and answers null for who was forgotten', async () => {
    await server.command('planCall', plan('personal'), presenter);
    await server.command('publishCall', { call: 'personal' }, presenter);
    await server.command(
      'nameCallContact',
      { call: 'personal', contact: 'contact-2', office: { fi: 'Neuvonta' }, name: 'Eino Salattu' },
      presenter,
    );
    const { position } = (
      await server.command(
        'nameCallContact',
        { call: 'personal', contact: 'contact-3', office: { fi: 'Neuvonta' }, name: 'Elli Avoin' },
        presenter,
      )
    ).data.nameCallContact;
    for (const file of ['log.db', 'log.db-wal'])
      expect(readFileSync(join(server.folder, file)).toString('latin1')).not.toMatch(/Eino|Salattu|Elli|Avoin/);
    const contacts = async () =>
      (await server.ask(`{ call(id: "personal", after: "${position}") { contacts { name office { fi } } } }`)).data.call.contacts;
    expect(await contacts()).toEqual([
      { name: 'Eino Salattu', office: { fi: 'Neuvonta' } },
      { name: 'Elli Avoin', office: { fi: 'Neuvonta' } },
    ]);
    await server.system.keys.forget('personal--contact-2', '2026-09-01T09:00:00.000Z');
    expect(await contacts()).toEqual([
      { name: null, office: { fi: 'Neuvonta' } },
      { name: 'Elli Avoin', office: { fi: 'Neuvonta' } },
    ]);
  });

  it('corrects a planned call by part, on the revision that was read', async () => {
    const presenter = await server.token('ministry-presenter');
    await server.command('planCall', plan('corrected'), presenter);
    const correct = (input: object, expectedRevision: string) =>
      server.command('reviseCallPlan', { call: 'corrected', ...input }, presenter, { expectedRevision });
    const { data } = await correct({ goals: [{ fi: 'Uusi tavoite' }] }, '0');
    const stale = await correct({ names: { fi: 'Toinen nimi' } }, '0');
    expect(stale.errors[0]).toMatchObject({ extensions: { code: 'changed-since-read', details: { expected: 0, actual: 1 } } });
    expect(stale.errors[0]?.message).toContain('CallPlanRevised (goals)');
    const { position } = (await correct({ names: { fi: 'Toinen nimi' } }, '1')).data.reviseCallPlan;
    const asked = `{ call(id: "corrected", after: "${position}") { revision name { fi } goals { fi } duties { key } } }`;
    expect((await server.ask(asked, { token: presenter })).data.call).toEqual({
      revision: '2',
      name: { fi: 'Toinen nimi' },
      goals: [{ fi: 'Uusi tavoite' }],
      duties: [],
    });
    expect(data.reviseCallPlan.effect).toBe('RECORDED');
  });

  it('tells of a damaged key at the fields that it opens, and answers all else', async () => {
    const presenter = await server.token('ministry-presenter');
    await server.command('planCall', plan('worn'), presenter);
    await server.command('publishCall', { call: 'worn' }, presenter);
    for (const [contact, name] of [
      ['contact-1', 'Eino Vaurioitunut'],
      ['contact-2', 'Elli Ehjä'],
    ])
      await server.command('nameCallContact', { call: 'worn', contact, office: { fi: 'Neuvonta' }, name }, presenter);
    const { keys } = server.system;
    const key = keys.existingKey.bind(keys);
    const damaged = jest
      .spyOn(keys, 'existingKey')
      .mockImplementation(async (person) => (person === 'worn--contact-1' ? randomBytes(32) : key(person)));
    try {
      const position = await server.system.log.head();
      const { data, errors } = await server.ask(`{ call(id: "worn", after: "${position}") { id contacts { contact name phone } } }`, {
        token: presenter,
      });
      expect(data.call).toEqual({
        id: 'worn',
        contacts: [
          { contact: 'contact-1', name: null, phone: null },
          { contact: 'contact-2', name: 'Elli Ehjä', phone: null },
        ],
      });
      expect(errors).toMatchObject([{ path: ['call', 'contacts', expect.anything(), 'name'], extensions: { code: 'text-damaged' } }]);
      const told = await server.ask('{ events(call: "worn") { events { type data } } }', { token: presenter });
      expect(told.errors).toEqual([]);
      expect(told.data.events.events.filter(({ type }: { type: string }) => type === 'CallContactNamed')).toMatchObject([
        { data: { name: { code: 'text-damaged' } } },
        { data: { name: 'Elli Ehjä' } },
      ]);
      const lines = await Array.fromAsync(runTask(server.system, 'texts'));
      expect(lines.at(-1)).toMatchObject({ result: { damaged: [{ stream: 'call-worn', revision: 2 }] } });
      expect(await (await fetch(`${server.url}/health/ready`)).json()).toMatchObject({ status: 'ready', unopened: 1 });
    } finally {
      damaged.mockRestore();
    }
  });

  it('needs a token, and a role that the table of roles admits', async () => {
    expect(await server.command('planCall', plan('nobody'), undefined, { language: 'fi' })).toMatchObject({
      status: 401,
      errors: [{ extensions: { code: 'sign-in-needed' }, message: expect.stringMatching(/^Tämä vaatii kirjautumisen/) }],
    });
    const auditor = await server.token('ministry-auditor');
    expect((await server.command('planCall', plan('nobody'), auditor)).errors).toMatchObject([
      { extensions: { code: 'not-permitted', details: { needed: ['ministry-presenter'] } } },
    ]);
    expect((await server.command('setAppropriation', { call: 'coordination-2019', amount: '1' }, presenter)).errors).toMatchObject([
      { extensions: { code: 'not-permitted' } },
    ]);
    expect(await server.system.log.readStream('call-nobody')).toEqual([]);
  });

  it.each([
    ['that has ended', async () => server.token('ministry-presenter', {}, '-1m')],
    ['that is none', async () => 'nonsense'],
  ])('is not taken with a token %s', async (_, token) => {
    expect(await server.command('planCall', plan('nobody'), await token())).toMatchObject({
      status: 401,
      data: null,
      errors: [{ extensions: { code: 'token-invalid' } }],
    });
  });

  it('that is not as it should be is answered with every field that is wrong, in the caller’s language', async () => {
    const wrong = { call: 'wrong', closes: '2026-10-15', reason: '' };
    const [fi, sv] = [
      await server.command('extendCallDeadline', wrong, presenter, { language: 'fi' }),
      await server.command('extendCallDeadline', wrong, presenter, { language: 'sv' }),
    ];
    expect(fi.errors).toMatchObject([
      {
        message: 'Komentoa ei tallennettu: «Perustelu»: teksti on tyhjä tai liian pitkä: enintään 2000 merkkiä.',
        extensions: { code: 'invalid-input', details: { problems: ['reason: text-length 2000'] } },
      },
    ]);
    expect(sv.errors).toMatchObject([
      { message: 'Kommandot sparades inte: «Motivering»: texten är tom eller för lång: högst 2000 tecken.' },
    ]);
  });

  it('whose form GraphQL does not know is answered with the place', async () => {
    const { errors } = await server.command('planCall', { ...plan('x'), terms: { closes: '15.10.2026' } }, presenter);
    expect(errors).toMatchObject([
      {
        extensions: { code: 'invalid-request', details: { at: 'input.terms.closes' } },
        message: expect.stringMatching(/^«Terms: Applications until.*«15\.10\.2026» is no time/s),
      },
    ]);
    const number = await server.ask('{ call(id: 7) { id } }');
    expect(number.errors).toMatchObject([{ message: expect.stringMatching(/^id: .*Key is written as a text in quotes/) }]);
    const literal = await server.ask(`mutation { publishCall(commandId: "${randomUUID()}", input: { call: "NOT A KEY" }) { position } }`, {
      token: presenter,
    });
    expect(literal.errors).toMatchObject([{ message: expect.stringMatching(/^«Call»: .*«NOT A KEY» is not a key/) }]);
  });

  it.each([
    [
      'null in a text',
      'registerOrganisation',
      { organisation: 'nulls', kind: 'COMPANY', names: { fi: null, sv: 'Ett påhittat bolag' }, region: null, effectiveAt: null },
      undefined,
    ],
    [
      'nothing but null in a text',
      'registerOrganisation',
      { organisation: 'nulls-2', kind: 'COMPANY', names: { fi: null } },
      'invalid-input',
    ],
    ['half a character', 'registerOrganisation', { organisation: 'half', kind: 'COMPANY', names: { fi: '\ud800' } }, 'invalid-input'],
    ['more than a text may hold', 'planCall', { ...plan('long'), goals: [{ fi: 'e\ufe0f'.repeat(20_000) }] }, 'invalid-input'],
    ['as much as a text may hold', 'planCall', { ...plan('full'), goals: [{ fi: 'ä'.repeat(20_000) }] }, undefined],
    [
      'more than a name may hold',
      'registerOrganisation',
      { organisation: 'long', kind: 'COMPANY', names: { fi: 'ä'.repeat(301) } },
      'invalid-input',
    ],
    [
      'a refusal of much content',
      'planCall',
      { ...plan('coordination-2019'), goals: Array.from({ length: 8 }, () => ({ fi: 'x'.repeat(15_000) })) },
      'call-exists',
    ],
  ])('is answered as it should be with %s', async (_, mutation, input, code) => {
    const { errors } = await server.command(mutation, input, presenter);
    expect(errors.map(({ extensions }) => extensions.code)).toEqual(code === undefined ? [] : [code]);
  });

  it('about money of a year that there is not is answered with the field', async () => {
    expect((await server.command('setAppropriation', { call: 'coordination-2019', amount: '1', year: 26 }, decider)).errors).toMatchObject([
      { extensions: { details: { problems: ['year: not-a-year'] } } },
    ]);
  });

  it('says in the log who sent it, in which role and for whom, and nothing of the token', async () => {
    const token = await server.token('ministry-presenter', { organisation: 'ministry-of-finance', region: '01' });
    const seenPosition = await server.system.log.head();
    const question = `mutation { registerOrganisation(commandId: "${randomUUID()}", seenPosition: "${seenPosition}", input: { organisation: "said", kind: COMPANY, names: { fi: "x" } }) { effect } }`;
    await server.ask(question, { token });
    const [event] = await server.system.log.readStream('organisation-said');
    expect(event?.metadata).toMatchObject({
      actor: { id: expect.stringMatching(/^person-/), role: 'ministry-presenter', organisation: 'ministry-of-finance', region: '01' },
      correlationId: expect.stringMatching(/^[0-9a-f]{32}$/),
      seenPosition,
    });
    expect(JSON.stringify(event)).not.toContain('aino');
  });

  it('is not taken from who calls himself the import, or a process', async () => {
    for (const role of ['public-record-importer', 'process'])
      expect((await server.command('planCall', plan('forged'), await server.token(role))).errors).toMatchObject([
        { extensions: { code: 'not-permitted' } },
      ]);
  });

  it('that a rule refuses is answered with its code and text, and again when it is sent again', async () => {
    const commandId = randomUUID();
    for (let times = 0; times < 2; times++) {
      const { errors, status } = await server.command('closeCall', { call: 'no-such-call' }, presenter, { commandId, language: 'sv' });
      expect([status, errors]).toMatchObject([
        200,
        [{ extensions: { code: 'call-unknown' }, message: 'Utlysningen finns inte. Kontrollera id:t.' }],
      ]);
    }
  });

  it('sent again is answered with the same receipt, another content under its id is refused', async () => {
    const commandId = randomUUID();
    const input = { organisation: 'once', kind: 'ASSOCIATION', names: { fi: 'Kuvitteellinen yhdistys' } };
    const first = await server.command('registerOrganisation', input, presenter, { commandId });
    expect((await server.command('registerOrganisation', input, presenter, { commandId })).data).toEqual(first.data);
    for (const other of [
      { ...input, kind: 'COMPANY' },
      { ...input, organisation: 'twice' },
    ]) {
      expect((await server.command('registerOrganisation', other, presenter, { commandId })).errors).toMatchObject([
        { extensions: { code: 'command-id-reused' } },
      ]);
    }
  });

  it('on what has changed meanwhile is told what changed', async () => {
    await server.command('registerOrganisation', { organisation: 'moving', kind: 'COMPANY', names: { fi: 'A' } }, presenter);
    await server.command('renameOrganisation', { organisation: 'moving', names: { fi: 'B' } }, presenter, { expectedRevision: '0' });
    const { errors } = await server.command('renameOrganisation', { organisation: 'moving', names: { fi: 'C' } }, presenter, {
      expectedRevision: '0',
      language: 'fi',
    });
    expect(errors).toMatchObject([
      {
        extensions: { code: 'changed-since-read', details: { expected: 0, actual: 1 } },
        message: expect.stringContaining('OrganisationRenamed'),
      },
    ]);
  });

  it('at once with 49 others to one call is answered, without a conflict', async () => {
    await server.command('planCall', plan('busy'), presenter);
    const outcomes = await Promise.all(
      Array.from({ length: 50 }, (_, n) =>
        server.command('nameCallContact', { call: 'busy', contact: `c-${n}`, office: { fi: 'Neuvonta' } }, presenter),
      ),
    );
    expect(outcomes.flatMap(({ errors }) => errors)).toEqual([]);
    expect(outcomes.map(({ data }) => Number(data.nameCallContact.revision)).sort((a, b) => a - b)).toEqual(
      Array.from({ length: 50 }, (_, n) => n + 1),
    );
  });

  it('of a call that is not published is seen by the ministry and the analysts, and by nobody else', async () => {
    const { position } = (await server.command('planCall', plan('hidden'), presenter)).data.planCall;
    const question = `{ call(id: "hidden", after: "${position}") { stage } calls(afterPosition: "${position}") { edges { node { id } } } }`;
    const seen = async (token?: string) => {
      const { data } = await server.ask(question, token ? { token } : {});
      return [data.call?.stage, data.calls.edges.some(({ node }: { node: { id: string } }) => node.id === 'hidden')];
    };
    expect(await seen()).toEqual([undefined, false]);
    expect(await seen(await server.token('regional-coordinator', { region: '19' }))).toEqual([undefined, false]);
    for (const role of ['ministry-presenter', 'ministry-auditor', 'agency-analyst'])
      expect(await seen(await server.token(role))).toEqual(['PLANNED', true]);
  });
});
