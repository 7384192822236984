import { describe, it } from '@jest/globals';
import { specOf } from '#kernel/decider.testing';
import { guidance } from './guidance.decider.js';

const { given } = specOf(guidance);
const both = (text: string) => ({ fi: `${text} (kuvitteellinen)`, sv: `${text} (påhittad)` });
const content = { names: both('Ohje'), text: both('Näin opastetaan'), readers: ['providers' as const] };
const next = { ...content, text: both('Näin opastetaan nyt') };
const published = { type: 'GuidancePublished', data: content, effectiveAt: '2025-01-01' } as const;
const revised = { type: 'GuidanceRevised', data: { version: 2, ...next, reason: 'Palaute' }, effectiveAt: '2025-03-01' } as const;
const retired = { type: 'GuidanceRetired', data: { reason: 'Vanhentunut' }, effectiveAt: '2025-06-01' } as const;

describe('guidance', () => {
  it('is published once, for somebody, in Finnish and Swedish', () => {
    given()
      .when('PublishGuidance', { guidance: 'g', ...content, effectiveAt: '2025-01-01' })
      .then([published]);
    given(published)
      .when('PublishGuidance', { guidance: 'g', ...content })
      .thenNothing();
    given(published)
      .when('PublishGuidance', { guidance: 'g', ...next })
      .thenRefused('guidance-exists', { guidance: 'g' });
    given()
      .when('PublishGuidance', { guidance: 'g', ...content, readers: [] })
      .thenRefused('guidance-readers-missing');
    given()
      .when('PublishGuidance', { guidance: 'g', ...content, names: { fi: 'Ohje' }, text: { en: 'So' } })
      .thenRefused('guidance-language-missing', { missing: ['names.sv', 'text.fi', 'text.sv'] });
  });

  it('is revised as a whole, from later than the version before, and not where nothing changes', () => {
    const revise = { guidance: 'g', ...next, reason: 'Palaute' };
    given(published)
      .when('ReviseGuidance', { ...revise, effectiveAt: '2025-03-01' })
      .then([revised]);
    given(published, revised).when('ReviseGuidance', revise, { at: '2025-04-01' }).thenNothing();
    given(published)
      .when('ReviseGuidance', { ...revise, effectiveAt: '2025-01-01' })
      .thenRefused('guidance-not-later', { current: '2025-01-01' });
    given().when('ReviseGuidance', revise).thenRefused('guidance-unknown', { guidance: 'g' });
  });

  it('is said to hold from another day by no command that says the same', () => {
    const again = { ...next, guidance: 'g', reason: 'Palaute' };
    given(published, revised)
      .when('ReviseGuidance', { ...again, effectiveAt: '2025-03-01' })
      .thenNothing();
    given(published, revised)
      .when('ReviseGuidance', { ...again, effectiveAt: '2025-05-01' })
      .thenRefused('guidance-same', { version: 2, since: '2025-03-01' });
    given(published)
      .when('PublishGuidance', { guidance: 'g', ...content, effectiveAt: '2025-05-01' })
      .thenRefused('guidance-exists');
  });

  it('is retired once, and names only guidance in use as what replaces it', () => {
    const retire = { guidance: 'g', reason: 'Vanhentunut', effectiveAt: '2025-06-01' };
    given(published).when('RetireGuidance', retire).then([retired]);
    given(published, retired).when('RetireGuidance', retire).thenRefused('guidance-retired', { guidance: 'g', since: '2025-06-01' });
    // At this instant it is the next day in Helsinki.
    given(published, { ...retired, effectiveAt: '2025-06-01T21:30:00.000Z' })
      .when('RetireGuidance', retire)
      .thenRefused('guidance-retired', { guidance: 'g', since: '2025-06-02' });
    given(published, retired)
      .when('ReviseGuidance', { guidance: 'g', ...next, reason: 'r' }, { at: '2025-07-01' })
      .thenRefused('guidance-retired');
    given(published)
      .when('RetireGuidance', { ...retire, replacedBy: 'h' })
      .thenRefused('guidance-replacement-unknown', { replacedBy: 'h' });
    given(published)
      .knowing({ replacement: { isPublished: true } })
      .when('RetireGuidance', { ...retire, replacedBy: 'g' })
      .thenRefused('guidance-replacement-unknown', { replacedBy: 'g' });
    given(published)
      .knowing({ replacement: { isPublished: true } })
      .when('RetireGuidance', { ...retire, replacedBy: 'h' })
      .then([{ ...retired, data: { reason: 'Vanhentunut', replacedBy: 'h' } }]);
  });
});

