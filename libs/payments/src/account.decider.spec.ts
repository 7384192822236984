import { describe, it } from '@jest/globals';
import { specOf } from '#kernel/decider.testing';
import { payeeAccount } from './account.decider.js';

const { given } = specOf(payeeAccount);
const organisation = 'fictional-council';
const account = { organisation, iban: 'FI2112345600000785', holder: 'Kuvitteellinen liitto' };
const named = (number: number, iban = account.iban) =>
  ({
    type: 'PayeeAccountNamed',
    data: { ...account, iban, account: number, person: `payeeAccount-${organisation}--${number}` },
  }) as const;
const confirmed = (number: number) => ({ type: 'PayeeAccountConfirmed', data: { account: number, evidence: 'e' } }) as const;

describe('the account of a payee', () => {
  it('is an IBAN whose check digits are right, in one spelling', () => {
    given()
      .when('NamePayeeAccount', { ...account, iban: 'fi21 1234 5600 0007 85' })
      .then([named(1)]);
    given()
      .when('NamePayeeAccount', { ...account, iban: 'FI2112345600000786' })
      .thenRefused('iban-wrong');
  });

  it('is named anew under a key of its own, and has to be confirmed again', () => {
    const other = 'FI1410093000123458';
    given(named(1), confirmed(1)).when('NamePayeeAccount', account).thenNothing();
    given(named(1), confirmed(1))
      .when('NamePayeeAccount', { ...account, iban: other })
      .then([named(2, other)]);
    given(named(1))
      .when('ConfirmPayeeAccount', { organisation, account: 1, evidence: 'e' })
      .then([confirmed(1)]);
    given(named(1), confirmed(1)).when('ConfirmPayeeAccount', { organisation, account: 1, evidence: 'e' }).thenNothing();
    given(named(1), named(2, other))
      .when('ConfirmPayeeAccount', { organisation, account: 1, evidence: 'e' })
      .thenRefused('payee-account-changed', { account: 1, latest: 2 });
    given()
      .when('ConfirmPayeeAccount', { organisation, account: 1, evidence: 'e' })
      .thenRefused('payee-account-changed', { account: 1, latest: 0 });
  });
});
