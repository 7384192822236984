import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { roles, type Role } from '#access/policy';
import { commandClasses, saidOf } from '#edge/commands';
import { mutationName } from '#edge/command-mutations';
import { ManualClock } from '#kernel/clock.testing';
import { commands as taken } from '#system/edges';
import { plan } from './call-plan.testing.js';
import { exampleOf, inputOf, type Examples } from './schema-examples.testing.js';
import { TestServer } from './server.testing.js';

jest.setTimeout(240_000);

const scopes: Partial<Record<Role, object>> = {
  'applicant-signatory': { organisation: 'council-18' },
  'regional-coordinator': { region: '18' },
  provider: { organisation: 'council-18' },
};
/** The roles that are limited to a region or an organisation, with others than those that are spoken of here. */
const elsewhere = {
  'a signatory of another': ['applicant-signatory', { organisation: 'council-19' }],
  'a coordinator of another region': ['regional-coordinator', { region: '19' }],
  'another provider': ['provider', { organisation: 'council-19' }],
  'a signatory of nobody': ['applicant-signatory', {}],
  'a coordinator of no region': ['regional-coordinator', {}],
} as const satisfies Readonly<Record<string, readonly [Role, object]>>;
const strangers = Object.keys(elsewhere) as (keyof typeof elsewhere)[];
const callers = ['nobody', 'somebody', ...roles, ...strangers] as const;
type Who = (typeof callers)[number];

describe('every command of the schema, as every caller', () => {
  const clock = new ManualClock('2026-09-24T09:00:00Z');
  const tokens = new Map<Who, string>();
  let server: TestServer;

  const commands = taken
    .flatMap(({ module }) => commandClasses(module))
    .map((type) => ({ mutation: mutationName(type), by: saidOf(type)?.by ?? [], isEdit: saidOf(type)?.isEdit ?? false }))
    .filter(({ by }) => by.some((role) => (roles as readonly string[]).includes(role)));

  beforeAll(async () => {
    server = await TestServer.start({ clock });
    tokens.set('somebody', await server.token('none-that-counts', {}, '1y', 'somebody'));
    for (const role of roles) tokens.set(role, await server.token(role, scopes[role], '1y', role));
    for (const [who, [role, scope]] of Object.entries(elsewhere)) tokens.set(who as Who, await server.token(role, scope, '1y', role));
  });
  afterAll(() => server.stop());

  const done = async (mutation: string, input: object, who: Who) =>
    expect([mutation, (await server.command(mutation, input, tokens.get(who))).errors]).toEqual([mutation, []]);

  /** About the call that is published, and in a scope of the caller's own. */
  const examples = (who: Who): Examples => ({
    region: 'R18',
    given: ['applicant', 'region', 'organisation', 'fi', 'sv'],
    byName: {
      call: 'tried',
      organisation: 'council-18',
      applicant: 'council-18',
      member: 'council-18',
      coordinator: 'council-18',
      organiser: 'ministry-of-finance',
      email: 'osoite@example.org',
      address: 'https://example.org',
      sha256: 'a'.repeat(64),
      version: 1,
      year: 2026,
      municipality: '091',
      municipalities: '091',
      opens: '09:00',
      closes: '2026-12-15',
    },
    byType: {
      Key: `tried-by-${who.replaceAll(' ', '-')}`,
      Matter: 'tried--council-18',
      Cents: '100',
      Revision: '0',
      Int: 1,
      Boolean: true,
      Day: '2026-12-01',
      When: '2026-12-01',
      AsOf: '2026-12-01',
      Instant: '2026-09-23T09:00:00Z',
      UUID: randomUUID(),
      Float: 1,
    },
  });

  const codesOf = async (mutation: string, isEdit: boolean, who: Who): Promise<readonly string[]> => {
    const input = exampleOf(inputOf(server.schema, mutation), 'input', examples(who)) as object;
    const { errors } = await server.command(mutation, input, tokens.get(who), isEdit ? { expectedRevision: '0' } : {});
    return errors.map(({ extensions: { code } }) => code);
  };

  it('is answered by the one table of roles, and by nothing else', async () => {
    const deviations: object[] = [];
    await done('planCall', plan('tried'), 'ministry-presenter');
    await done('publishCall', { call: 'tried' }, 'ministry-presenter');
    for (const { mutation, by, isEdit } of commands)
      for (const who of callers) {
        const codes = await codesOf(mutation, isEdit, who);
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
  });

  it('is answered so, too, where many are sent at once, as a file', async () => {
    const { data } = await server.ask('{ servicesTemplate }');
    const query = 'mutation ($file: String!) { offerServices(organisation: "council-18", file: $file) { recorded failed } }';
    const { by } = commands.find(({ mutation }) => mutation === 'offerService') as (typeof commands)[number];
    await done(
      'registerProvider',
      exampleOf(inputOf(server.schema, 'registerProvider'), 'input', examples('provider')) as object,
      'provider',
    );
    for (const who of callers) {
      const token = tokens.get(who);
      const { errors } = await server.ask(query, { variables: { file: data.servicesTemplate as string }, ...(token && { token }) });
      // It costs more than anyone may ask for without a token.
      const codes = who === 'nobody' ? ['too-costly'] : (by as readonly string[]).includes(who) ? [] : ['not-permitted'];
      expect([who, errors.map(({ extensions: { code } }) => code)]).toEqual([who, codes]);
    }
  });

  it('is all that changes anything', () => {
    const all = Object.keys(server.schema.getMutationType()?.getFields() ?? {});
    expect(all.sort()).toEqual([...commands.map(({ mutation }) => mutation), 'offerServices'].sort());
  });
});
