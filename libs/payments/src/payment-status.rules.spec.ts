import { describe, expect, it } from '@jest/globals';
import { messageId } from './batch.rules.js';
import { report, transaction } from './payment-status.testing.js';
import { answersTo, statusReport } from './payment-status.rules.js';

const [first, second] = [
  { grant: 'c--council', payment: 'p-1' },
  { grant: 'c--other', payment: 'p-1' },
];
const answers = (document: string) => answersTo(statusReport(document), [first, second], '2027-02-02');
const accepted = (payment: object, paidOn = '2027-02-02') => ({ ...payment, answer: 'accepted', paidOn });

describe('what the bank says', () => {
  it('is of a message, by its id', () => {
    expect(statusReport(report('batch-1', 'ACCP'))).toMatchObject({ report: 'report-batch-1', message: messageId('batch-1') });
  });

  it('of the whole is said of each payment', () => {
    expect(answers(report('b', 'ACSC'))).toEqual([accepted(first), accepted(second)]);
    expect(answers(report('b', 'RJCT', '<StsRsnInf><Rsn><Cd>NARR</Cd></Rsn><AddtlInf>No &amp; funds</AddtlInf></StsRsnInf>'))).toEqual([
      { ...first, answer: 'rejected', reason: 'NARR No & funds' },
      { ...second, answer: 'rejected', reason: 'NARR No & funds' },
    ]);
    for (const status of ['RCVD', 'ACTC', 'PDNG', 'NEWC'])
      expect(answers(report('b', status)).map(({ answer }) => answer)).toEqual(['pending', 'pending']);
  });

  it('of a payment counts before the whole, and a whole that is accepted in part says nothing of the others', () => {
    const rejected = transaction(first, 'RJCT', '<StsRsnInf><Rsn><Cd>AC01</Cd></Rsn></StsRsnInf>');
    const reasoned = { ...first, answer: 'rejected', reason: 'AC01' };
    expect(answers(report('b', 'PART', '', rejected))).toEqual([reasoned]);
    expect(answers(report('b', 'PART', '', rejected + transaction(second, 'ACSC')))).toEqual([reasoned, accepted(second)]);
    expect(answers(report('b', 'ACCP', '', rejected))).toEqual([reasoned, accepted(second)]);
  });

  it('dates a payment by its settlement, else by the day asked for, or a later one on which it was accepted', () => {
    const settled = '<FctvIntrBkSttlmDt><Dt>2027-02-04</Dt></FctvIntrBkSttlmDt>';
    expect(answers(report('b', 'PART', '', transaction(first, 'ACSC', settled)))).toEqual([accepted(first, '2027-02-04')]);
    const at = (time: string) => answers(report('b', 'PART', '', transaction(first, 'ACSC', `<AccptncDtTm>${time}</AccptncDtTm>`)));
    expect(at('2027-02-01T10:00:00')).toEqual([accepted(first)]);
    expect(at('2027-02-02T22:30:00Z')).toEqual([accepted(first, '2027-02-03')]);
    expect(at('2027-02-05T23:30:00')).toEqual([accepted(first, '2027-02-05')]);
  });

  it('is read from a document alone, which must be whole and of this kind', () => {
    const right = report('b', 'ACCP');
    for (const wrong of [
      right.slice(0, -20),
      right.replace('pain.002.001.10', 'pain.008.001.08'),
      right.replace('OrgnlMsgId', 'Other').replace('/OrgnlMsgId', '/Other'),
      '<!DOCTYPE Document [<!ENTITY x SYSTEM "file:///etc/hostname">]>' + right.replace(/^<\?.*\?>/, ''),
      '',
    ])
      expect(() => statusReport(wrong)).toThrow(SyntaxError);
  });
});
