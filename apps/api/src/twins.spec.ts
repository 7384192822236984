import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { isNonNullType, type GraphQLArgument, type GraphQLField } from 'graphql';
import { roles, type Role } from '#access/policy';
import { saidOf } from '#edge/commands';
import { mutationName } from '#edge/command-mutations';
import { ManualClock } from '#kernel/clock.testing';
import { commandNamed } from '#system/edges';
import { plan } from './call-plan.testing.js';
import { fictionalIban, GrantRound } from './grant-round.testing.js';
import { argumentsOf, exampleOf, inputOf, selectionOf, waysTo, type Examples } from './schema-examples.testing.js';
import { TestServer } from './server.testing.js';

jest.setTimeout(240_000);

const scopes: Partial<Record<Role, { readonly region?: string; readonly organisation?: string }>> = {
  'applicant-signatory': { organisation: 'council-18' },
  'regional-coordinator': { region: '18' },
  provider: { organisation: 'council-18' },
};
const callers = ['nobody', 'somebody', ...roles] as const;
type Who = (typeof callers)[number];
const allBut = (...insiders: readonly Who[]) => callers.filter((who) => !insiders.includes(who));

/** What a thing is named by: its key or, of a matter, that of the organisation; and the id of its matter. */
interface Thing {
  readonly key: string;
  readonly call: string;
  readonly matter: string;
  readonly organisation?: string;
  /** The fields that name it where a command is wholly about it. */
  readonly fields: readonly string[];
}
type Twins = readonly [hidden: Thing, absent: Thing];

interface Kind {
  /** Who may not know of it. */
  readonly from: readonly Who[];
  /** All of both that anyone may know of. */
  readonly ready: () => Promise<Twins>;
  readonly hide: (hidden: Thing) => Promise<unknown>;
}

const handlers = ['ministry-registrar', 'ministry-presenter', 'ministry-decider', 'ministry-auditor', 'agency-analyst'] as const;
const ofMatter = ['organisation', 'applicant', 'member', 'coordinator', 'partner', 'by', 'application', 'grant'];

/**
 * Things that are hidden from somebody, each beside one that is not there: whatever names the one or the other, by whatever
 * field, is answered alike. Which commands, questions and fields there are the schema says.
 */
