import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TestServer } from './server.testing.js';

describe('what a provider writes', () => {
  let server: TestServer;
  let token: string;
  beforeAll(async () => {
    server = await TestServer.start();
    token = await server.token('provider', { organisation: 'council-19' });
    expect((await server.command('registerProvider', { organisation: 'council-19' }, token)).errors).toEqual([]);
  });
  afterAll(() => server.stop());

  const service = {
    organisation: 'council-19',
    kind: 'CHAT',
    contents: ['DEVICES'],
    languages: ['FI'],
    audiences: ['EVERYONE'],
    municipalities: [],
    hours: [],
    exceptions: [],
    accessibility: [],
  };
  const offer = async (id: string, content: object) =>
    server.command('offerService', { ...service, service: id, ...content }, token, { language: 'en' });

  it('is shown as it was written: markup as text, an emoji, and marks of direction that are closed', async () => {
    const names = { fi: '<script>alert(1)</script> 👵🏽 & «apu»', sv: '\u2067שלום\u2069 stöd' };
    const { data, errors } = await offer('shown', { names });
    expect(errors).toEqual([]);
    const answer = await server.ask(
      `query ($after: Position) { service(provider: "council-19", id: "shown", after: $after) { name { fi sv } } services(text: "alert 👵🏽") { totalCount } }`,
      { variables: { after: data.offerService.position } },
    );
    expect(answer.data.service.name).toEqual(names);
    const file = await fetch(`${server.url}/export/services.csv?columns=name.fi`);
    expect([file.headers.get('content-type'), await file.text()]).toEqual(['text/csv; charset=utf-8', `name.fi\r\n${names.fi}\r\n`]);
  });

  it.each([
    ['names.fi', '«Names: in Finnish»', { names: { fi: 'Tuki \u202Eofni' } }],
    ['names.sv', '«Names: in Swedish»', { names: { fi: 'Tuki', sv: 'st\u0000d' } }],
    ['description.fi', '«Description: in Finnish»', { names: { fi: 'Tuki' }, description: { fi: 'a'.repeat(20_001) } }],
    [
      'hours.0.opens',
      '«Hours in a week 1: Opens»',
      { names: { fi: 'Tuki' }, hours: [{ weekday: 'MONDAY', opens: '25:00', closes: '26:00' }] },
    ],
    ['hours.0', '«Hours in a week 1»', { names: { fi: 'Tuki' }, hours: [{ weekday: 'MONDAY', opens: '16:00', closes: '09:00' }] }],
    ['exceptions.0.on', '«Exceptions, by date 1: Day»', { names: { fi: 'Tuki' }, exceptions: [{ on: '2026-02-30', hours: [] }] }],
  ])('is refused with the field «%s» and what it is called, where it cannot be', async (field, label, content) => {
    const { errors } = await offer('refused', content);
    expect(errors[0]?.message).toContain(label);
    expect(JSON.stringify(errors[0]?.extensions.details)).toContain(field);
  });

  it('is not read at all where it is a megabyte', async () => {
    const { status } = await offer('large', { names: { fi: 'Tuki' }, description: { fi: 'a'.repeat(1_000_000) } });
    expect(status).toBe(413);
  });
});

describe('a region’s history', () => {
  it('has what is told of the region, as far as one may see it, and of no other', async () => {
    const server = await TestServer.start();
    const token = await server.token('regional-coordinator', { region: '12' });
    const founded = await server.command(
      'foundNetwork',
      { network: 'n', level: 'REGION', names: { fi: 'Verkosto' }, region: 'R12' },
      token,
    );
    expect(founded.errors).toEqual([]);
    const { data } = await server.ask('{ events(region: R12, first: 100) { events { type stream } end } }');
    expect(data.events.events.at(-1)).toEqual({ type: 'NetworkFounded', stream: 'network-n' });
    expect(data.events.events.map(({ type }: { type: string }) => type)).toContain('RegionJoinedProgramme');
    const other = await server.ask(
      '{ events(region: R13, first: 100) { events { type } } both: events(region: R12, call: "pilot-2018") { end } }',
    );
    expect(other.errors.map(({ extensions: { code } }) => code)).toEqual(['call-or-matter']);
    await server.stop();
  });
});
