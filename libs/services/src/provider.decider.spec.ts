import { describe, it } from '@jest/globals';
import { specOf } from '#kernel/decider.testing';
import { provider } from './provider.decider.js';

const { given } = specOf(provider);
const whose = { organisation: 'library' };
const known = { organisation: { isRegistered: true } };
const registered = { type: 'ProviderRegistered', data: { phone: '040 000' } } as const;
const content = {
  names: { fi: 'Digiopastus' },
  kind: 'service-point',
  contents: ['devices', 'safety'],
  languages: ['fi'],
  audiences: ['everyone'],
  municipalities: ['091'],
  place: { municipality: '091', address: 'Katu 1' },
  hours: [
    { weekday: 'monday', opens: '09:00', closes: '12:00' },
    { weekday: 'monday', opens: '12:00', closes: '16:00' },
  ],
  exceptions: [{ on: '2026-12-24', hours: [] }],
  accessibility: [],
} as const;
const offer = { ...whose, service: 'help', ...content };
const offered = { type: 'ServiceOffered', data: { service: 'help', ...content }, effectiveAt: '2026-01-01' } as const;
const ended = { type: 'ServiceEnded', data: { service: 'help', reason: 'Suljettiin' }, effectiveAt: '2026-06-01' } as const;

describe('a provider', () => {
  it('is an organisation of the register that no other has succeeded', () => {
    given()
      .knowing(known)
      .when('RegisterProvider', { ...whose, phone: '040 000' })
      .then([registered]);
    given().when('RegisterProvider', whose).thenRefused('provider-organisation-unknown', { organisation: 'library' });
    const later = { organisation: { isRegistered: true, since: '2026-01-01' } };
    given()
      .knowing(later)
      .when('RegisterProvider', whose, { at: '2025-12-31T21:59:59.999Z' })
      .thenRefused('provider-organisation-not-yet-registered', { organisation: 'library', since: '2026-01-01' });
    given()
      .knowing(later)
      .when('RegisterProvider', { ...whose, phone: '040 000' }, { at: '2026-01-01' })
      .then([registered]);
    const succeeded = { organisation: { isRegistered: true, succession: { by: 'libraries', from: '2019-01-01' } } };
    given()
      .knowing(succeeded)
      .when('RegisterProvider', whose, { at: '2026-01-01' })
      .thenRefused('provider-organisation-succeeded', { organisation: 'library', by: 'libraries' });
    given(registered)
      .knowing(succeeded)
      .when('OfferService', offer, { at: '2026-01-01' })
      .thenRefused('provider-organisation-succeeded', { organisation: 'library', by: 'libraries' });
  });

  it('changes how it is reached by registering anew', () => {
    given(registered)
      .knowing(known)
      .when('RegisterProvider', { ...whose, phone: '040 000' })
      .thenNothing();
    given(registered)
      .knowing(known)
      .when('RegisterProvider', { ...whose, website: 'https://example.invalid' })
      .then([{ type: 'ProviderRegistered', data: { website: 'https://example.invalid' } }]);
  });

  it('is registered before it offers or commits to anything', () => {
    given().knowing(known).when('OfferService', offer).thenRefused('provider-unknown');
    given().when('ReviseService', offer).thenRefused('provider-unknown');
    given()
      .when('EndService', { ...whose, service: 'help' })
      .thenRefused('provider-unknown');
    given()
      .when('CommitToEthicalPrinciples', { ...whose, principles: 'p', version: 1 })
      .thenRefused('provider-unknown');
    given()
      .when('WithdrawEthicalCommitment', { ...whose, principles: 'p' })
      .thenRefused('provider-unknown');
  });
});

