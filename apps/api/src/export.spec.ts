import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { csvRows } from '#kernel/csv';
import { TestServer } from './server.testing.js';

describe('a list as a file', () => {
  let server: TestServer;
  const tokens: Record<string, string> = {};
  beforeAll(async () => {
    // What the API holds callers to, exports are held to; the services of this spec are offered faster than anybody would.
    server = await TestServer.start({ environment: { COST_PER_SECOND: '1000000', REQUESTS_PER_SECOND: '1000' } });
    tokens['registrar'] = await server.token('ministry-registrar');
    tokens['provider'] = await server.token('provider', { organisation: 'library' });
    tokens['analyst'] = await server.token('agency-analyst');
    const sent = async (mutation: string, input: object, by: string) =>
      expect((await server.command(mutation, input, tokens[by])).errors).toEqual([]);
    await sent(
      'registerOrganisation',
      { organisation: 'library', kind: 'MUNICIPALITY', names: { fi: '=HYPERLINK("https://evil.example")' } },
      'registrar',
    );
    await sent('registerProvider', { organisation: 'library' }, 'provider');
    for (let index = 0; index < 130; index += 1)
      await sent(
        'offerService',
        {
          organisation: 'library',
          service: `s-${String(index).padStart(3, '0')}`,
          names: { fi: index === 0 ? '-2+3' : `Tuki, "${index}"\nrivi` },
          kind: 'PHONE',
          phone: '+358 000',
          contents: ['DEVICES', 'SERVICES'],
          languages: ['FI'],
          audiences: ['EVERYONE'],
          municipalities: ['091'],
          hours: [{ weekday: 'MONDAY', opens: '09:00', closes: '16:00' }],
          exceptions: [{ on: '2026-12-24', hours: [] }],
          accessibility: [],
        },
        'provider',
      );
  });
  afterAll(() => server.stop());

  const get = (path: string, token?: string, language = 'en') =>
    fetch(`${server.url}/export/${path}`, { headers: { 'accept-language': language, ...(token && { authorization: `Bearer ${token}` }) } });

  it('has all of a list that has no pages, too: the nineteen regions, a line each', async () => {
    const [header, ...rows] = csvRows(await (await get('regions.csv')).text());
    expect(header?.fields).toEqual(expect.arrayContaining(['code', 'name.fi', 'name.sv', 'isInProgramme']));
    expect(rows).toHaveLength(19);
    const chosen = await (await get('regions.ndjson?columns=code,name.fi,municipalities&asOf=2020-06-30')).text();
    const lines = chosen
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { code: string; municipalities: { code: string }[] });
    // Iitti was of Kymenlaakso until the end of 2020.
    expect(lines.find(({ code }) => code === 'R08')?.municipalities.map(({ code }) => code)).toContain('142');
    const unknown = await get('regions.csv?first=3');
    expect({ status: unknown.status, ...((await unknown.json()) as object) }).toMatchObject({
      status: 400,
      errors: [{ extensions: { code: 'export-argument-unknown' } }],
    });
  });

  it('has all pages of a connection as comma-separated values with a column for each field, and no formulas', async () => {
    const response = await get('services.csv');
    expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    const text = await response.text();
    const [header, ...rows] = csvRows(text);
    expect(header?.fields).toEqual(
      expect.arrayContaining(['id', 'name.fi', 'kind', 'contents', 'municipalities', 'hours', 'phone', 'provider.id']),
    );
    expect(header?.fields).not.toContain('catalogueEntry');
    expect(rows).toHaveLength(130);
    const row = Object.fromEntries((header?.fields ?? []).map((name, index) => [name, rows[0]?.fields[index]]));
    expect(row).toMatchObject({
      kind: 'PHONE',
      contents: 'DEVICES SERVICES',
      phone: '+358 000',
      'provider.id': 'library',
      'name.fi': '-2+3',
    });
    expect(JSON.parse(row['hours'] as string)).toEqual([{ weekday: 'MONDAY', opens: '09:00', closes: '16:00' }]);
    expect(text).not.toMatch(/(^|,)"?[=+@]/m);
  });

  it('has a line of JSON for each, of the columns that are asked for, with the arguments of the list', async () => {
    const lines = (await (await get('services.ndjson?columns=id,name.fi&region=R01&text=129')).text()).trim().split('\n');
    expect(lines.map((line) => JSON.parse(line) as object)).toEqual([{ id: 's-129', 'name.fi': 'Tuki, "129"\nrivi' }]);
    expect(await (await get('services.ndjson?municipality=049')).text()).toBe('');
  });

  it('is of a list within another, and says where it is known not to be the whole', async () => {
    const response = await get('call.applications.csv?id=pilot-2018&columns=region.code,amount');
    expect([response.headers.get('digituki-is-complete'), response.headers.get('digituki-known-total')]).toEqual(['false', '10']);
    expect(await response.text()).toBe('region.code,amount\r\nR01,\r\nR12,\r\nR15,\r\nR17,\r\nR19,\r\n');
  });

  it('is of what the caller may see, and told why not in their language', async () => {
    expect((await get('call.applications.csv?id=none')).status).toBe(404);
    expect((await get('organisations.csv?columns=id')).status).toBe(200);
    const unknown = await get('secrets.csv', undefined, 'sv');
    expect([unknown.status, await unknown.json()]).toMatchObject([
      400,
      { errors: [{ message: expect.stringContaining('Det finns ingen lista secrets') }] },
    ]);
    for (const [path, code] of [
      ['services.csv?columns=id,password', 'export-column-unknown'],
      ['services.csv?colour=red', 'export-argument-unknown'],
      ['services.csv?constructor=1', 'export-argument-unknown'],
      ['services.csv?region=R99', 'invalid-request'],
      ['constructor.csv', 'export-unknown'],
    ] as const)
      expect(((await (await get(path)).json()) as { errors: { extensions: { code: string } }[] }).errors[0]?.extensions.code).toBe(code);
    expect((await get('services.xlsx')).status).toBe(404);
  });

  it('names the argument whose value means nothing', async () => {
    const messageOf = async (path: string) => ((await (await get(path)).json()) as { errors: { message: string }[] }).errors[0]?.message;
    expect(await messageOf('services.csv?asOf=foo')).toMatch(/^\$asOf: .*«foo»/);
    expect(await messageOf('call.applications.csv?id=coordination-2019&asOf=2019-02-30')).toMatch(/^\$asOf: .*«2019-02-30»/);
  });

  it('has the service in the shape of the service catalogue, where that column is asked for', async () => {
    const [line = ''] = (await (await get('services.ndjson?columns=catalogueEntry&text=129')).text()).split('\n');
    const { catalogueEntry } = JSON.parse(line) as { catalogueEntry: object };
    expect(catalogueEntry).toMatchObject({
      service: {
        sourceId: 'digituki-library-s-129',
        serviceNames: [{ language: 'fi', value: 'Tuki, "129"\nrivi', type: 'Name' }],
        areaType: 'LimitedType',
        areas: [{ type: 'Municipality', areaCodes: ['091'] }],
      },
      serviceChannel: {
        serviceChannelType: 'Phone',
        serviceChannelNames: [{ language: 'fi', value: 'Tuki, "129"\nrivi' }],
        phoneNumbers: [{ number: '+358 000', language: 'fi', type: 'Phone' }],
        serviceHours: [
          { serviceHourType: 'DaysOfTheWeek', openingHour: [{ dayFrom: 'Monday', from: '09:00', to: '16:00' }] },
          { serviceHourType: 'Exceptional', validFrom: '2026-12-24', isClosed: true, openingHour: [] },
        ],
      },
    });
  });
});
