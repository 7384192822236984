import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { ManualClock } from '#kernel/clock.testing';
import { plan } from './call-plan.testing.js';
import { TestServer } from './server.testing.js';

const key = 'round--council-19';
const own = { grant: key, organisation: 'council-19' };
const which = { grant: key };
const terms = {
  INTEREST_ADDITION: 300,
  SMALL_RETURN: 10_000,
  ACCEPTANCE_DAYS: 21,
  RECTIFICATION_DAYS: 30,
  APPEAL_DAYS: 30,
  LETTER_NOTICE_DAYS: 7,
  ELECTRONIC_NOTICE_DAYS: 3,
};

describe('a grant over GraphQL', () => {
  const clock = new ManualClock('2026-09-01T09:00:00Z');
  const tokens: Record<string, string> = {};
  let server: TestServer;

  const send = (mutation: string, input: object, who: string, expectedRevision?: string) =>
    server.command(mutation, input, tokens[who], expectedRevision === undefined ? {} : { expectedRevision });
  const done = async (mutation: string, input: object, who: string, expectedRevision?: string) => {
    const { data, errors } = await send(mutation, input, who, expectedRevision);
    expect([mutation, errors]).toEqual([mutation, []]);
    return data[mutation] as { stream: string; position: string; revision: string };
  };
  const refused = async (mutation: string, input: object, who: string) => (await send(mutation, input, who)).errors[0]?.extensions.code;
  /** Lets processes do what has come due, and views catch up. */
  const settled = async () => {
    for (let head = ''; head !== (await server.system.log.head());) {
      head = await server.system.log.head();
      await server.system.runner.reached(head, [
        'decision-recording',
        'grant-opening',
        'money-return',
        'finality',
        'decisions',
        'grants',
        'payments',
        'appropriations',
        'appropriation-use',
        'waiting',
        'grant-reminders',
        'reminders',
      ]);
      await new Promise(setImmediate);
      await server.system.acting?.idle();
    }
  };
  const at = async (time: string) => {
    clock.set(time);
    await settled();
  };
  const asked = async (query: string, who?: string) => {
    await settled();
    const { data, errors } = await server.ask(query, who === undefined ? {} : { token: tokens[who] as string });
    expect(errors).toEqual([]);
    return data;
  };
  const waitingFor = async (who: string) => {
    const { waitingForMe } = await asked('{ waitingForMe { kind role due } }', who);
    return waitingForMe.map(({ kind, role, due }: Record<string, string | null>) => `${kind} ${role} ${due}`);
  };
  const grant = async (fields: string, who?: string) => (await asked(`{ grant(id: "${key}") { ${fields} } }`, who)).grant;

  beforeAll(async () => {
    server = await TestServer.start({ clock });
    const token = async (name: string, role: string, scope = {}) => (tokens[name] = await server.token(role, scope, '5y', name));
    for (const name of ['presenter', 'second-presenter']) await token(name, 'ministry-presenter');
    for (const name of ['decider', 'second-decider']) await token(name, 'ministry-decider');
    await token('registrar', 'ministry-registrar');
    await token('auditor', 'ministry-auditor');
    await token('coordinator', 'regional-coordinator', { region: '19' });
    await token('signatory', 'applicant-signatory', { organisation: 'council-19' });
    await token('other', 'applicant-signatory', { organisation: 'council-18' });
    await done('planCall', plan('round'), 'presenter');
    await done('publishCall', { call: 'round' }, 'presenter');
    await done('setAppropriation', { call: 'round', amount: '8000000' }, 'decider');
    for (const [term, value] of Object.entries(terms))
      await done('setTerm', { terms: 'state-grants', term, value, from: '2020-01-01', publishedIn: 'Kuvitteellinen' }, 'decider');
    await done('publishInterestRate', { terms: 'state-grants', rate: 450, from: '2020-01-01', publishedIn: 'Kuvitteellinen' }, 'decider');
    const sections = [{ section: 'OBJECTIVES', text: 'Tavoitteet' }];
    await done('draftPlan', { call: 'round', region: 'R19', applicant: 'council-19', sections }, 'coordinator');
    const applying = { application: key, organisation: 'council-19' };
    await done('startApplication', { ...applying, region: 'R19' }, 'coordinator');
    const content = {
      planVersion: 1,
      eligibleCosts: [{ line: 'salaries', text: 'Palkat', amount: '10000000' }],
      income: '0',
      ownFunding: '3000000',
      otherFunding: '0',
      amount: '7000000',
    };
    await done('reviseApplication', { application: key, region: 'R19', content }, 'coordinator', '0');
    await done('submitApplication', { ...applying, signatoryName: 'Aino Esimerkki' }, 'signatory', '1');
    clock.set('2026-10-20T09:00:00Z');
    await done('receiveApplication', { application: key, caseNumber: 'VM/1/2026' }, 'registrar');
    await done('assessApplication', { application: key, criterion: 'breadth', score: 80, grounds: 'g' }, 'presenter');
    await done('proposeDecision', { application: key, outcome: 'GRANTED', amount: '7000000', grounds: 'g', conditions: [] }, 'presenter');
    await settled();
  });
  afterAll(() => server.stop());

  const decision = {
    application: key,
    applicationRevision: 5,
    outcome: 'GRANTED',
    amount: '7000000',
    purpose: 'Koordinointi',
    conditions: [],
    grounds: 'Perustelut',
    periodOfUse: { from: '2027-01-01', to: '2027-12-31' },
    paymentPlan: [
      { instalment: 'first', weight: 60, plannedFor: '2027-02-01' },
      { instalment: 'last', weight: 40 },
    ],
    language: 'FI',
    translations: [{ language: 'SV', grounds: 'Motivering', conditions: [] }],
    presenterName: 'Elli Esittelijä',
    deciderName: 'Risto Ratkaisija',
  };

  it('is decided in public, and its file is opened by the process, once', async () => {
    expect(await refused('decideGrant', { ...decision, applicationRevision: 2 }, 'decider')).toBe('decision-application-moved');
    expect(await refused('decideGrant', decision, 'presenter')).toBe('not-permitted');
    expect(await refused('decideGrant', { ...decision, amount: '6999999' }, 'decider')).toBe('departure-unsaid');
    expect(await waitingFor('decider')).toEqual(['DECIDE_APPLICATION ministry-decider null']);
    await done('decideGrant', decision, 'decider');
    expect(await waitingFor('decider')).toEqual([]);
    expect(await waitingFor('registrar')).toEqual(['NOTIFY_DECISION ministry-registrar null']);
    expect(await refused('decideGrant', decision, 'decider')).toBe('already-decided');
    await settled();
    expect(await refused('withdrawDecisionProposal', { application: key, reason: 'x' }, 'presenter')).toBe('application-decided');
    const register = `{ decisions(call: "round") { totalCount edges { node { id outcome amount share shareOf paymentPlan { instalment amount plannedFor }
      caseNumber language grounds presenterName deciderName applicant { id } departure translations { language grounds } } } }
      call(id: "round") { appropriation { amount decided returned left } } }`;
    expect(await asked(register)).toEqual({
      decisions: {
        totalCount: 1,
        edges: [
          {
            node: {
              id: key,
              outcome: 'GRANTED',
              amount: '7000000',
              share: 7_000,
              shareOf: 'ELIGIBLE_COSTS',
              paymentPlan: [
                { instalment: 'first', amount: '4200000', plannedFor: '2027-02-01' },
                { instalment: 'last', amount: '2800000', plannedFor: null },
              ],
              caseNumber: 'VM/1/2026',
              language: 'FI',
              grounds: 'Perustelut',
              presenterName: 'Elli Esittelijä',
              deciderName: 'Risto Ratkaisija',
              applicant: { id: 'council-19' },
              departure: null,
              translations: [{ language: 'SV', grounds: 'Motivering' }],
            },
          },
        ],
      },
      call: { appropriation: { amount: '8000000', decided: '7000000', returned: '0', left: '1000000' } },
    });
    const events = await server.system.log.readStream(`grant-${key}`);
    expect(events.map(({ type }) => type)).toEqual(['GrantOpened']);
    expect(events[0]?.metadata).toMatchObject({ actor: { id: 'process-grant-opening', role: 'process' } });
  });

  it('is notified and accepted, and its days are due', async () => {
    clock.set('2026-12-01T09:00:00Z');
    await done('notifyDecision', { ...which, channel: 'ELECTRONIC', sentOn: '2026-12-01' }, 'registrar');
    expect(await grant('stage notice { receivedOn acceptBy rectifyBy } deadlines { kind due isOver }')).toEqual({
      stage: 'NOTIFIED',
      notice: { receivedOn: '2026-12-04', acceptBy: '2026-12-25', rectifyBy: '2027-01-03' },
      deadlines: [
        { kind: 'ACCEPTANCE', due: '2026-12-25', isOver: false },
        { kind: 'RECTIFICATION', due: '2027-01-03', isOver: false },
      ],
    });
    expect(await waitingFor('signatory')).toEqual(['ACCEPT_GRANT applicant-signatory 2026-12-25']);
    expect(await refused('requestPayment', { ...own, payment: 'p-1', instalment: 'first', amount: '4200000' }, 'signatory')).toBe(
      'grant-not-accepted',
    );
    expect(await refused('acceptGrant', { ...own, signatoryName: 'x' }, 'other')).toBe('not-permitted');
    await done('acceptGrant', { ...own, signatoryName: 'Aino Esimerkki' }, 'signatory');
  });

  it('has documents, and the notice says by their hashes which ones went out', async () => {
    const { documents, notice } = await grant(
      'documents { document language isTranslation sha256 archiveSha256 url archiveUrl htmlUrl } notice { documents { document language sha256 } }',
    );
    expect(documents.map(({ document, language, isTranslation }: Record<string, unknown>) => [document, language, isTranslation])).toEqual([
      ['decision', 'FI', false],
      ['decision', 'SV', true],
      ['decision', 'EN', true],
    ]);
    expect(notice.documents).toEqual(
      documents.map(({ document, language, sha256 }: Record<string, unknown>) => ({ document, language, sha256 })),
    );
    const [first] = documents;
    const get = (path: string, who?: string) =>
      fetch(`${server.url}${path}`, who === undefined ? {} : { headers: { authorization: `Bearer ${tokens[who]}` } });
    const hashOf = async (path: string) =>
      createHash('sha256')
        .update(await (await get(path)).bytes())
        .digest('hex');
    expect(first.url).toBe(`/documents/${key}/decision.fi.pdf`);
    expect(await hashOf(first.url)).toBe(first.sha256);
    expect(await hashOf(first.archiveUrl)).toBe(first.archiveSha256);
    const page = await get(first.htmlUrl);
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(await page.text()).toContain('<h1>Valtionavustuspäätös</h1>');
    for (const path of [
      `/documents/${key}/payment-p-1.fi.pdf`,
      `/documents/${key}/decision.de.pdf`,
      '/documents/round--x/decision.fi.pdf',
    ]) {
      const none = await get(path, 'auditor');
      expect([none.status, await none.json()]).toMatchObject([404, { errors: [{ extensions: { code: 'document-unknown' } }] }]);
    }
    // What is anyone's is on record where it is an official who was let read it by their role.
    expect((await get(first.htmlUrl, 'auditor')).status).toBe(200);
    const { reads } = server.system.reads.find({ key, role: 'ministry-auditor', what: 'handling of applications' }, 10);
    expect(reads[0]).toMatchObject({ asked: first.htmlUrl, keys: [key] });
  });

  it('becomes final by time', async () => {
    await at('2027-01-03T21:59:59.999Z');
    expect(await grant('isFinal')).toEqual({ isFinal: false });
    await at('2027-01-03T22:00:00.000Z');
    expect(await grant('isFinal')).toEqual({ isFinal: true });
  });

  it('is paid in instalments, each asked for, decided, sent and confirmed', async () => {
    await at('2027-02-01T09:00:00Z');
    await done('requestPayment', { ...own, payment: 'p-1', instalment: 'first', amount: '4200000' }, 'signatory');
    const waiting = '{ paymentsAt(stage: REQUESTED) { grant payment amount } }';
    expect(await asked(waiting, 'decider')).toEqual({ paymentsAt: [{ grant: key, payment: 'p-1', amount: '4200000' }] });
    expect(await asked(waiting)).toEqual({ paymentsAt: [] });
    expect(await grant('payments { payment }', 'other')).toEqual({ payments: [] });
    expect(await grant('payments { payment }', 'signatory')).toEqual({ payments: [{ payment: 'p-1' }] });
    expect(await waitingFor('second-decider')).toEqual(['DECIDE_PAYMENT ministry-decider null']);
    await done('decidePayment', { ...which, payment: 'p-1', amount: '4200000', grounds: 'g' }, 'second-decider');
    expect(await waitingFor('presenter')).toEqual(['SEND_PAYMENT ministry-presenter null']);
    for (const nobody of ['other', 'auditor']) expect(await waitingFor(nobody)).toEqual([]);
    await done('recordPaymentSent', { ...which, payment: 'p-1' }, 'presenter');
    await done('confirmPayment', { ...which, payment: 'p-1', paidOn: '2027-02-01' }, 'registrar');
    expect(await grant('paid payments { payment stage amount paidOn }')).toEqual({
      paid: '4200000',
      payments: [{ payment: 'p-1', stage: 'CONFIRMED', amount: '4200000', paidOn: '2027-02-01' }],
    });
  });

  it('reminds its grantee and its region of the end of its use, at nine o’clock of the morning', async () => {
    const reminded = async (who: string) => {
      const { reminders } = await asked('{ reminders(first: 100) { edges { node { kind about deadline } } } }', who);
      return reminders.edges
        .map(({ node }: { node: Record<string, string> }) => node)
        .filter(({ about }: Record<string, string>) => about === `grant-${key}`)
        .map(({ kind, deadline }: Record<string, string>) => `${kind} ${deadline}`);
    };
    await at('2027-11-01T06:59:59.999Z');
    expect(await reminded('coordinator')).toEqual([]);
    await at('2027-11-01T07:00:00.000Z');
    for (const who of ['coordinator', 'signatory']) expect(await reminded(who)).toEqual(['PERIOD_OF_USE_ENDS 2027-12-31']);
    expect(await reminded('other')).toEqual([]);
  });

  it('is reported, inspected by two people, settled, and what was not used returns to the appropriation', async () => {
    await at('2028-01-15T09:00:00Z');
    const costs = [{ line: 'salaries', incurred: { from: '2027-01-01', to: '2027-12-31' }, amount: '9000000' }];
    const report = {
      ...own,
      report: 'final',
      kind: 'FINAL',
      costs,
      income: '0',
      otherFunding: '0',
      outputs: 'Tulokset',
      signatoryName: 'Aino',
    };
    const late = [{ ...costs[0], incurred: { from: '2027-12-31', to: '2028-01-01' } }];
    expect(await refused('submitReport', { ...report, costs: late }, 'signatory')).toBe('costs-outside-period');
    await done('submitReport', report, 'signatory');
    await done('inspectReportSubstance', { ...which, report: 'final', findings: 'f' }, 'presenter');
    // Who inspected the substance does not inspect the finances.
    expect(await waitingFor('presenter')).toEqual([]);
    expect(await waitingFor('second-presenter')).toEqual(['INSPECT_FINANCE ministry-presenter null']);
    const money = { ...which, report: 'final', findings: 'f', acceptedCosts: '8500000', income: '0', otherFunding: '0' };
    expect(await refused('inspectReportFinance', money, 'presenter')).toBe('inspected-by-same-person');
    await done('requestPayment', { ...own, payment: 'p-2', instalment: 'last', amount: '2800000' }, 'signatory');
    expect(await refused('decidePayment', { ...which, payment: 'p-2', amount: '1', grounds: 'g' }, 'decider')).toBe(
      'final-payment-before-inspection',
    );
    await done('inspectReportFinance', money, 'second-presenter');
    expect(await refused('decidePayment', { ...which, payment: 'p-2', amount: '1750001', grounds: 'g' }, 'decider')).toBe(
      'payment-too-large',
    );
    await done('decidePayment', { ...which, payment: 'p-2', amount: '1750000', grounds: 'g' }, 'decider');
    await done('recordPaymentSent', { ...which, payment: 'p-2' }, 'presenter');
    await done('confirmPayment', { ...which, payment: 'p-2', paidOn: '2028-01-15' }, 'registrar');
    await done('settleGrant', which, 'decider');
    await done('closeGrant', which, 'decider');
    expect(await refused('requestChange', { ...own, change: 'c', parts: [{ part: 'TIME', asks: 'x' }] }, 'signatory')).toBe('grant-closed');
    const whole = `{ grant(id: "${key}") { stage paid repaid settlement { payable left unused } reports { report }
      application { amount plan { version } } decision { amount returned changes { event ground amount } } steps { event } }
      call(id: "round") { appropriation { decided returned left } grants { totalCount } } }`;
    const seen = await asked(whole, 'auditor');
    expect(seen).toMatchObject({
      grant: {
        stage: 'CLOSED',
        paid: '5950000',
        repaid: '0',
        settlement: { payable: '5950000', left: '0', unused: '1050000' },
        reports: [{ report: 'final' }],
        application: { amount: '7000000', plan: { version: 1 } },
        decision: { amount: '7000000', returned: '1050000', changes: [{ event: 'GrantReleased', ground: 'unused', amount: '5950000' }] },
      },
      call: { appropriation: { decided: '7000000', returned: '1050000', left: '2050000' }, grants: { totalCount: 1 } },
    });
    const steps = async (who?: string) => (await grant('steps { event }', who)).steps.map(({ event }: { event: string }) => event);
    expect(await steps('auditor')).toContain('ReportFinanceInspected');
    expect(await steps('signatory')).toContain('ReportSubmitted');
    for (const who of [undefined, 'other', 'signatory']) expect(await steps(who)).not.toContain('ReportFinanceInspected');
    for (const who of [undefined, 'other']) expect(await steps(who)).not.toContain('ReportSubmitted');
    expect(await grant('reports { report }')).toEqual({ reports: null });
    expect((await asked('{ processes { waiting { process } refused { code } } }', 'auditor')).processes.refused).toEqual([]);
  });

  it('leaves nobody with anything to do, and shows by year how the appropriation was used', async () => {
    for (const who of ['presenter', 'second-presenter', 'decider', 'registrar', 'signatory', 'coordinator'])
      expect([who, await waitingFor(who)]).toEqual([who, []]);
    expect((await server.ask('{ waitingForMe { kind } }')).errors[0]?.extensions.code).toBe('sign-in-needed');
    const use =
      '{ appropriationUse { call { id } years { year decided returned paid repaid } } call(id: "round") { yearsOfUse { year paid } } }';
    expect(await asked(use)).toEqual({
      appropriationUse: [
        {
          call: { id: 'round' },
          years: [
            { year: 2026, decided: '7000000', returned: '0', paid: '0', repaid: '0' },
            { year: 2027, decided: '0', returned: '0', paid: '4200000', repaid: '0' },
            { year: 2028, decided: '0', returned: '1050000', paid: '1750000', repaid: '0' },
          ],
        },
      ],
      call: {
        yearsOfUse: [
          { year: 2026, paid: '0' },
          { year: 2027, paid: '4200000' },
          { year: 2028, paid: '1750000' },
        ],
      },
    });
  });

  it('stands in the public register: as JSON, as CSV and in GraphQL the same, without a token', async () => {
    const expected = {
      application: key,
      caseNumber: 'VM/1/2026',
      call: 'round',
      region: '19',
      regionFi: 'Lappi',
      applicant: 'council-19',
      outcome: 'granted',
      firstGranted: 7_000_000,
      granted: 7_000_000,
      returned: 1_050_000,
      paid: 5_950_000,
      settled: 5_950_000,
      corrections: 0,
      isFinal: true,
    };
    const get = (path: string) => fetch(`${server.url}/register/decisions.v1.${path}`);
    const register = await (await get('json')).json();
    expect(register).toMatchObject({ version: 1, decisions: [expected] });
    const schema = await (await get('schema.json')).json();
    expect(schema).toEqual(JSON.parse(readFileSync('docs/decision-register.v1.schema.json', 'utf8')));
    expect(Object.keys(schema.properties.decisions.items.properties)).toEqual(expect.arrayContaining(Object.keys(register.decisions[0])));
    const [head, line, ...more] = (await (await get('csv')).text()).trimEnd().split('\r\n');
    expect(more).toEqual([]);
    expect(head?.split(',').slice(0, 3)).toEqual(['application', 'caseNumber', 'call']);
    expect(line).toContain(`${key},VM/1/2026,round,`);
    expect(await (await get('json?call=other')).json()).toMatchObject({ decisions: [] });
    expect(await asked('{ decisionRegister(call: "round") { totalCount edges { node { caseNumber outcome granted paid } } } }')).toEqual({
      decisionRegister: {
        totalCount: 1,
        edges: [{ node: { caseNumber: 'VM/1/2026', outcome: 'GRANTED', granted: '7000000', paid: '5950000' } }],
      },
    });
  });
});