describe('what is hidden, and what is not there', () => {
  const clock = new ManualClock('2026-08-25T09:00:00Z');
  const tokens = new Map<string, string>();
  let server: TestServer;
  let round: GrantRound;
  let number = 0;

  const commands: readonly { readonly mutation: string; readonly by: readonly string[]; readonly isEdit: boolean }[] = [
    ...commandNamed.values(),
  ]
    .map((type) => ({
      mutation: mutationName(type),
      by: saidOf(type)?.by ?? [],
      isEdit: saidOf(type)?.isEdit ?? false,
    }))
    .filter(({ by }) => by.some((role) => (roles as readonly string[]).includes(role)));

  const done = async (mutation: string, input: object, who: string) => {
    const { errors } = await server.command(mutation, input, tokens.get(who) ?? (await round.signatory(who)));
    expect([mutation, errors]).toEqual([mutation, []]);
  };

  beforeAll(async () => {
    server = await TestServer.start({ clock });
    round = await GrantRound.begin(server, clock, 2026, []);
    for (const role of roles) tokens.set(role, await server.token(role, scopes[role], '20y', role));
    tokens.set('somebody', await server.token('none-that-counts', {}, '20y', 'somebody'));
    tokens.set('owner', await server.token('regional-coordinator', { region: '19' }, '20y', 'owner'));
    const texts = { fi: 'Teksti', sv: 'Text' };
    const framework = { framework: 'framework', names: texts };
    await done('draftEvaluationFramework', { ...framework, coAuthors: [] }, 'agency-coordinator');
    const levels = [1, 2].map((level) => ({ level, text: texts }));
    const criteria = [{ key: 'breadth', text: texts }];
    await done('publishEvaluationFramework', { ...framework, criteria, levels, inForceFrom: '2026-10-20' }, 'agency-coordinator');
    const days = { periodOfUse: { from: '2027-01-01', to: '2027-12-31' }, reporting: { from: '2028-01-01', to: '2028-02-28' } };
    const { terms, ...call } = plan('open');
    await done(
      'planCall',
      { ...call, terms: { ...terms, ...days, closes: '2026-12-15', planComments: { from: '2026-09-23', to: '2026-12-01' } } },
      'ministry-presenter',
    );
    await done('publishCall', { call: 'open' }, 'ministry-presenter');
    await done('foundNetwork', { network: 'network', level: 'REGION', region: 'R19', names: { fi: 'Verkosto' } }, 'owner');
  });
  afterAll(() => server.stop());

  const named = (fields: readonly string[]): Twins => {
    const both = [`hidden-${++number}`, `absent-${number}`] as const;
    return both.map((key) => ({ key, call: 'open', matter: `${key}--council-18`, fields })) as unknown as Twins;
  };
  const organisations = async (call = 'open'): Promise<Twins> => {
    const both = named(ofMatter).map((one) => ({ ...one, call, matter: `${call}--${one.key}` })) as unknown as Twins;
    for (const { key } of both) {
      const input = { organisation: key, kind: 'REGIONAL_COUNCIL', names: { fi: 'Liitto' }, region: 'R19' };
      await done('registerOrganisation', input, 'ministry-registrar');
    }
    return both;
  };
  const draft = ({ key, call }: Thing) =>
    done('draftPlan', { call, region: 'R19', applicant: key, sections: [{ section: 'OBJECTIVES', text: 'Tavoitteet' }] }, 'owner');
  /** Both have applied, before the call closed. */
  const arrived = async (): Promise<Twins> => {
    const both = await organisations('round');
    for (const { key, matter } of both) {
      const arrival = { channel: 'EMAIL', arrivedAt: '2026-10-10T09:00:00Z', evidence: 'Kuvitteellinen viesti' };
      const content = { eligibleCosts: [{ line: 'salaries', text: 'Palkat', amount: '10000' }], income: '0', ownFunding: '3000' };
      const said = { ...content, otherFunding: '0', amount: '7000' };
      const input = { application: matter, organisation: key, region: 'R19', caseNumber: `VM/${key}`, arrival, content: said };
      await done('receiveApplication', input, 'ministry-registrar');
    }
    return both;
  };
  const propose = async ({ matter }: Thing) => {
    const said = { application: matter, grounds: 'T' };
    await done('assessApplication', { ...said, criterion: 'breadth', score: 50 }, 'ministry-presenter');
    await done('proposeDecision', { ...said, outcome: 'GRANTED', amount: '7000', conditions: [] }, 'ministry-presenter');
  };
  /** Both have been granted money, and accepted it. */
  const granted = async (): Promise<Twins> => {
    const both = await arrived();
    for (const one of both) {
      await propose(one);
      await done('decideGrant', { ...round.decision(one.matter), amount: '7000' }, 'ministry-decider');
    }
    await round.settled();
    for (const { key, matter } of both) {
      await done('notifyDecision', { grant: matter, channel: 'ELECTRONIC', sentOn: '2026-10-20' }, 'ministry-registrar');
      await done('acceptGrant', { grant: matter, organisation: key, signatoryName: 'Aino Esimerkki' }, key);
    }
    return both;
  };

  const structure = (key: string, fi: string) =>
    done(
      'draftSupportStructure',
      { structure: key, kind: 'METHOD', coAuthors: ['council-18'], names: { fi, sv: 'Struktur' }, text: { fi, sv: 'Text' } },
      'agency-coordinator',
    );

  const kinds: Readonly<Record<string, Kind>> = {
    'a call that is not published': {
      from: ['nobody', 'somebody', 'agency-coordinator', 'applicant-signatory', 'regional-coordinator', 'provider'],
      ready: async () => named(['call']),
      hide: ({ key }) => done('planCall', plan(key), 'ministry-presenter'),
    },
    'a call that was cancelled before it was published': {
      from: ['nobody', 'somebody', 'agency-coordinator', 'applicant-signatory', 'regional-coordinator', 'provider'],
      ready: async () => named(['call']),
      async hide({ key }) {
        const days = { closes: '2026-12-15', periodOfUse: undefined, reporting: undefined };
        await done('planCall', { ...plan(key), terms: { ...plan(key).terms, ...days } }, 'ministry-presenter');
        await done('cancelCall', { call: key, reason: 'Peruttu' }, 'ministry-presenter');
      },
    },
    'a plan that was not submitted': {
      from: allBut('ministry-auditor', 'agency-analyst'),
      ready: () => organisations(),
      hide: draft,
    },
    'a plan that was submitted for comment': {
      from: ['nobody', 'somebody', 'ministry-registrar', 'applicant-signatory', 'regional-coordinator', 'provider'],
      async ready() {
        const both = await organisations();
        for (const one of both) await draft(one);
        return both;
      },
      hide: ({ key, call }) => done('submitPlanForComment', { call, region: 'R19', applicant: key, version: 1 }, 'owner'),
    },
    'an application that was not submitted': {
      from: allBut('ministry-auditor', 'agency-analyst'),
      ready: () => organisations(),
      hide: ({ key, matter }) => done('startApplication', { application: matter, organisation: key, region: 'R19' }, 'owner'),
    },
    'the proposal of a decision': {
      from: allBut(...handlers),
      ready: arrived,
      async hide(hidden) {
        await done('recordDisqualification', { application: hidden.matter, grounds: 'T', person: 'person' }, 'ministry-registrar');
        await propose(hidden);
      },
    },
    'what is in the file of a grant': {
      from: ['nobody', 'somebody', 'agency-coordinator', 'applicant-signatory', 'regional-coordinator', 'provider'],
      ready: granted,
      async hide({ key, matter }) {
        const grant = { grant: matter, organisation: key };
        await done('requestChange', { ...grant, change: 'key', parts: [{ part: 'CONTENT', asks: 'T' }] }, key);
        await done('recordPartnerAgreement', { ...grant, partner: 'council-18', agreedOn: '2026-10-20', amount: '1' }, key);
        await done('requestPayment', { ...grant, payment: 'key', instalment: 'first', amount: '100' }, key);
        const hearing = { grant: matter, hearing: 'key', concern: 'SUSPENSION', concerns: 'T', due: '2026-11-10' };
        await done('hearGrantee', hearing, 'ministry-presenter');
        const cost = { line: 'salaries', amount: '100', incurred: { from: '2027-01-01', to: '2027-01-31' } };
        const figures = { income: '0', otherFunding: '0', outputs: 'T', signatoryName: 'Aino Esimerkki' };
        await done('submitReport', { ...grant, report: 'key', kind: 'FINAL', costs: [cost], ...figures }, key);
        await done('requestRectification', { ...grant, request: 'key', demands: 'T' }, key);
      },
    },
    'a batch of payments': {
      from: allBut(...handlers),
      async ready() {
        const [{ key, matter }] = await granted();
        await done('namePayeeAccount', { organisation: key, iban: fictionalIban(number), holder: 'Liitto' }, key);
        await done('confirmPayeeAccount', { organisation: key, account: 1, evidence: 'Todistus' }, 'ministry-registrar');
        await round.payment(matter, key, 'key', '100');
        const [hidden, absent] = named(['batch']);
        return [
          { ...hidden, matter, organisation: key },
          { ...absent, matter },
        ];
      },
      hide: ({ key, matter, organisation }) =>
        done(
          'preparePaymentBatch',
          { batch: key, executeOn: '2026-11-03', payments: [{ grant: matter, organisation, payment: 'key' }] },
          'ministry-presenter',
        ),
    },
    'an account of a payee': {
      from: allBut('ministry-registrar', 'ministry-presenter', 'ministry-decider', 'ministry-auditor'),
      ready: () => organisations(),
      hide: ({ key }) => done('namePayeeAccount', { organisation: key, iban: fictionalIban(number), holder: 'Liitto' }, key),
    },
    'a mailbox': {
      from: allBut('ministry-registrar', 'ministry-auditor'),
      ready: () => organisations(),
      hide: ({ key }) => done('nameMailbox', { organisation: key, address: 'liitto@kuvitteellinen.example' }, key),
    },
    'a self-evaluation that is not submitted': {
      from: allBut('ministry-auditor', 'agency-analyst'),
      ready: async () => named(['evaluation']),
      async hide({ key }) {
        const whose = { region: 'R19', evaluation: key };
        const period = { from: '2026-01-01', to: '2026-09-30' };
        await done('startSelfEvaluation', { ...whose, framework: 'framework', period }, 'owner');
        await done('selfAssessCriterion', { ...whose, criterion: 'breadth', level: 1, evidence: 'T' }, 'owner');
      },
    },
    'a draft of a support structure': {
      from: ['nobody', 'somebody', 'ministry-registrar', 'ministry-decider', 'applicant-signatory', 'provider'],
      ready: async () => named(['structure']),
      hide: ({ key }) => structure(key, 'Teksti'),
    },
    'a new draft of a support structure that was adopted': {
      from: ['nobody', 'somebody', 'ministry-registrar', 'ministry-decider', 'applicant-signatory', 'provider'],
      async ready() {
        const both = named(['structure']);
        for (const { key } of both) {
          await structure(key, 'Teksti');
          await done('adoptSupportStructure', { structure: key, draft: 1 }, 'agency-coordinator');
        }
        return both;
      },
      hide: ({ key }) => structure(key, 'Uusi'),
    },
    'an evaluation of the regional role that is proposed': {
      from: ['nobody', 'somebody', 'ministry-registrar', 'applicant-signatory', 'regional-coordinator', 'provider'],
      async ready() {
        const both = named(['model']);
        const text = { fi: 'Malli', sv: 'Modell' };
        for (const { key } of both)
          await done(
            'publishOperatingModel',
            { model: key, names: text, sections: [{ key: 'roles', heading: text, text }] },
            'agency-coordinator',
          );
        return both;
      },
      hide: ({ key }) => {
        const said = { findings: { fi: 'Havainto' }, conclusions: { fi: 'Päätelmä' } };
        return done('proposeRegionalRoleEvaluation', { model: key, evaluation: 'key', version: 1, ...said }, 'agency-coordinator');
      },
    },
  };

  /** Of what a question or a command speaks where it is not about the thing. */
  const examples = (who: Who, { key, call }: Pick<Thing, 'key' | 'call'>, names: Readonly<Record<string, unknown>> = {}): Examples => {
    const isScoped = who in scopes;
    const organisation = isScoped ? 'council-18' : 'council-17';
    return {
      region: isScoped ? 'R18' : 'R19',
      given: ['applicant', 'region', 'organisation', 'fi', 'sv'],
      byName: {
        call,
        organisation,
        applicant: organisation,
        framework: 'framework',
        criterion: 'breadth',
        network: 'network',
        level: 1,
        version: 1,
        email: 'osoite@example.org',
        address: 'https://example.org',
        sha256: 'a'.repeat(64),
        year: 2026,
        municipality: '091',
        municipalities: '091',
        code: '091',
        opens: '09:00',
        closes: '2026-12-15',
        view: 'calls',
        ...names,
      },
      byType: {
        Key: `other-${key}`,
        Matter: `${call}--council-18`,
        Cents: '100',
        Revision: '0',
        Int: 1,
        Boolean: true,
        Day: '2026-10-20',
        When: '2026-10-20',
        AsOf: '2026-10-20',
        Instant: '2026-10-10T09:00:00Z',
        Position: '0'.repeat(32),
        UUID: randomUUID(),
        Float: 1,
      },
    };
  };

  /** What is told, without the names of what is hidden and of what is absent: those are all that may differ. */
  const told = (answer: object, { key }: Thing): string =>
    JSON.stringify(answer)
      .replaceAll(key, '«key»')
      .replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, '«uuid»')
      .replaceAll(/[0-9a-f]{32}/g, '«position»')
      // Decisions of both are in one stream, one after the other.
      .replaceAll(/"revision":"\d+"(?=[^}]*"stream":"allocation-)/g, '');

  const commanded = async (mutation: string, input: object, who: Who, expectedRevision: string | undefined, about: Thing) => {
    const { status, data, errors } = await server.command(
      mutation,
      input,
      tokens.get(who),
      expectedRevision === undefined ? {} : { expectedRevision },
    );
    const { effect, stream, eventIds } = data?.[mutation] ?? {};
    return { said: told({ status, errors, effect, stream, events: eventIds?.length }, about), isDone: errors.length === 0 };
  };

  const asked = async (query: string, who: Who, variables: object = {}) => {
    const token = tokens.get(who);
    const { status, data, errors } = await server.ask(query, token === undefined ? { variables } : { token, variables });
    return { status, data, errors: errors.map(({ message, path, extensions }) => ({ message, path, ...extensions })) };
  };

  const nameIn = (scalar: string, { key, matter }: Thing) => (scalar === 'Matter' ? matter : key);

  it.each(Object.entries(kinds))('are answered alike, whatever command names them: %s', async (_kind, { from, ready, hide }) => {
    const leaks: object[] = [];
    let sent = 0;
    let twins = await ready();
    await hide(twins[0]);
    const fresh = async () => {
      twins = await ready();
      await hide(twins[0]);
    };
    for (const { mutation, by, isEdit } of commands) {
      const type = inputOf(server.schema, mutation);
      const ways = waysTo(['Key', 'Matter'], type);
      const wholly = ways.filter(({ way }) => twins[0].fields.includes(way.at(-1) as string));
      for (const who of from.filter((one) => by.includes(one)))
        for (const way of [...(wholly.length > 0 ? ['all' as const] : []), ...ways]) {
          const inputFor = (thing: Thing) => {
            if (way !== 'all') return exampleOf(type, 'input', examples(who, thing), { way: way.way, value: nameIn(way.scalar, thing) });
            const isOwn = (field: string) => field === 'organisation' && who in scopes;
            const names = wholly.map(({ way: to, scalar }) => [to.at(-1) as string, nameIn(scalar, thing)] as const);
            return exampleOf(type, 'input', examples(who, thing, Object.fromEntries(names.filter(([field]) => !isOwn(field)))));
          };
          const answer = (thing: Thing, revision: string | undefined) =>
            commanded(mutation, inputFor(thing) as object, who, revision, thing);
          for (const revision of way === 'all' ? [isEdit ? '0' : undefined, '7'] : [isEdit ? '0' : undefined]) {
            sent += 1;
            let [hidden, absent] = [await answer(twins[0], revision), await answer(twins[1], revision)];
            if (!hidden.isDone && !absent.isDone) {
              if (hidden.said !== absent.said) leaks.push({ mutation, who, way, revision, hidden, absent });
              continue;
            }
            await fresh();
            if (hidden.said === absent.said) break;
            // What the first one did may be why the second is answered otherwise: then they are answered so the other way round, too.
            [absent, hidden] = [await answer(twins[1], revision), await answer(twins[0], revision)];
            if (hidden.said !== absent.said) leaks.push({ mutation, who, way, revision, hidden, absent });
            await fresh();
            break;
          }
        }
    }
    expect(leaks).toEqual([]);
    expect(sent).toBeGreaterThan(10);
  });

  const questions = () => Object.values(server.schema.getQueryType()?.getFields() ?? {});
  /** The question with all that may be asked of it at once: three levels, or fewer where that costs too much. */
  const question = async (
    { name, args, type }: GraphQLField<unknown, unknown>,
    who: Who,
    thing: Pick<Thing, 'key' | 'call'>,
    about?: { readonly arg: GraphQLArgument; readonly way: readonly string[]; readonly value: string },
  ) => {
    const filled = { ...examples(who, thing), region: 'R19' };
    const variables = about && { named: exampleOf(about.arg.type, about.arg.name, filled, about) };
    for (let levels = 3; ; levels--) {
      const asks = `{ ${name}${argumentsOf(args, filled, about?.arg.name)} ${selectionOf(type, levels, filled)} }`;
      const answer = await asked(about ? `query ($named: ${about.arg.type.toString()}) ${asks}` : asks, who, variables);
      if (levels === 1 || !answer.errors.some(({ code }) => code === 'too-costly')) return answer;
    }
  };

  it.each(Object.entries(kinds))('are answered alike, whatever question names them: %s', async (_kind, { from, ready, hide }) => {
    const twins = await ready();
    await hide(twins[0]);
    await round.settled();
    const leaks: object[] = [];
    let put = 0;
    for (const field of questions())
      for (const arg of field.args) {
        const isMatterText = arg.type.toString() === 'String' && arg.name === 'matter';
        for (const { way, scalar } of isMatterText ? [{ way: [], scalar: 'Matter' }] : waysTo(['Key', 'Matter'], arg.type))
          for (const who of from.filter((one) => one !== 'somebody')) {
            put += 1;
            const answers = [];
            for (const thing of twins)
              answers.push(told(await question(field, who, thing, { arg, way, value: nameIn(scalar, thing) }), thing));
            if (answers[0] !== answers[1]) leaks.push({ question: field.name, argument: arg.name, who, answers });
          }
      }
    expect(leaks).toEqual([]);
    expect(put).toBeGreaterThan(15 * from.length);
  });

  it('change no answer to a question that does not name them', async () => {
    const strangers = ['nobody', 'provider', 'applicant-signatory', 'regional-coordinator', 'agency-coordinator'] as const;
    const isNamed = ({ args }: GraphQLField<unknown, unknown>) => args.some(({ name, type }) => isNonNullType(type) && name === 'id');
    const whole = async (who: Who, call: string) => {
      const answers: [string, string][] = [];
      for (const field of questions().filter((one) => !isNamed(one) && one.name !== 'receiptProof'))
        answers.push([field.name, JSON.stringify(await question(field, who, { key: 'key', call }))]);
      return new Map(answers);
    };
    const all = Object.values(kinds);
    const twins = new Map<Kind, Twins>();
    for (const kind of all) twins.set(kind, await kind.ready());
    await round.settled();
    const leaks: object[] = [];
    for (const who of strangers) {
      const before = [await whole(who, 'open'), await whole(who, 'round')];
      for (const kind of all.filter(({ from }) => from.includes(who)))
        if (twins.has(kind)) {
          await kind.hide((twins.get(kind) as Twins)[0]);
          twins.delete(kind);
        }
      await round.settled();
      for (const [index, call] of ['open', 'round'].entries())
        for (const [name, answer] of await whole(who, call))
          if (answer !== before[index]?.get(name)) leaks.push({ who, call, question: name, before: before[index]?.get(name), answer });
    }
    expect(leaks).toEqual([]);
  });
});
