import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ManualClock } from '#kernel/clock.testing';
import { plan } from './call-plan.testing.js';
import { TestServer } from './server.testing.js';

const key = 'round--council-19';
const own = { application: key, organisation: 'council-19' };
const content = {
  planVersion: 1,
  eligibleCosts: [{ line: 'salaries', text: 'Palkat', amount: '100' }],
  income: '0',
  ownFunding: '30',
  otherFunding: '0',
  amount: '70',
};

describe('the notifications and reminders of an application', () => {
  let clock: ManualClock;
  let server: TestServer;
  let tokens: Record<'presenter' | 'registrar' | 'auditor' | 'region' | 'signatory' | 'other', string>;

  beforeEach(async () => {
    clock = new ManualClock('2026-10-01T09:00:00Z');
    server = await TestServer.start({ clock });
    const token = (role: string, scope = {}) => server.token(role, scope, '1y');
    tokens = {
      presenter: await token('ministry-presenter'),
      registrar: await token('ministry-registrar'),
      auditor: await token('ministry-auditor'),
      region: await token('regional-coordinator', { region: '19' }),
      signatory: await token('applicant-signatory', { organisation: 'council-19' }),
      other: await token('regional-coordinator', { region: '18' }),
    };
    await done('planCall', plan('round'), 'presenter');
    await done('publishCall', { call: 'round' }, 'presenter');
    await done(
      'draftPlan',
      { call: 'round', region: 'R19', applicant: 'council-19', sections: [{ section: 'OBJECTIVES', text: 'Tavoitteet' }] },
      'region',
    );
    await done('startApplication', { ...own, region: 'R19' }, 'region');
    await done('reviseApplication', { application: key, region: 'R19', content }, 'region', '0');
  });
  afterEach(() => server.stop());

  const done = async (mutation: string, input: object, who: keyof typeof tokens, expectedRevision?: string) => {
    expect((await server.command(mutation, input, tokens[who], expectedRevision === undefined ? {} : { expectedRevision })).errors).toEqual(
      [],
    );
    await settled();
  };
  const settled = async () => {
    await server.system.runner.reached(await server.system.log.head(), ['application-reminders']);
    await server.system.acting?.idle();
  };
  const at = async (time: string) => {
    clock.set(time);
    await new Promise(setImmediate);
    await settled();
  };
  /** What of the application those who ask see that was told, and when. */
  const told = async (who: keyof typeof tokens): Promise<readonly string[]> => {
    const head = await server.system.log.head();
    const { data } = await server.ask(
      `{ reminders(afterPosition: "${head}", first: 100) { edges { node { kind about since deadline } } } }`,
      { token: tokens[who] },
    );
    const nodes = data.reminders.edges.map(({ node }: { node: { about: string; kind: string; since: string } }) => node) as readonly {
      about: string;
      kind: string;
      since: string;
    }[];
    return nodes
      .filter(({ about }) => about === `application-${key}`)
      .map(({ kind, since }) => `${kind} ${since}`)
      .sort();
  };

  it('in draft come to its region and its applicant on two mornings before the deadline, and nobody else is told', async () => {
    await at('2026-10-12T05:59:59.999Z');
    expect(await told('region')).toEqual([]);
    await at('2026-10-12T06:00:00.000Z');
    await at('2026-10-15T06:00:00.000Z');
    const both = ['APPLICATION_IN_DRAFT 2026-10-12T06:00:00Z', 'APPLICATION_IN_DRAFT 2026-10-15T06:00:00Z'];
    expect(await told('region')).toEqual(both);
    expect(await told('signatory')).toEqual(both);
    expect(await told('auditor')).toEqual([...both, ...both].sort());
    for (const who of ['registrar', 'presenter', 'other'] as const) expect(await told(who)).toEqual([]);
  });

  it('in draft move with the deadline, and stop once it is submitted', async () => {
    await done('extendCallDeadline', { call: 'round', closes: '2026-10-29', reason: 'Häiriö' }, 'presenter');
    await at('2026-10-15T06:00:00.000Z');
    expect(await told('region')).toEqual([]);
    await at('2026-10-26T07:00:00.000Z');
    expect(await told('region')).toEqual(['APPLICATION_IN_DRAFT 2026-10-26T07:00:00Z']);
    await done('submitApplication', { ...own, signatoryName: 'Aino Esimerkki' }, 'signatory', '1');
    await at('2026-10-29T07:00:00.000Z');
    expect(await told('region')).toHaveLength(1);
  });

  it('in draft stop where the call is cancelled', async () => {
    await done('cancelCall', { call: 'round', reason: 'Määräraha puuttuu' }, 'presenter');
    const { data } = await server.ask(`{ ownTasks(after: "${await server.system.log.head()}") { kind } }`, { token: tokens.region });
    expect(data.ownTasks).toEqual([]);
    await at('2026-10-15T06:00:00.000Z');
    expect(await told('region')).toEqual([]);
  });

  it('of what is asked shortly before its due day are not sent beside the notification of it, and stop where the application is withdrawn', async () => {
    await done('submitApplication', { ...own, signatoryName: 'Aino Esimerkki' }, 'signatory', '1');
    await at('2026-10-23T09:00:00.000Z');
    await done('requestSupplement', { application: key, supplement: 's-1', asks: 'Talousarvio', due: '2026-10-25' }, 'presenter');
    expect(await told('region')).toEqual(['SUPPLEMENT_REQUESTED 2026-10-23T09:00:00Z']);
    await done('withdrawApplication', { ...own, reason: 'Emme toteuta hanketta' }, 'signatory');
    await at('2026-10-25T07:00:00.000Z');
    expect(await told('region')).toHaveLength(1);
  });

  it('that is to be supplemented stop once it is', async () => {
    await done('submitApplication', { ...own, signatoryName: 'Aino Esimerkki' }, 'signatory', '1');
    await at('2026-10-16T09:00:00.000Z');
    await done('requestSupplement', { application: key, supplement: 's-1', asks: 'Talousarvio', due: '2026-10-25' }, 'presenter');
    await done('supplementApplication', { ...own, supplement: 's-1', text: 'Liitteenä' }, 'signatory');
    await at('2026-10-25T07:00:00.000Z');
    expect(await told('region')).toEqual(['SUPPLEMENT_REQUESTED 2026-10-16T09:00:00Z']);
  });

  it('that is to be supplemented come at once, on the third day before and on the due day, until it is', async () => {
    await done('submitApplication', { ...own, signatoryName: 'Aino Esimerkki' }, 'signatory', '1');
    await at('2026-10-16T09:00:00.000Z');
    await done('requestSupplement', { application: key, supplement: 's-1', asks: 'Talousarvio', due: '2026-10-25' }, 'presenter');
    await done('openHearing', { application: key, hearing: 'h-1', concerns: 'Osuus', due: '2026-10-25' }, 'presenter');
    const atOnce = ['HEARING_OPENED 2026-10-16T09:00:00Z', 'SUPPLEMENT_REQUESTED 2026-10-16T09:00:00Z'];
    expect(await told('region')).toEqual(atOnce);
    await at('2026-10-22T06:00:00.000Z');
    expect(await told('region')).toEqual([...atOnce, 'STATEMENT_DUE 2026-10-22T06:00:00Z', 'SUPPLEMENT_DUE 2026-10-22T06:00:00Z'].sort());
    expect(await told('registrar')).toHaveLength(8);
    await done('giveStatement', { ...own, hearing: 'h-1', text: 'Lausumme' }, 'signatory');
    await at('2026-10-25T07:00:00.000Z');
    const all = [
      ...atOnce,
      'STATEMENT_DUE 2026-10-22T06:00:00Z',
      'SUPPLEMENT_DUE 2026-10-22T06:00:00Z',
      'SUPPLEMENT_DUE 2026-10-25T07:00:00Z',
    ].sort();
    expect(await told('signatory')).toEqual(all);
    await at('2026-11-25');
    expect(await told('signatory')).toEqual(all);
  });
});
