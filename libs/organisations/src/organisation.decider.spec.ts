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
      .knowing({ successor: { isRegistered: true } })
      .when('SucceedOrganisation', { organisation: 'a', by: 'other' })
      .thenRefused('organisation-unknown');
  });

  it('is succeeded by another that is registered, and is not changed any more', () => {
    const toOther = { organisation: 'a', by: 'other' };
    given(registered)
      .knowing({ successor: { isRegistered: true } })
      .when('SucceedOrganisation', toOther)
      .then([succeeded]);
    given(registered)
      .knowing({ successor: { isRegistered: false } })
      .when('SucceedOrganisation', toOther)
      .thenRefused('successor-unknown', { by: 'other' });
    given(registered)
      .knowing({ successor: { isRegistered: true } })
      .when('SucceedOrganisation', { organisation: 'a', by: 'a' })
      .thenRefused('succeeded-by-itself');
    given(registered, succeeded)
      .when('RenameOrganisation', { organisation: 'a', names: dvv })
      .thenRefused('organisation-succeeded', { by: 'other' });
    given(registered, succeeded).when('SucceedOrganisation', toOther).thenNothing();
    given(registered, succeeded)
      .when('SucceedOrganisation', { organisation: 'a', by: 'third' })
      .thenRefused('organisation-succeeded', { by: 'other' });
  });
});
