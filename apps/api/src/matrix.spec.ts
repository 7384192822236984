import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import {
  getNamedType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  type GraphQLInputType,
  type GraphQLOutputType,
} from 'graphql';
import { roles, type Role } from '#access/policy';
import { commandClasses, saidOf } from '#edge/commands';
import { mutationName } from '#edge/command-mutations';
import { ManualClock } from '#kernel/clock.testing';
import { commands as taken } from '#system/edges';
import { plan } from './call-plan.testing.js';
import { TestServer } from './server.testing.js';

jest.setTimeout(240_000);

/** Of whom a command or a question speaks. */
interface About {
  readonly call: string;
  readonly organisation: string;
  readonly region: string;
  /** For whatever else is named: new each time. */
  readonly key: string;
}

type Twins = readonly [About, About];

/** What is told of an answer, without what every answer has of its own. */
type Told = Readonly<Record<string, unknown>>;

const scopes: Partial<Record<Role, object>> = {
  'applicant-signatory': { organisation: 'council-18' },
  'regional-coordinator': { region: '18' },
  provider: { organisation: 'council-18' },
};
const own = { region: 'R18', organisation: 'council-18' };
const callers = ['nobody', 'somebody', ...roles] as const;
type Who = (typeof callers)[number];

/** Who may not know of a call that was not published, a plan that was not submitted, an application that was not. */
const outsiders: Readonly<Record<'call' | 'plan' | 'application', readonly Who[]>> = {
  call: ['nobody', 'somebody', 'agency-coordinator', 'applicant-signatory', 'regional-coordinator', 'provider'],
  plan: callers.filter((who) => !['ministry-auditor', 'agency-analyst'].includes(who)),
  application: callers.filter((who) => !['ministry-auditor', 'agency-analyst'].includes(who)),
};

