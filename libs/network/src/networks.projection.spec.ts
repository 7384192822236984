import { describe, expect, it } from '@jest/globals';
import { momentAt } from '#edge/moment.testing';
import { rowsAfter } from '#kernel/projection.testing';
import type { Stored } from '#kernel/projection';
import { networkAt } from './network.types.js';
import { networks, type NetworkRow } from './networks.projection.js';
import { programmeRegions } from './programme-regions.projection.js';
import { periodsAt } from './regional-state.types.js';

const first = { coordinator: 'council-19', contact: 'a', person: 'lapland--a', phone: '040' };
const rows = rowsAfter(networks, 'network-lapland', [
  {
    type: 'NetworkFounded',
    data: { level: 'sub-region', names: { fi: 'Verkosto' }, region: '07', municipalities: ['142'] },
    effectiveAt: '2020-01-01',
  },
  { type: 'CoordinatorAppointed', data: first, effectiveAt: '2020-01-10' },
  { type: 'MemberJoined', data: { member: 'library', role: 'provider' }, effectiveAt: '2020-02-01' },
  { type: 'MemberJoined', data: { member: 'club', role: 'observer' }, effectiveAt: '2020-01-20' },
  { type: 'CoordinatorReplaced', data: { ...first, coordinator: 'town', reason: 'Sovittiin' }, effectiveAt: '2020-06-15' },
  { type: 'MemberRoleChanged', data: { member: 'library', role: 'partner' }, effectiveAt: '2020-07-01' },
  {
    type: 'NetworkMeetingHeld',
    data: { meeting: 'm', on: '2020-08-01', participants: ['library'], topics: 'Syksy' },
    effectiveAt: '2020-08-01',
  },
  { type: 'MemberLeft', data: { member: 'library', reason: 'Suljettiin' }, effectiveAt: '2021-02-01' },
  { type: 'MemberJoined', data: { member: 'library', role: 'provider' }, effectiveAt: '2021-09-01' },
]);
const at = (asOf: string) => networkAt(rows['lapland'] as Stored<NetworkRow>, momentAt(asOf));
const membersAt = (asOf: string) => at(asOf)?.members.map(({ organisationId, role, since }) => [organisationId, role, since]);

describe('the view of networks', () => {
  it('answers who coordinated it on the day asked for, and who did until then', () => {
    expect(at('2019-12-31T12:00:00.000Z')).toBeUndefined();
    expect(at('2020-01-05T12:00:00.000Z')).not.toHaveProperty('coordinator');
    expect(at('2020-06-14T12:00:00.000Z')).toMatchObject({ coordinator: { organisationId: 'council-19', contact: 'a', phone: '040' } });
    expect(at('2020-06-15T12:00:00.000Z')).toMatchObject({
      coordinator: { organisationId: 'town', reason: 'Sovittiin', effectiveAt: '2020-06-15' },
      coordinators: [{ organisationId: 'council-19' }, { organisationId: 'town' }],
    });
  });

  it('answers who belonged to it on the day asked for, in which role, and since when', () => {
    expect(membersAt('2020-02-15T12:00:00.000Z')).toEqual([
      ['club', 'observer', '2020-01-20'],
      ['library', 'provider', '2020-02-01'],
    ]);
    expect(membersAt('2020-07-15T12:00:00.000Z')).toContainEqual(['library', 'partner', '2020-02-01']);
    expect(membersAt('2021-03-01T12:00:00.000Z')).toEqual([['club', 'observer', '2020-01-20']]);
    expect(membersAt('2021-10-01T12:00:00.000Z')).toContainEqual(['library', 'provider', '2021-09-01']);
  });

  it('shows the meetings that had been held, and the municipalities with their region of the day', () => {
    expect(at('2020-07-31T12:00:00.000Z')?.meetings).toEqual([]);
    expect(at('2020-08-01T12:00:00.000Z')?.meetings).toEqual([{ id: 'm', on: '2020-08-01', participants: ['library'], topics: 'Syksy' }]);
    expect(at('2020-12-31T12:00:00.000Z')?.municipalities).toMatchObject([{ code: '142', name: { fi: 'Iitti' }, region: { code: '08' } }]);
    expect(at('2021-01-01T12:00:00.000Z')?.municipalities).toMatchObject([{ code: '142', region: { code: '07' } }]);
  });
});

describe('the view of the regions in the programme', () => {
  const joined = (region: '19' | '18', effectiveAt: string) => ({ type: 'RegionJoinedProgramme', data: { region }, effectiveAt }) as const;
  const regions = rowsAfter(programmeRegions, 'programme-coordination', [
    joined('19', '2019-12'),
    joined('18', '2019-12'),
    { type: 'RegionLeftProgramme', data: { region: '19', reason: 'Ei hakenut' }, effectiveAt: '2020-10-21' },
    joined('19', '2018-autumn'),
    joined('19', '2023-01-01'),
  ]);
  const periods = (region: string, asOf: string) => periodsAt(regions[region] as never, asOf);

  it('answers when a region took part until the day asked for, as exactly as it is known', () => {
    const first = { programme: 'coordination', since: '2018-autumn', source: [] };
    expect(periods('19', '2018-08-01T12:00:00.000Z')).toEqual([]);
    expect(periods('19', '2020-01-01T12:00:00.000Z')).toEqual([first]);
    const ended = { ...first, until: '2020-10-21', reason: 'Ei hakenut' };
    expect(periods('19', '2021-01-01T12:00:00.000Z')).toEqual([ended]);
    expect(periods('19', '2024-01-01T12:00:00.000Z')).toEqual([ended, { programme: 'coordination', since: '2023-01-01', source: [] }]);
  });

  it('keeps regions apart', () => {
    expect(periods('18', '2024-01-01T12:00:00.000Z')).toMatchObject([{ since: '2019-12' }]);
    expect(periods('18', '2024-01-01T12:00:00.000Z')[0]).not.toHaveProperty('until');
  });
});
