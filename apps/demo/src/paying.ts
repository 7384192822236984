import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ibanOf } from '#kernel/iban';
import { all, at, readXml, textAt, xmlOf, type Written } from '#payments/xml.rules';
import { decider, of, presenter, registrar, together, type Party } from './cast.js';
import type { DemoServer } from './demo-server.js';

/** A payment that was decided. */
interface Decided {
  readonly party: Party;
  readonly payment: string;
}

/** Whose first account is closed: the bank rejects what is paid to it. */
const moved = of('12');
/** Fictional accounts: of each party, and of the one that has moved. */
const accountOf = ({ code }: Party, number: number): string => ibanOf('FI', `000000000${code}${String(number).padStart(3, '0')}`);

/** The payees name their accounts, and the ministry confirms them. */
export async function namingAccounts(demo: DemoServer, some: readonly Party[]): Promise<void> {
  await together(some, async (party) => name(demo, party, 1));
}

/** A batch of payments with one that the bank rejects; it goes to the corrected account in the next. */
export async function payingInBatches(demo: DemoServer, decided: readonly Decided[]): Promise<void> {
  await sendBatch(demo, 'august', decided, '2026-08-03', [accountOf(moved, 1)]);
  await demo.at('2026-08-10T10:00');
  await name(demo, moved, 2);
  const rejected = decided.filter(({ party }) => party === moved);
  await sendBatch(demo, 'august-corrected', rejected, '2026-08-10', []);
}

/** One prepares the batch in the morning, another releases it, and the bank answers its file: what goes to these accounts is rejected. */
async function sendBatch(
  demo: DemoServer,
  batch: string,
  decided: readonly Decided[],
  day: string,
  closed: readonly string[],
): Promise<void> {
  const payments = decided.map(({ party: { application, organisation }, payment }) => ({ grant: application, payment, organisation }));
  await demo.send('preparePaymentBatch', { batch, executeOn: day, payments }, presenter);
  await demo.at(`${day}T10:10`);
  await demo.refused('batch-releaser-prepared', 'releasePaymentBatch', { batch }, presenter);
  await demo.send('releasePaymentBatch', { batch }, decider);
  await demo.at(`${day}T10:11`);
  const file = readFileSync(join(demo.bankFolder, 'outgoing', `pain.001-${batch}.xml`), 'utf8');
  writeFileSync(join(demo.bankFolder, 'incoming', `pain.002-${batch}.xml`), answerTo(file, closed));
  await demo.at(`${day}T10:30`);
}

async function name(demo: DemoServer, party: Party, account: number): Promise<void> {
  const { organisation } = party;
  const iban = accountOf(party, account);
  await demo.send('namePayeeAccount', { organisation, iban, holder: `${party.name} (kuvitteellinen)` }, party.signatory);
  await demo.send('confirmPayeeAccount', { organisation, account, evidence: 'Kuvitteellinen pankin todistus' }, registrar);
}

/** What a fictional bank answers to a file (pain.002): it pays all but what goes to accounts that are closed. */
function answerTo(file: string, closed: readonly string[]): string {
  const transfer = at(readXml(file), 'CstmrCdtTrfInitn');
  const message = textAt(transfer, 'GrpHdr', 'MsgId') as string;
  const said = all(at(transfer, 'PmtInf'), 'CdtTrfTxInf').map((one): Written => {
    const isClosed = closed.includes(textAt(one, 'CdtrAcct', 'Id', 'IBAN') as string);
    return [
      'TxInfAndSts',
      [
        ['OrgnlEndToEndId', textAt(one, 'PmtId', 'EndToEndId') as string],
        ['TxSts', isClosed ? 'RJCT' : 'ACSC'],
        isClosed ? ['StsRsnInf', [['Rsn', [['Cd', 'AC04']]]]] : undefined,
      ],
    ];
  });
  return xmlOf([
    'Document',
    [
      [
        'CstmrPmtStsRpt',
        [
          [
            'GrpHdr',
            [
              ['MsgId', createHash('sha256').update(file).digest('hex').slice(0, 32)],
              ['CreDtTm', textAt(transfer, 'GrpHdr', 'CreDtTm') as string],
            ],
          ],
          [
            'OrgnlGrpInfAndSts',
            [
              ['OrgnlMsgId', message],
              ['OrgnlMsgNmId', 'pain.001.001.09'],
              ['GrpSts', closed.length > 0 ? 'PART' : 'ACSC'],
            ],
          ],
          ['OrgnlPmtInfAndSts', [['OrgnlPmtInfId', message], ...said]],
        ],
      ],
    ],
    { xmlns: 'urn:iso:std:iso:20022:tech:xsd:pain.002.001.10' },
  ]);
}
