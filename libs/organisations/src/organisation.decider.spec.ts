import { describe, it } from '@jest/globals';
import { specOf } from '#kernel/decider.testing';
import { organisation } from './organisation.decider.js';

const { given } = specOf(organisation);
const vrk = { fi: 'Väestörekisterikeskus', sv: 'Befolkningsregistercentralen' };
const dvv = { fi: 'Digi- ja väestötietovirasto', sv: 'Myndigheten för digitalisering och befolkningsdata' };
const registered = { type: 'OrganisationRegistered', data: { kind: 'agency', names: vrk } } as const;
const renamed = { type: 'OrganisationRenamed', data: { names: dvv }, effectiveAt: '2020-01-01' } as const;
const succeeded = { type: 'OrganisationSucceeded', data: { by: 'other' } } as const;

describe('an organisation', () => {
  it('is registered once, with its names and region', () => {
    given().when('RegisterOrganisation', { organisation: 'a', kind: 'agency', names: vrk }).then([registered]);
    given()
      .when('RegisterOrganisation', { organisation: 'a', kind: 'regional-council', names: vrk, region: '19', effectiveAt: '2018-04-05' })
      .then([{ type: 'OrganisationRegistered', data: { kind: 'regional-council', names: vrk, region: '19' }, effectiveAt: '2018-04-05' }]);
    given(registered).when('RegisterOrganisation', { organisation: 'a', kind: 'agency', names: vrk }).thenRefused('organisation-exists');
  });

  it('is renamed from a day on', () => {
    given(registered).when('RenameOrganisation', { organisation: 'a', names: dvv, effectiveAt: '2020-01-01' }).then([renamed]);
  });

  it('is not renamed to the name that it has at that time', () => {
    given(registered, renamed).when('RenameOrganisation', { organisation: 'a', names: dvv, effectiveAt: '2020-06-01' }).thenNothing();
    given(registered, renamed).when('RenameOrganisation', { organisation: 'a', names: vrk, effectiveAt: '2019-12-31' }).thenNothing();
    given(registered).when('RenameOrganisation', { organisation: 'a', names: vrk }, { at: '2026-01-01' }).thenNothing();
  });

  it('can get an earlier name back, and a name that was known late', () => {
    given(registered, renamed)
      .when('RenameOrganisation', { organisation: 'a', names: vrk, effectiveAt: '2021-01-01' })
      .then([{ type: 'OrganisationRenamed', data: { names: vrk }, effectiveAt: '2021-01-01' }]);
  });

  it('must be registered before anything else happens to it', () => {
    given().when('RenameOrganisation', { organisation: 'a', names: dvv }).thenRefused('organisation-unknown');
    given()
      .knowing({ successors: new Map([['other', { isRegistered: true }]]) })
      .when('SucceedOrganisation', { organisation: 'a', by: 'other' })
      .thenRefused('organisation-unknown');
  });

  it('is not renamed before it is registered', () => {
    const from2018 = { ...registered, effectiveAt: '2018-04-05' };
    given(from2018)
      .when('RenameOrganisation', { organisation: 'a', names: dvv, effectiveAt: '2018-04-04' })
      .thenRefused('renamed-before-registered', { since: '2018-04-05' });
    given(from2018)
      .when('RenameOrganisation', { organisation: 'a', names: dvv, effectiveAt: '2018-04-05' })
      .then([{ ...renamed, effectiveAt: '2018-04-05' }]);
  });

  it('has the day from which it is registered corrected with a reason, and its names of that day with it', () => {
    const from2018 = { ...registered, effectiveAt: '2018-04-05' };
    const correct = (effectiveAt: string) => ({ organisation: 'a', reason: 'r', effectiveAt });
    const corrected = (effectiveAt: string) => ({ type: 'OrganisationRegistrationCorrected', data: { reason: 'r' }, effectiveAt }) as const;
    given().when('CorrectOrganisationRegistration', correct('2017-01-01')).thenRefused('organisation-unknown');
    given(from2018).when('CorrectOrganisationRegistration', correct('2018-04-05')).thenNothing();
    given(from2018)
      .when('CorrectOrganisationRegistration', correct('2017-01-01'))
      .then([corrected('2017-01-01')]);
    const from2017 = given(from2018, corrected('2017-01-01'));
    from2017.when('CorrectOrganisationRegistration', correct('2017-01-01')).thenNothing();
    from2017.when('RenameOrganisation', { organisation: 'a', names: vrk, effectiveAt: '2017-06-01' }).thenNothing();
    from2017
      .when('RenameOrganisation', { organisation: 'a', names: dvv, effectiveAt: '2016-12-31' })
      .thenRefused('renamed-before-registered', { since: '2017-01-01' });
    given(from2018, corrected('2019-01-01'))
      .when('RenameOrganisation', { organisation: 'a', names: dvv, effectiveAt: '2018-12-31' })
      .thenRefused('renamed-before-registered', { since: '2019-01-01' });
  });

  it('is not registered only after it was renamed or succeeded', () => {
    const from2018 = { ...registered, effectiveAt: '2018-04-05' };
    const correct = { organisation: 'a', reason: 'r', effectiveAt: '2020-01-02' };
    for (const followed of [renamed, { ...succeeded, effectiveAt: '2020-01-01' }])
      given(from2018, followed)
        .when('CorrectOrganisationRegistration', correct)
        .thenRefused('registered-after-what-followed', { followed: '2020-01-01' });
    given(from2018, { ...renamed, effectiveAt: '2018-04-05' })
      .when('CorrectOrganisationRegistration', correct)
      .then([{ type: 'OrganisationRegistrationCorrected', data: { reason: 'r' }, effectiveAt: '2020-01-02' }]);
  });

  it('is succeeded by another that is registered', () => {
    const toOther = { organisation: 'a', by: 'other' };
    const other = { successors: new Map([['other', { isRegistered: true }]]) };
    given(registered).knowing(other).when('SucceedOrganisation', toOther).then([succeeded]);
    given(registered)
      .knowing({ successors: new Map([['other', { isRegistered: false }]]) })
      .when('SucceedOrganisation', toOther)
      .thenRefused('successor-unknown', { by: 'other' });
    given(registered).knowing(other).when('SucceedOrganisation', { organisation: 'a', by: 'a' }).thenRefused('succeeded-by-itself');
    given(registered, succeeded).knowing(other).when('SucceedOrganisation', toOther).thenNothing();
    given(registered, succeeded)
      .knowing(other)
      .when('SucceedOrganisation', { organisation: 'a', by: 'third' })
      .thenRefused('succession-recorded', { by: 'other' });
  });

  it('is not succeeded before it is registered, nor by one that is not registered by then', () => {
    const from2018 = { ...registered, effectiveAt: '2018-04-05' };
    const toOther = { organisation: 'a', by: 'other' } as const;
    const since2020 = { successors: new Map([['other', { isRegistered: true, since: '2020-01-01' }]]) };
    const reason = 'Väärä päivä';
    given(from2018)
      .knowing({ successors: new Map([['other', { isRegistered: true }]]) })
      .when('SucceedOrganisation', { ...toOther, effectiveAt: '2018-04-04' })
      .thenRefused('succeeded-before-registered', { since: '2018-04-05' });
    given(from2018)
      .knowing(since2020)
      .when('SucceedOrganisation', { ...toOther, effectiveAt: '2019-12-31' })
      .thenRefused('successor-not-yet-registered', { by: 'other', since: '2020-01-01' });
    given(from2018)
      .knowing(since2020)
      .when('SucceedOrganisation', { ...toOther, effectiveAt: '2020-01-01' })
      .then([{ ...succeeded, effectiveAt: '2020-01-01' }]);
    for (const [effectiveAt, code] of [
      ['2018-04-04', 'succeeded-before-registered'],
      ['2019-12-31', 'successor-not-yet-registered'],
    ] as const)
      given(from2018, { ...succeeded, effectiveAt: '2020-01-01' })
        .knowing(since2020)
        .when('CorrectOrganisationSuccession', { ...toOther, reason, effectiveAt })
        .thenRefused(code);
  });

  it('is not succeeded by one that it succeeds, nor by one that has been succeeded by then', () => {
    const toOther = { organisation: 'a', by: 'other', effectiveAt: '2030-01-01' };
    given(registered)
      .knowing({ successors: new Map([['other', { isRegistered: true, succession: { by: 'a', from: '2040-01-01' } }]]) })
      .when('SucceedOrganisation', toOther)
      .thenRefused('succession-in-a-circle', { by: 'other' });
    const longer = new Map([
      ['other', { isRegistered: true, succession: { by: 'third', from: '2040-01-01' } }],
      ['third', { isRegistered: true, succession: { by: 'fourth', from: '2041-01-01' } }],
      ['fourth', { isRegistered: true, succession: { by: 'a', from: '2042-01-01' } }],
    ]);
    given(registered).knowing({ successors: longer }).when('SucceedOrganisation', toOther).thenRefused('succession-in-a-circle');
    given(registered)
      .knowing({ successors: new Map([['other', { isRegistered: true, succession: { by: 'third', from: '2030-01-01' } }]]) })
      .when('SucceedOrganisation', toOther)
      .thenRefused('successor-succeeded', { by: 'other', next: 'third' });
    given(registered)
      .knowing({ successors: new Map([['other', { isRegistered: true, succession: { by: 'third', from: '2030-01-02' } }]]) })
      .when('SucceedOrganisation', toOther)
      .then([{ ...succeeded, effectiveAt: '2030-01-01' }]);
  });

  it('is not succeeded by one that it is claimed to succeed, though that is not recorded yet', () => {
    const toB = { organisation: 'a', by: 'b', effectiveAt: '2030-01-01' };
    const successors = new Map([
      ['b', { isRegistered: true, succession: { by: 'c', from: '2040-01-01' } }],
      ['c', { isRegistered: true }],
    ]);
    const claimed = (...edges: [string, string][]) => ({ count: edges.length, successors: new Map(edges) });
    const with_ = (...edges: [string, string][]) => given(registered).knowing({ successors, claimed: claimed(...edges) });
    with_(['c', 'd'], ['d', 'a']).when('SucceedOrganisation', toB).thenRefused('succession-in-a-circle', { by: 'b' });
    with_(['c', 'd'], ['e', 'a'])
      .when('SucceedOrganisation', toB)
      .then([{ type: 'OrganisationSucceeded', data: { by: 'b' }, effectiveAt: '2030-01-01' }]);
  });

  it('can change until the day from which it is succeeded, and not from then on', () => {
    const from2030 = { ...succeeded, effectiveAt: '2030-01-01' };
    given(registered, from2030)
      .when('RenameOrganisation', { organisation: 'a', names: dvv, effectiveAt: '2029-12-31' })
      .then([{ ...renamed, effectiveAt: '2029-12-31' }]);
    given(registered, from2030)
      .when('RenameOrganisation', { organisation: 'a', names: dvv, effectiveAt: '2030-01-01' })
      .thenRefused('organisation-succeeded', { by: 'other' });
  });

  it('has its successor and the day of it corrected with a reason, and not silently kept', () => {
    const from2030 = { ...succeeded, effectiveAt: '2030-01-01' };
    const other = {
      successors: new Map([
        ['other', { isRegistered: true }],
        ['third', { isRegistered: true }],
      ]),
    };
    for (const effectiveAt of ['2029-01-01', '2031-01-01'])
      given(registered, from2030)
        .knowing(other)
        .when('SucceedOrganisation', { organisation: 'a', by: 'other', effectiveAt })
        .thenRefused('succession-recorded', { by: 'other', from: '2030-01-01' });
    const correct = { organisation: 'a', by: 'third', reason: 'r', effectiveAt: '2031-01-01' };
    const corrected = { type: 'OrganisationSuccessionCorrected', data: { by: 'third', reason: 'r' }, effectiveAt: '2031-01-01' } as const;
    given(registered, from2030).knowing(other).when('CorrectOrganisationSuccession', correct).then([corrected]);
    given(registered, from2030, corrected).knowing(other).when('CorrectOrganisationSuccession', correct).thenNothing();
    given(registered).knowing(other).when('CorrectOrganisationSuccession', correct).thenRefused('succession-not-recorded');
    given(registered, from2030, corrected)
      .when('RenameOrganisation', { organisation: 'a', names: dvv, effectiveAt: '2030-06-01' })
      .then([{ ...renamed, effectiveAt: '2030-06-01' }]);
  });
});