describe('every command of the schema, as every caller', () => {
  const clock = new ManualClock('2026-09-24T09:00:00Z');
  const tokens = new Map<Who | 'owner', string>();
  let server: TestServer;

  const commands = taken
    .flatMap(({ module }) => commandClasses(module))
    .map((type) => ({ mutation: mutationName(type), by: saidOf(type)?.by ?? [], isEdit: saidOf(type)?.isEdit ?? false }))
    .filter(({ by }) => by.some((role) => (roles as readonly string[]).includes(role)));

  beforeAll(async () => {
    server = await TestServer.start({ clock });
    tokens.set('somebody', await server.token('none-that-counts', {}, '1y', 'somebody'));
    for (const role of roles) tokens.set(role, await server.token(role, scopes[role], '1y', role));
    tokens.set('owner', await server.token('regional-coordinator', { region: '19' }, '1y', 'owner'));
    await done('planCall', plan('round'), 'ministry-presenter');
    await done('publishCall', { call: 'round' }, 'ministry-presenter');
  });
  afterAll(() => server.stop());

  const done = async (mutation: string, input: object, who: Who | 'owner') =>
    expect([mutation, (await server.command(mutation, input, tokens.get(who))).errors]).toEqual([mutation, []]);

  /** A value that the type takes, about what is asked. */
  const valueOf = (type: GraphQLInputType, name: string, about: About, who: Who): unknown => {
    const nullable = getNullableType(type);
    if (isListType(nullable)) return [valueOf(nullable.ofType, name, about, who)];
    const named = getNamedType(nullable);
    if (isEnumType(named)) {
      const scoped = who in scopes ? own.region : about.region;
      return named.name === 'RegionCode' ? scoped : named.getValues()[0]?.name;
    }
    if (isInputObjectType(named))
      return Object.fromEntries(
        Object.values(named.getFields())
          .filter((field) => isNonNullType(field.type) || ['applicant', 'region', 'organisation', 'fi', 'sv'].includes(field.name))
          .map((field) => [field.name, valueOf(field.type, field.name, about, who)]),
      );
    const known: Readonly<Record<string, unknown>> = {
      call: about.call,
      organisation: who in scopes ? own.organisation : about.organisation,
      applicant: about.organisation,
      member: about.organisation,
      coordinator: about.organisation,
      organiser: 'ministry-of-finance',
      email: 'osoite@example.org',
      address: named.name === 'String' && name === 'address' ? 'https://example.org' : undefined,
      sha256: 'a'.repeat(64),
      version: 1,
      year: 2026,
      municipality: '091',
      municipalities: '091',
      opens: '09:00',
      closes: '2026-12-15',
    };
    const scalars: Readonly<Record<string, unknown>> = {
      Key: about.key,
      Matter: `${about.call}--${about.organisation}`,
      Cents: '100',
      Revision: '0',
      Int: 1,
      Boolean: true,
      Day: '2026-12-01',
      When: '2026-12-01',
      AsOf: '2026-12-01',
      Instant: '2026-09-23T09:00:00Z',
      UUID: randomUUID(),
      String: 'Teksti',
      Float: 1,
    };
    return known[name] ?? scalars[named.name] ?? 'Teksti';
  };

  const inputFor = (mutation: string, about: About, who: Who): object => {
    const field = server.schema.getMutationType()?.getFields()[mutation];
    const type = field?.args.find(({ name }) => name === 'input')?.type as GraphQLInputType;
    return valueOf(type, 'input', about, who) as object;
  };

  const told = async (mutation: string, about: About, who: Who, expectedRevision: string | undefined): Promise<Told> => {
    const { isEdit } = commands.find((one) => one.mutation === mutation) as { isEdit: boolean };
    const expects = expectedRevision ?? (isEdit ? '0' : undefined);
    const input = inputFor(mutation, about, who);
    const { status, data, errors } = await server.command(
      mutation,
      input,
      tokens.get(who),
      expects === undefined ? {} : { expectedRevision: expects },
    );
    const { effect, revision, stream, eventIds } = data?.[mutation] ?? {};
    const shape = {
      status,
      errors: errors.map(({ message, path, extensions }) => ({ message, path, ...extensions })),
      effect,
      revision,
      stream,
      events: eventIds?.length,
    };
    // The names of what is hidden and of what is absent are all that may differ.
    return JSON.parse(
      JSON.stringify(shape)
        .replaceAll(about.call, '«call»')
        .replaceAll(about.organisation, '«organisation»')
        .replaceAll(about.key, '«key»')
        .replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, '«uuid»'),
    ) as Told;
  };

  it('is answered by the one table of roles, and by nothing else', async () => {
    const deviations: object[] = [];
    const about = { call: 'tried', organisation: 'council-18', region: 'R18', key: 'tried' };
    await done('planCall', plan('tried'), 'ministry-presenter');
    await done('publishCall', { call: 'tried' }, 'ministry-presenter');
    for (const { mutation, by } of commands)
      for (const who of callers) {
        const { errors } = (await told(mutation, about, who, undefined)) as { errors: readonly { code: string }[] };
        const codes = errors.map(({ code }) => code);
        const may = (by as readonly string[]).includes(who);
        const right =
          who === 'nobody'
            ? codes[0] === 'sign-in-needed'
            : may
              ? !['not-permitted', 'sign-in-needed', 'invalid-request', 'internal'].includes(codes[0] ?? '')
              : codes[0] === 'not-permitted';
        if (!right) deviations.push({ mutation, who, codes });
      }
    expect(deviations).toEqual([]);
    expect(commands.length).toBeGreaterThan(80);
  });

  let number = 0;
  /** Something that is hidden, and its twin that is not there. */
  const twins: Readonly<Record<keyof typeof outsiders, () => Promise<Twins>>> = {
    async call() {
      const [hidden, absent] = [`hidden-${++number}`, `absent-${number}`];
      await done('planCall', plan(hidden), 'ministry-presenter');
      if (number % 2 === 0) await done('cancelCall', { call: hidden, reason: 'Peruttu' }, 'ministry-presenter');
      return [hidden, absent].map((call) => ({ call, organisation: 'council-18', region: 'R18', key: `key-${call}` })) as unknown as Twins;
    },
    async plan() {
      const [hidden, absent] = await organisations();
      const sections = [{ section: 'OBJECTIVES', text: 'Tavoitteet' }];
      await done('draftPlan', { call: 'round', region: 'R19', applicant: hidden, sections }, 'owner');
      return ofOrganisations(hidden, absent);
    },
    async application() {
      const [hidden, absent] = await organisations();
      await done('startApplication', { application: `round--${hidden}`, organisation: hidden, region: 'R19' }, 'owner');
      return ofOrganisations(hidden, absent);
    },
  };
  const ofOrganisations = (...both: readonly [string, string]) =>
    both.map((organisation) => ({ call: 'round', organisation, region: 'R19', key: `key-${organisation}` })) as unknown as Twins;
  const organisations = async (): Promise<readonly [string, string]> => {
    const both = [`hidden-council-${++number}`, `absent-council-${number}`] as const;
    for (const organisation of both)
      await done(
        'registerOrganisation',
        { organisation, kind: 'REGIONAL_COUNCIL', names: { fi: 'Liitto' }, region: 'R19' },
        'ministry-registrar',
      );
    return both;
  };

  it.each(['call', 'plan', 'application'] as const)('tells nobody by a command whether there is a hidden %s', async (what) => {
    const leaks: object[] = [];
    const example = { call: 'CALL', organisation: 'ORGANISATION', region: 'R19', key: 'key' };
    const isAbout = what === 'call' ? /CALL/ : /ORGANISATION/;
    const about = (mutation: string, who: Who) => isAbout.test(JSON.stringify(inputFor(mutation, example, who)));
    let sent = 0;
    for (const { mutation, by } of commands)
      for (const who of outsiders[what].filter((one) => (by as readonly string[]).includes(one) && about(mutation, one)))
        for (const expectedRevision of [undefined, '7']) {
          sent += 1;
          const [hidden, absent] = await twins[what]();
          const answers = [await told(mutation, hidden, who, expectedRevision), await told(mutation, absent, who, expectedRevision)];
          if (JSON.stringify(answers[0]) !== JSON.stringify(answers[1])) leaks.push({ mutation, who, expectedRevision, answers });
        }
    expect(leaks).toEqual([]);
    expect(sent).toBeGreaterThan(20);
  });

  /** All that can be asked of the type without naming anything more, so many levels deep. */
  const selectionOf = (type: GraphQLOutputType, levels: number): string => {
    const named = getNamedType(type);
    if (!isObjectType(named)) return '';
    const fields = Object.values(named.getFields()).flatMap((field) => {
      if (field.args.some(({ type: needed }) => isNonNullType(needed))) return [];
      if (isLeafType(getNamedType(field.type))) return [field.name];
      const below = levels > 1 ? selectionOf(field.type, levels - 1) : '';
      return below === '' ? [] : [`${field.name} ${below}`];
    });
    return fields.length === 0 ? '' : `{ ${fields.join(' ')} }`;
  };

  it.each(['call', 'plan', 'application'] as const)('tells nobody by an answer whether there is a hidden %s', async (what) => {
    const [hidden, absent] = await twins[what]();
    const { runner, log } = server.system;
    await runner.reached(await log.head(), runner.names);
    const names = ['id', 'call', 'matter', 'application'];
    const fields = Object.values(server.schema.getQueryType()?.getFields() ?? {}).filter(({ args }) =>
      args.some(({ name }) => names.includes(name)),
    );
    expect(fields.length).toBeGreaterThan(8);
    const leaks: object[] = [];
    for (const { name: field, args, type } of fields)
      for (const who of outsiders[what])
        for (const { name, type: kind } of args.filter((one) => names.includes(one.name))) {
          const isMatter = name === 'matter' || name === 'application' || getNamedType(kind).name === 'Matter';
          if ((what === 'call') === isMatter) continue;
          const asked = async (about: About) => {
            const value = isMatter ? `${about.call}--${about.organisation}` : about.call;
            const query = `{ ${field}(${name}: "${value}") ${selectionOf(type, 3)} }`;
            const token = tokens.get(who);
            const { status, data, errors } = await server.ask(query, token === undefined ? {} : { token });
            const shape = { status, data, errors: errors.map(({ message, path, extensions }) => ({ message, path, ...extensions })) };
            return JSON.stringify(shape).replaceAll(about.call, '«call»').replaceAll(about.organisation, '«organisation»');
          };
          const answers = [await asked(hidden), await asked(absent)];
          if (answers[0] !== answers[1]) leaks.push({ field, who, answers });
        }
    expect(leaks).toEqual([]);
  });
});
