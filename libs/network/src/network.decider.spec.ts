import { describe, it } from '@jest/globals';
import { specOf } from '#kernel/decider.testing';
import { network } from './network.decider.js';

const { given } = specOf(network);
const own = { network: 'lapland', region: '19' } as const;
const coordinator = { id: 'person-1', role: 'regional-coordinator', region: '19' };
const agency = { id: 'person-2', role: 'agency-coordinator' };
const registered = { organisation: { isRegistered: true } };

const founded = {
  type: 'NetworkFounded',
  data: { level: 'region', names: { fi: 'Lapin verkosto' }, region: '19' },
  effectiveAt: '2025-01-01',
} as const;
const appointment = { coordinator: 'council-19', contact: 'first', office: { fi: 'Digituki' }, phone: '040 000 0000', name: 'A Person' };
const appointed = {
  type: 'CoordinatorAppointed',
  data: { ...appointment, person: 'lapland--first' },
  effectiveAt: '2025-01-10',
} as const;
const joined = { type: 'MemberJoined', data: { member: 'library', role: 'provider' }, effectiveAt: '2025-02-01' } as const;
const left = { type: 'MemberLeft', data: { member: 'library' }, effectiveAt: '2025-06-01' } as const;

describe('a network', () => {
  const names = { fi: 'Verkosto' };

  it('is founded once, for a region, for a part of it, or for the whole country', () => {
    given()
      .when('FoundNetwork', { ...own, level: 'region', names: { fi: 'Lapin verkosto' }, effectiveAt: '2025-01-01' }, { actor: coordinator })
      .then([founded]);
    given()
      .when('FoundNetwork', { ...own, level: 'sub-region', names, municipalities: ['148', '698'] }, { at: '2025-01-01' })
      .then([{ type: 'NetworkFounded', data: { level: 'sub-region', names, region: '19', municipalities: ['148', '698'] } }]);
    given()
      .when('FoundNetwork', { network: 'finland', level: 'national', names }, { actor: agency })
      .then([{ type: 'NetworkFounded', data: { level: 'national', names } }]);
    given(founded)
      .when('FoundNetwork', { ...own, level: 'region', names })
      .thenRefused('network-exists', { network: 'lapland' });
  });

  it('has no coordinator, members or meetings before it is founded', () => {
    const early = { effectiveAt: '2024-12-31' } as const;
    const office = { coordinator: 'council-19', contact: 'first', ...early };
    const refused = ['network-not-founded-yet', { since: '2025-01-01' }] as const;
    for (const [name, content] of [
      ['AppointCoordinator', office],
      ['ReplaceCoordinator', { ...office, reason: 'Vaihto' }],
      ['JoinNetwork', { member: 'library', role: 'provider', ...early }],
      ['ChangeMemberRole', { member: 'library', role: 'partner', ...early }],
      ['LeaveNetwork', { member: 'library', ...early }],
      ['HoldNetworkMeeting', { meeting: 'm', on: '2024-12-31', participants: [] }],
    ] as const)
      given(founded)
        .knowing(registered)
        .when(name, { ...own, ...content } as never, { actor: coordinator })
        .thenRefused(...refused);
    given(founded)
      .knowing(registered)
      .when('JoinNetwork', { ...own, member: 'library', role: 'provider', effectiveAt: '2025-01-01' }, { actor: coordinator })
      .then([{ ...joined, effectiveAt: '2025-01-01' }]);
  });

  it('has the area that its level says', () => {
    given().when('FoundNetwork', { network: 'n', level: 'region', names }).thenRefused('network-region-needed');
    given()
      .when('FoundNetwork', { network: 'n', level: 'sub-region', names, municipalities: ['148'] })
      .thenRefused('network-region-needed');
    given()
      .when('FoundNetwork', { ...own, level: 'national', names })
      .thenRefused('network-region-not-taken');
    given()
      .when('FoundNetwork', { network: 'n', level: 'national', names, municipalities: ['148'] })
      .thenRefused('network-region-not-taken');
    given()
      .when('FoundNetwork', { ...own, level: 'sub-region', names })
      .thenRefused('network-municipalities-needed');
    given()
      .when('FoundNetwork', { ...own, level: 'region', names, municipalities: ['148'] })
      .thenRefused('network-municipalities-not-taken');
  });

  it('has only municipalities that belong to its region then', () => {
    const iitti = { network: 'n', region: '07', level: 'sub-region', names, municipalities: ['142'] } as const;
    given()
      .when('FoundNetwork', { ...iitti, effectiveAt: '2020-12-31' })
      .thenRefused('network-municipality-elsewhere', { municipality: '142', region: '07' });
    given()
      .when('FoundNetwork', iitti, { at: '2021-01-01' })
      .then([{ type: 'NetworkFounded', data: { level: 'sub-region', names, region: '07', municipalities: ['142'] } }]);
    given()
      .when('FoundNetwork', { ...own, level: 'sub-region', names, municipalities: ['148', '999'] }, { at: '2025-01-01' })
      .thenRefused('network-municipality-elsewhere', { municipality: '999', region: '19' });
  });

  it('of a region is kept by the region’s coordinator, not by the agency', () => {
    const context = { actor: agency, at: '2025-03-01' };
    const knowing = given(founded, joined).knowing(registered);
    given()
      .when('FoundNetwork', { ...own, level: 'region', names }, context)
      .thenRefused('network-kept-by-region');
    knowing.when('JoinNetwork', { ...own, member: 'club', role: 'partner' }, context).thenRefused('network-kept-by-region');
    knowing.when('ChangeMemberRole', { ...own, member: 'library', role: 'partner' }, context).thenRefused('network-kept-by-region');
    knowing.when('LeaveNetwork', { ...own, member: 'library' }, context).thenRefused('network-kept-by-region');
    knowing
      .when('HoldNetworkMeeting', { ...own, meeting: 'm', on: '2025-02-20', participants: [], topics: 'Syksy' }, context)
      .thenRefused('network-kept-by-region');
  });

  it('of another region is answered as one that is not there', () => {
    const other = { network: 'lapland', region: '01' } as const;
    const knowing = given(founded, joined).knowing(registered);
    const refusal = ['network-unknown', { network: 'lapland' }] as const;
    knowing.when('AppointCoordinator', { ...other, ...appointment }).thenRefused(...refusal);
    knowing.when('ReplaceCoordinator', { ...other, ...appointment }).thenRefused(...refusal);
    knowing.when('JoinNetwork', { ...other, member: 'club', role: 'partner' }).thenRefused(...refusal);
    knowing.when('ChangeMemberRole', { ...other, member: 'library', role: 'partner' }).thenRefused(...refusal);
    knowing.when('LeaveNetwork', { network: 'lapland', member: 'library' }).thenRefused(...refusal);
    knowing
      .when('HoldNetworkMeeting', { ...other, meeting: 'm', on: '2025-02-20', participants: [], topics: 'Syksy' })
      .thenRefused(...refusal);
    given()
      .when('LeaveNetwork', { ...own, member: 'library' })
      .thenRefused(...refusal);
  });
});

