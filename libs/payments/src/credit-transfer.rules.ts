import type { DebtorAccount } from '#engines/bank-port';
import type { Day, Instant } from '#kernel/helsinki-time';
import type { Cents } from '#kernel/money';
import type { WhichPayment } from './batch.facts.js';
import { endToEndId, instructionId, messageId } from './batch.rules.js';
import { lineOf, xmlOf, type Written } from './xml.rules.js';

/** A payment of the file, with its account opened. */
export interface TransferredPayment extends WhichPayment {
  readonly amount: Cents;
  readonly iban: string;
  readonly holder: string;
}

export interface CreditTransfer {
  readonly batch: string;
  /** When the batch was released: the same batch has the same file, whenever it is written. */
  readonly created: Instant;
  readonly executeOn: Day;
  readonly debtor: DebtorAccount;
  readonly payments: readonly TransferredPayment[];
}

const namespace = 'urn:iso:std:iso:20022:tech:xsd:pain.001.001.09';
/** SEPA takes no longer names. */
const longestName = 70;
const longestReference = 140;

/** The file of a batch: ISO 20022 pain.001.001.09, of SEPA credit transfers in euros from one account. It follows from its content alone, to the byte. */
export function creditTransfer({ batch, created, executeOn, debtor, payments }: CreditTransfer): string {
  const sum = euros(payments.reduce((total, { amount }) => total + BigInt(amount), 0n));
  const count = String(payments.length);
  return xmlOf([
    'Document',
    [
      [
        'CstmrCdtTrfInitn',
        [
          [
            'GrpHdr',
            [
              ['MsgId', messageId(batch)],
              ['CreDtTm', created],
              ['NbOfTxs', count],
              ['CtrlSum', sum],
              ['InitgPty', [['Nm', lineOf(debtor.name, longestName)]]],
            ],
          ],
          [
            'PmtInf',
            [
              ['PmtInfId', messageId(batch)],
              ['PmtMtd', 'TRF'],
              ['NbOfTxs', count],
              ['CtrlSum', sum],
              ['PmtTpInf', [['SvcLvl', [['Cd', 'SEPA']]]]],
              ['ReqdExctnDt', [['Dt', executeOn]]],
              ['Dbtr', [['Nm', lineOf(debtor.name, longestName)]]],
              ['DbtrAcct', [['Id', [['IBAN', debtor.iban]]]]],
              ['DbtrAgt', [['FinInstnId', debtor.bic === undefined ? [['Othr', [['Id', 'NOTPROVIDED']]]] : [['BICFI', debtor.bic]]]]],
              ['ChrgBr', 'SLEV'],
              ...payments.map((payment): Written => transaction(batch, payment)),
            ],
          ],
        ],
      ],
    ],
    { xmlns: namespace },
  ]);
}

function transaction(batch: string, payment: TransferredPayment): Written {
  return [
    'CdtTrfTxInf',
    [
      [
        'PmtId',
        [
          ['InstrId', instructionId(batch, payment)],
          ['EndToEndId', endToEndId(payment)],
        ],
      ],
      ['Amt', [['InstdAmt', euros(BigInt(payment.amount)), { Ccy: 'EUR' }]]],
      ['Cdtr', [['Nm', lineOf(payment.holder, longestName) || 'NOTPROVIDED']]],
      ['CdtrAcct', [['Id', [['IBAN', payment.iban]]]]],
      ['RmtInf', [['Ustrd', lineOf(`${payment.grant} ${payment.payment}`, longestReference)]]],
    ],
  ];
}

/** Euros with their cents, after a point. */
function euros(amount: bigint): string {
  return `${amount / 100n}.${String(amount % 100n).padStart(2, '0')}`;
}