describe('a service', () => {
  const unchanged = { ...offer, effectiveAt: '2026-03-01' };

  it('is offered from a day on, once for each id, with nothing in it twice', () => {
    given(registered)
      .knowing(known)
      .when('OfferService', { ...offer, languages: ['fi', 'fi'], municipalities: ['091', '091'], effectiveAt: '2026-01-01' })
      .then([offered]);
    given(registered, offered).knowing(known).when('OfferService', unchanged).thenNothing();
    given(registered, offered)
      .knowing(known)
      .when('OfferService', { ...unchanged, contents: ['devices'] })
      .thenRefused('service-exists', { service: 'help' });
    given(registered, offered, ended)
      .knowing(known)
      .when('OfferService', { ...offer, effectiveAt: '2026-07-01' })
      .thenRefused('service-exists', { service: 'help' });
  });

  it('is revised and ended while it is on offer', () => {
    const revised = { ...content, languages: ['fi', 'sv'] } as const;
    given(registered, offered)
      .when('ReviseService', { ...whose, service: 'help', ...revised, effectiveAt: '2026-03-01' })
      .then([{ type: 'ServiceRevised', data: { service: 'help', ...revised }, effectiveAt: '2026-03-01' }]);
    given(registered, offered).when('ReviseService', unchanged).thenNothing();
    given(registered, offered)
      .when('EndService', { ...whose, service: 'help', reason: 'Suljettiin', effectiveAt: '2026-06-01' })
      .then([ended]);
    for (const effectiveAt of ['2025-12-31', '2026-06-01']) {
      given(registered, offered, ended)
        .when('ReviseService', { ...whose, service: 'help', ...revised, effectiveAt })
        .thenRefused('service-unknown', { service: 'help' });
      given(registered, offered, ended)
        .when('EndService', { ...whose, service: 'help', effectiveAt })
        .thenRefused('service-unknown', { service: 'help' });
    }
  });

  it('is described rightly when it is revised, too', () => {
    given(registered, offered)
      .when('ReviseService', { ...unchanged, municipalities: ['091', '999'] })
      .thenRefused('service-municipality-unknown', { field: 'municipalities', municipality: '999' });
  });
});

describe('a commitment to ethical principles', () => {
  const version = (inForceFrom: string, number: number) => ({ version: number, names: {}, principles: [], inForceFrom });
  const published = { published: { versions: [version('2025-01-01', 1), version('2026-01-01', 2), version('2027-01-01', 3)] } };
  const commit = (number: number) => ({ ...whose, principles: 'p', version: number });
  const committed = (number: number) => ({ type: 'EthicalPrinciplesCommitted', data: { principles: 'p', version: number } }) as const;
  const at = '2026-05-01';

  it('is to the version in force or one to come, and is made anew when that is replaced', () => {
    for (const number of [2, 3])
      given(registered, committed(1))
        .knowing(published)
        .when('CommitToEthicalPrinciples', commit(number), { at })
        .then([committed(number)]);
    given(registered)
      .knowing(published)
      .when('CommitToEthicalPrinciples', commit(1), { at })
      .thenRefused('principles-version-replaced', { version: 1, current: 2 });
    given(registered)
      .knowing(published)
      .when('CommitToEthicalPrinciples', commit(4), { at })
      .thenRefused('principles-version-unknown', { principles: 'p', version: 4 });
    given(registered).when('CommitToEthicalPrinciples', commit(1), { at }).thenRefused('principles-version-unknown');
  });

  it('is made once, and not to an older version than before', () => {
    for (const number of [2, 3])
      given(registered, committed(number)).knowing(published).when('CommitToEthicalPrinciples', commit(2), { at }).thenNothing();
  });

  it('is withdrawn where there is one', () => {
    const withdrawn = { type: 'EthicalCommitmentWithdrawn', data: { principles: 'p', reason: 'Syy' } } as const;
    given(registered, committed(2))
      .when('WithdrawEthicalCommitment', { ...whose, principles: 'p', reason: 'Syy' })
      .then([withdrawn]);
    given(registered, committed(2))
      .when('WithdrawEthicalCommitment', { ...whose, principles: 'q' })
      .thenRefused('commitment-missing', { principles: 'q' });
    given(registered, committed(2), withdrawn)
      .when('WithdrawEthicalCommitment', { ...whose, principles: 'p' })
      .thenRefused('commitment-missing', { principles: 'p' });
    given(registered, committed(2), withdrawn)
      .knowing(published)
      .when('CommitToEthicalPrinciples', commit(2), { at })
      .then([committed(2)]);
  });
});