describe('the coordinator of a network', () => {
  it('is appointed where there is none, by the region or the agency', () => {
    for (const actor of [coordinator, agency])
      given(founded)
        .knowing(registered)
        .when('AppointCoordinator', { ...own, ...appointment, effectiveAt: '2025-01-10' }, { actor })
        .then([appointed]);
    given(founded, appointed)
      .knowing(registered)
      .when('AppointCoordinator', { ...own, ...appointment, coordinator: 'other', effectiveAt: '2025-05-01' })
      .thenRefused('coordinator-appointed', { coordinator: 'council-19' });
  });

  it('is replaced in the middle of a period, by another organisation or within one', () => {
    const next = { coordinator: 'council-19', contact: 'second' };
    given(founded, appointed)
      .knowing(registered)
      .when('ReplaceCoordinator', { ...own, ...next, reason: 'Työtehtävät vaihtuivat', effectiveAt: '2025-05-01' })
      .then([
        {
          type: 'CoordinatorReplaced',
          data: { ...next, person: 'lapland--second', reason: 'Työtehtävät vaihtuivat' },
          effectiveAt: '2025-05-01',
        },
      ]);
    const replaced = { type: 'CoordinatorReplaced', data: { ...next, person: 'lapland--second' }, effectiveAt: '2025-05-01' } as const;
    given(founded, appointed, replaced)
      .knowing(registered)
      .when('ReplaceCoordinator', { ...own, ...next, reason: 'r', effectiveAt: '2025-06-01' })
      .thenNothing();
    given(founded, appointed, replaced)
      .knowing(registered)
      .when('ReplaceCoordinator', { ...own, ...next, phone: '029 000 000', effectiveAt: '2025-06-01' })
      .then([{ ...replaced, data: { ...replaced.data, phone: '029 000 000' }, effectiveAt: '2025-06-01' }]);
    given(founded, appointed)
      .knowing(registered)
      .when('ReplaceCoordinator', { ...own, ...next, effectiveAt: '2025-01-09' })
      .thenRefused('coordinator-missing');
  });

  it('is an organisation that is registered and has no successor', () => {
    given(founded)
      .knowing({ organisation: { isRegistered: false } })
      .when('AppointCoordinator', { ...own, ...appointment }, { at: '2025-03-01' })
      .thenRefused('network-organisation-unknown', { organisation: 'council-19' });
    given(founded, appointed)
      .knowing({ organisation: { isRegistered: true, succession: { by: 'council-20', from: '2019-01-01' } } })
      .when('ReplaceCoordinator', { ...own, ...appointment }, { at: '2025-03-01' })
      .thenRefused('network-organisation-succeeded', { organisation: 'council-19', by: 'council-20' });
  });
});