describe('a support structure', () => {
  const structure = { kind: 'method' as const, names: both('Menetelmä'), text: both('Kuvaus'), coAuthors: ['council-19'] };
  const organisations = new Map([['council-19', { isRegistered: true }]]);
  const drafted = (draft: number, more: object = {}) =>
    ({ type: 'SupportStructureDrafted', data: { ...structure, ...more, draft } }) as const;
  const adopted = { type: 'SupportStructureAdopted', data: { version: 1, ...structure } } as const;
  const draft = { structure: 's', ...structure };

  it('is drafted together with organisations of the register', () => {
    given()
      .knowing({ organisations })
      .when('DraftSupportStructure', draft)
      .then([drafted(1)]);
    given(drafted(1)).knowing({ organisations }).when('DraftSupportStructure', draft).thenNothing();
    given(drafted(1))
      .knowing({ organisations })
      .when('DraftSupportStructure', { ...draft, kind: 'training' })
      .then([drafted(2, { kind: 'training' })]);
    given()
      .when('DraftSupportStructure', { ...draft, coAuthors: [] })
      .thenRefused('structure-co-authors-missing');
    given().when('DraftSupportStructure', draft).thenRefused('structure-co-author-unknown', { organisation: 'council-19' });
    given(published).knowing({ organisations }).when('DraftSupportStructure', draft).thenRefused('structure-id-taken');
  });

  it('is adopted as it was read, and then version by version', () => {
    given(drafted(1)).when('AdoptSupportStructure', { structure: 's', draft: 1 }).then([adopted]);
    given(drafted(1), adopted).when('AdoptSupportStructure', { structure: 's', draft: 1 }).thenNothing();
    const adoptedInMarch = { ...adopted, effectiveAt: '2025-03-01' } as const;
    given(drafted(1), adoptedInMarch).when('AdoptSupportStructure', { structure: 's', draft: 1, effectiveAt: '2025-03-01' }).thenNothing();
    given(drafted(1), adoptedInMarch)
      .when('AdoptSupportStructure', { structure: 's', draft: 1, effectiveAt: '2025-05-01' })
      .thenRefused('structure-not-drafted');
    given(drafted(1), drafted(2, { kind: 'training' }))
      .when('AdoptSupportStructure', { structure: 's', draft: 1 })
      .thenRefused('structure-draft-changed', { read: 1, current: 2 });
    given(drafted(1), adopted, drafted(2, { kind: 'training' }))
      .when('AdoptSupportStructure', { structure: 's', draft: 2 })
      .then([{ type: 'SupportStructureAdopted', data: { version: 2, ...structure, kind: 'training' } }]);
    given(drafted(1), adopted).when('AdoptSupportStructure', { structure: 's', draft: 2 }).thenRefused('structure-not-drafted');
    given().when('AdoptSupportStructure', { structure: 's', draft: 1 }).thenRefused('structure-unknown');
    given(published)
      .when('ReviseGuidance', { guidance: 'g', ...content, reason: 'r' })
      .thenNothing();
    given(drafted(1))
      .when('ReviseGuidance', { guidance: 's', ...content, reason: 'r' })
      .thenRefused('guidance-unknown');
  });
});
