import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { validateXML } from 'xmllint-wasm';
import { endToEndId } from './batch.rules.js';
import { creditTransfer, type CreditTransfer, type TransferredPayment } from './credit-transfer.rules.js';
import { all, at, readXml, textAt } from './xml.rules.js';

const schema = { fileName: 'pain.001.001.09.xsd', contents: readFileSync(join(import.meta.dirname, 'pain.001.001.09.xsd'), 'utf8') };
const payment = { grant: 'c--council', payment: 'p-1', amount: 4_200_000, iban: 'FI2112345600000785', holder: 'Kuvitteellinen liitto' };
const batch: CreditTransfer = {
  batch: 'batch-1',
  created: '2027-02-01T09:00:00.000Z',
  executeOn: '2027-02-02',
  debtor: { name: 'Kuvitteellinen ministeriö', iban: 'FI1410093000123458', bic: 'NDEAFIHH' },
  payments: [payment, { ...payment, payment: 'p-2', amount: 1 }],
};
const faults = async (...transfers: readonly CreditTransfer[]) => {
  const xml = transfers.map((transfer, index) => ({ fileName: `${index}.xml`, contents: creditTransfer(transfer) }));
  return (await validateXML({ xml, schema })).errors;
};
const transactions = (transfer: CreditTransfer) => all(at(readXml(creditTransfer(transfer)), 'CstmrCdtTrfInitn', 'PmtInf'), 'CdtTrfTxInf');

describe('the file of a batch', () => {
  it('is valid by the published schema of pain.001.001.09', async () => {
    const { bic: _, ...withoutBic } = batch.debtor;
    expect(await faults(batch, { ...batch, debtor: withoutBic }, { ...batch, payments: [payment] })).toEqual([]);
    expect(await faults({ ...batch, executeOn: 'tomorrow' })).not.toEqual([]);
  });

  it('says how many payments it has and what they come to, in euros and cents', () => {
    const header = at(readXml(creditTransfer(batch)), 'CstmrCdtTrfInitn', 'GrpHdr');
    expect([textAt(header, 'NbOfTxs'), textAt(header, 'CtrlSum'), textAt(header, 'CreDtTm')]).toEqual([
      '2',
      '42000.01',
      '2027-02-01T09:00:00.000Z',
    ]);
    expect(transactions(batch).map((one) => textAt(one, 'Amt', 'InstdAmt'))).toEqual(['42000.00', '0.01']);
  });

  it('is the same to the byte whenever it is written, and names a payment the same in every batch', () => {
    expect(creditTransfer(batch)).toBe(creditTransfer(structuredClone(batch)));
    const ids = (transfer: CreditTransfer, ...path: string[]) => transactions(transfer).map((one) => textAt(one, ...path));
    const other = { ...batch, batch: 'batch-2' };
    expect(ids(other, 'PmtId', 'EndToEndId')).toEqual(ids(batch, 'PmtId', 'EndToEndId'));
    expect(ids(batch, 'PmtId', 'EndToEndId')).toEqual(batch.payments.map(endToEndId));
    expect(new Set([...ids(other, 'PmtId', 'InstrId'), ...ids(batch, 'PmtId', 'InstrId')]).size).toBe(4);
    // These are in files that banks have: they never change.
    expect(endToEndId(payment)).toBe('c95da4d7c34150e7b11978f6546fa89b');
  });

  it('shows every name as it is: no text becomes markup, and what XML cannot hold is left out', async () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 200 }),
      fc.constantFrom(
        '</Nm><Nm>',
        ']]>',
        '<!--',
        '&amp;&#0;',
        '<?xml?>',
        '"\'',
        '\u0000\uD800',
        'Österbottens förbund & Ålands <landskap>',
      ),
    );
    const cases = fc.sample(fc.record({ holder: text, debtor: text }), { numRuns: 200, seed: 7 });
    const transfers = cases.map(({ holder, debtor }) => ({
      ...batch,
      debtor: { ...batch.debtor, name: `x${debtor}` },
      payments: [{ ...payment, holder }] satisfies TransferredPayment[],
    }));
    expect(await faults(...transfers)).toEqual([]);
    for (const transfer of transfers) {
      const [one, ...more] = transactions(transfer);
      expect([one?.within.map(({ name }) => name), more]).toEqual([['PmtId', 'Amt', 'Cdtr', 'CdtrAcct', 'RmtInf'], []]);
    }
    const [read] = transactions({ ...batch, payments: [{ ...payment, holder: ' A & <b>\n"c"\u0000 \'d\' ' }] });
    expect(textAt(read, 'Cdtr', 'Nm')).toBe('A & <b> "c" \'d\'');
  }, 300_000);

  it('takes no more of a name than SEPA does, and halves no character', () => {
    const [read] = transactions({ ...batch, payments: [{ ...payment, holder: '𝄞'.repeat(100) }] });
    expect(textAt(read, 'Cdtr', 'Nm')).toBe('𝄞'.repeat(70));
  });
});