describe('the members of a network', () => {
  it('join once, and again once they have left', () => {
    const library = { ...own, member: 'library', role: 'provider' } as const;
    given(founded)
      .knowing(registered)
      .when('JoinNetwork', { ...library, effectiveAt: '2025-02-01' }, { actor: coordinator })
      .then([joined]);
    given(founded, joined)
      .knowing(registered)
      .when('JoinNetwork', { ...library, effectiveAt: '2025-03-01' })
      .thenNothing();
    given(founded, joined)
      .knowing(registered)
      .when('JoinNetwork', { ...library, role: 'partner', effectiveAt: '2025-03-01' })
      .thenRefused('member-joined', { member: 'library' });
    given(founded, joined, left)
      .knowing(registered)
      .when('JoinNetwork', { ...library, effectiveAt: '2025-09-01' })
      .then([{ ...joined, effectiveAt: '2025-09-01' }]);
  });

  it('are organisations that are registered and have no successor', () => {
    const library = { ...own, member: 'library', role: 'provider' } as const;
    given(founded)
      .knowing({ organisation: { isRegistered: false } })
      .when('JoinNetwork', library, { at: '2025-03-01' })
      .thenRefused('network-organisation-unknown', { organisation: 'library' });
    const later = { organisation: { isRegistered: true, since: '2026-01-01' } };
    given(founded)
      .knowing(later)
      .when('JoinNetwork', library, { at: '2025-12-31T12:00:00Z' })
      .thenRefused('network-organisation-not-yet-registered', { organisation: 'library', since: '2026-01-01' });
    for (const context of [{ at: '2026-01-01' }, { at: '2025-06-01' }])
      given(founded)
        .knowing(later)
        .when('JoinNetwork', { ...library, effectiveAt: context.at === '2025-06-01' ? '2026-01-01' : '2025-02-01' }, context)
        .then([{ ...joined, effectiveAt: context.at === '2025-06-01' ? '2026-01-01' : '2025-02-01' }]);
    given(founded)
      .knowing({ organisation: { isRegistered: true, succession: { by: 'libraries', from: '2019-01-01' } } })
      .when('JoinNetwork', library, { at: '2025-03-01' })
      .thenRefused('network-organisation-succeeded', { organisation: 'library', by: 'libraries' });
  });

  it('change their role and leave while they are members', () => {
    const toPartner = { ...own, member: 'library', role: 'partner' } as const;
    given(founded, joined)
      .when('ChangeMemberRole', { ...toPartner, effectiveAt: '2025-03-01' })
      .then([{ type: 'MemberRoleChanged', data: { member: 'library', role: 'partner' }, effectiveAt: '2025-03-01' }]);
    given(founded, joined)
      .when('ChangeMemberRole', { ...toPartner, role: 'provider', effectiveAt: '2025-03-01' })
      .thenNothing();
    given(founded, joined)
      .when('LeaveNetwork', { ...own, member: 'library', effectiveAt: '2025-06-01' })
      .then([left]);
    for (const effectiveAt of ['2025-01-31', '2025-06-01'])
      given(founded, joined, left)
        .when('ChangeMemberRole', { ...toPartner, effectiveAt })
        .thenRefused('member-unknown', { members: ['library'] });
    given(founded, joined, left)
      .when('LeaveNetwork', { ...own, member: 'library', effectiveAt: '2025-07-01' })
      .thenRefused('member-unknown', { members: ['library'] });
  });
});

describe('a meeting of a network', () => {
  const meeting = { meeting: 'spring', on: '2025-06-01', participants: ['library'], topics: 'Kevään tapahtumat' };
  const held = { type: 'NetworkMeetingHeld', data: meeting, effectiveAt: '2025-06-01' } as const;
  const leftLater = { ...left, effectiveAt: '2025-06-02' };

  it('is recorded once it was held, with members of that day', () => {
    given(founded, joined, leftLater)
      .when('HoldNetworkMeeting', { ...own, ...meeting, participants: ['library', 'library'] }, { at: '2025-06-03' })
      .then([held]);
    given(founded, joined, left)
      .when('HoldNetworkMeeting', { ...own, ...meeting, participants: ['library', 'club'] }, { at: '2025-06-03' })
      .thenRefused('member-unknown', { members: ['library', 'club'] });
    given(founded, joined)
      .when('HoldNetworkMeeting', { ...own, ...meeting }, { at: '2025-05-31' })
      .thenRefused('meeting-in-future', { on: '2025-06-01' });
  });

  it('is recorded once', () => {
    given(founded, joined, held)
      .when('HoldNetworkMeeting', { ...own, ...meeting }, { at: '2025-06-03' })
      .thenNothing();
    given(founded, joined, held)
      .when('HoldNetworkMeeting', { ...own, ...meeting, topics: 'Muuta' }, { at: '2025-06-03' })
      .thenRefused('meeting-exists', { meeting: 'spring' });
  });
});
