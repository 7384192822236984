import { describe, expect, it } from '@jest/globals';
import { specOf } from '#kernel/decider.testing';
import { mailbox } from './mailbox.decider.js';

const { given } = specOf(mailbox);
const address = 'digituki@kuvitteellinen.example';
const named = (times: number) =>
  ({ type: 'MailboxNamed', data: { region: '19', person: `region-19--${times}`, address, languages: ['fi', 'sv'] } }) as const;

describe('a mailbox', () => {
  it('is a region’s or an organisation’s, in Finnish and Swedish unless said otherwise', () => {
    given()
      .when('NameMailbox', { region: '19', address })
      .then([named(1)]);
    given()
      .when('NameMailbox', { region: '19', address, languages: [] })
      .then([named(1)]);
    given()
      .when('NameMailbox', { organisation: 'council', address, languages: ['sv', 'sv'] })
      .then([{ type: 'MailboxNamed', data: { organisation: 'council', person: 'organisation-council--1', address, languages: ['sv'] } }]);
    given().when('NameMailbox', { address }).thenRefused('mailbox-of-one');
    given().when('NameMailbox', { region: '19', organisation: 'council', address }).thenRefused('mailbox-of-one');
    given(named(1)).when('RemoveMailbox', { region: '19', organisation: 'council' }).thenRefused('mailbox-of-one');
  });

  it('has each of its addresses sealed under a key of its own, so that one is forgotten alone', () => {
    given(named(1))
      .when('NameMailbox', { region: '19', address: 'toinen@kuvitteellinen.example' })
      .then([{ ...named(2), data: { ...named(2).data, address: 'toinen@kuvitteellinen.example' } }]);
    given(named(1), { type: 'MailboxRemoved', data: {} })
      .when('NameMailbox', { region: '19', address })
      .then([named(2)]);
  });

  it('is not named anew by the same address and languages, unless that cannot be read any more', () => {
    given(named(1)).when('NameMailbox', { region: '19', address }).thenNothing();
    given(named(1))
      .when('NameMailbox', { region: '19', address, languages: ['sv', 'fi'] })
      .then([{ ...named(2), data: { ...named(2).data, languages: ['sv', 'fi'] } }]);
    given(named(1))
      .when('NameMailbox', { region: '19', address }, { opened: () => undefined })
      .then([named(2)]);
  });

  it('is removed once', () => {
    given(named(1))
      .when('RemoveMailbox', { region: '19' })
      .then([{ type: 'MailboxRemoved', data: {} }]);
    given().when('RemoveMailbox', { region: '19' }).thenNothing();
    given(named(1), { type: 'MailboxRemoved', data: {} }).when('RemoveMailbox', { region: '19' }).thenNothing();
  });

  it('has a stream for each region and organisation', () => {
    expect(mailbox.key({ region: '19' })).toBe('region-19');
    expect(mailbox.key({ organisation: 'council' })).toBe('organisation-council');
  });
});
