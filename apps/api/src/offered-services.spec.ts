import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { csvLine } from '#kernel/csv';
import { TestServer } from './server.testing.js';

const columns = [
  'service',
  'name_fi',
  'kind',
  'contents',
  'languages',
  'audiences',
  'municipalities',
  'phone',
  'hours',
  'exceptions',
  'price_cents',
];
const line = (service: string, more: Record<string, string> = {}) => {
  const fields: Record<string, string> = {
    service,
    name_fi: `Puhelintuki ${service}`,
    kind: 'phone',
    contents: 'services devices',
    languages: 'fi sv',
    audiences: 'everyone',
    municipalities: '091',
    phone: '+358 000 000',
    hours: 'mon-wed 9.00-16.00, sat 10:00-14:00',
    exceptions: '2026-12-24 closed',
    price_cents: '0',
    ...more,
  };
  return csvLine(columns.map((name) => fields[name] as string));
};
const mutation = `mutation ($organisation: Key!, $file: String!) { offerServices(organisation: $organisation, file: $file) {
  recorded unchanged failed position lines { line service effect code message } } }`;

describe('services in bulk', () => {
  let server: TestServer;
  let token: string;
  beforeAll(async () => {
    server = await TestServer.start();
    token = await server.token('provider', { organisation: 'library' });
    await server.command(
      'registerOrganisation',
      { organisation: 'library', kind: 'MUNICIPALITY', names: { fi: 'Kirjasto' } },
      await server.token('ministry-registrar'),
    );
    await server.command('registerProvider', { organisation: 'library' }, token);
  });
  afterAll(() => server.stop());

  const offer = (file: string, organisation = 'library', language = 'en') =>
    server.ask(mutation, { variables: { organisation, file }, token, language });
  const file = (...lines: readonly string[]) => csvLine(columns) + lines.join('');

  it('are offered line by line: what fails is told, what stands is kept, and the same file is nothing new', async () => {
    const sent = file(
      line('a'),
      line('b', { municipalities: '999' }),
      line('c', { hours: 'mon 16:00-9:00' }),
      line('d', { hours: 'never' }),
      line('e', { kind: 'carrier-pigeon' }),
      line('a'),
      line('f'),
    );
    const { data, errors } = await offer(sent);
    expect(errors).toEqual([]);
    expect(data.offerServices).toMatchObject({ recorded: 2, unchanged: 0, failed: 5 });
    expect(
      data.offerServices.lines.map(({ line: at, service, effect, code }: Record<string, unknown>) => [at, service, effect ?? code]),
    ).toEqual([
      [2, 'a', 'RECORDED'],
      [3, 'b', 'service-municipality-unknown'],
      [4, 'c', 'hours-impossible'],
      [5, 'd', 'services-file-unreadable'],
      [6, 'e', 'invalid-input'],
      [7, 'a', 'services-file-service-twice'],
      [8, 'f', 'RECORDED'],
    ]);
    const head = await server.system.log.head();
    const again = (await offer(sent)).data.offerServices;
    expect(again.lines).toEqual(data.offerServices.lines);
    expect(await server.system.log.head()).toBe(head);

    const corrected = (await offer(file(line('a'), line('b', { municipalities: '049' })))).data.offerServices;
    expect(corrected).toMatchObject({ recorded: 2, failed: 0 });
    const { data: found } = await server.ask(
      `query ($after: Position) { provider(organisation: "library", after: $after) { services { id kind phone price municipalities { code } hours { weekday opens } exceptions { on hours { opens } } } } }`,
      { variables: { after: corrected.position } },
    );
    expect(found.provider.services.map(({ id }: { id: string }) => id)).toEqual(['a', 'b', 'f']);
    expect(found.provider.services[0]).toMatchObject({
      kind: 'PHONE',
      phone: '+358 000 000',
      price: '0',
      hours: [
        { weekday: 'MONDAY', opens: '09:00' },
        { weekday: 'TUESDAY' },
        { weekday: 'WEDNESDAY' },
        { weekday: 'SATURDAY', opens: '10:00' },
      ],
      exceptions: [{ on: '2026-12-24', hours: [] }],
    });
  });

  it('are up to 500, of the caller’s own organisation, in columns that are known', async () => {
    const many = (count: number) => file(...Array.from({ length: count }, (_, index) => line(`many-${index}`)));
    expect((await offer(many(500))).data.offerServices).toMatchObject({ recorded: 500, failed: 0 });
    expect((await offer(many(501))).errors[0]?.extensions).toMatchObject({
      code: 'services-file-too-long',
      details: { lines: 501, most: 500 },
    });
    expect((await offer(file(line('x')), 'other')).errors[0]?.extensions.code).toBe('not-permitted');
    expect((await offer('service,kind,colour\nx,phone,red\n')).errors[0]?.extensions.code).toBe('services-file-columns-unknown');
    expect((await offer('service;kind\n"x;phone\n', 'library', 'sv')).errors[0]?.message).toContain('rad 2');
  });

  it('have a template that is itself such a file', async () => {
    const { data } = await server.ask('{ servicesTemplate }');
    expect((await offer(data.servicesTemplate)).data.offerServices).toMatchObject({ recorded: 1, failed: 0 });
  });
});
