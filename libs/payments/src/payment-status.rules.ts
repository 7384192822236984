import { dayOf, type Day } from '#kernel/helsinki-time';
import type { AnsweredPayment } from './batch.events.js';
import type { WhichPayment } from './batch.facts.js';
import { endToEndId } from './batch.rules.js';
import { all, at, readXml, textAt, type Read } from './xml.rules.js';

type Answer = AnsweredPayment['answer'];

/** What the bank says of a message and of its payments: ISO 20022 pain.002. */
export interface StatusReport {
  readonly report: string;
  /** The id of the message that it answers. */
  readonly message: string;
  readonly status: Said | undefined;
  /** By the end-to-end id. */
  readonly payments: ReadonlyMap<string, Said>;
}
interface Said {
  readonly answer: Answer;
  readonly reason?: string;
  /** The day on which it was paid between the banks. */
  readonly settled?: Day;
  /** The day on which the bank accepted it. */
  readonly day?: Day;
}

/** Accepted: its technical and other checks passed, it is under way, or done. What was only received is not accepted yet. */
const accepted: readonly string[] = ['ACCP', 'ACSP', 'ACWC', 'ACSC', 'ACCC'];

/** Reads a report of any version. @throws SyntaxError where it is none */
export function statusReport(document: string): StatusReport {
  const root = readXml(document);
  const found = at(root, 'CstmrPmtStsRpt');
  const original = at(found, 'OrgnlGrpInfAndSts');
  const [report, message] = [textAt(found, 'GrpHdr', 'MsgId'), textAt(original, 'OrgnlMsgId')];
  if (!root.namespace.startsWith('urn:iso:std:iso:20022:tech:xsd:pain.002.') || report === undefined || message === undefined)
    throw new SyntaxError('this is no pain.002');
  const payments = new Map<string, Said>();
  for (const information of all(found, 'OrgnlPmtInfAndSts')) {
    const whole = said(information, 'PmtInfSts');
    for (const transaction of all(information, 'TxInfAndSts')) {
      const id = textAt(transaction, 'OrgnlEndToEndId');
      const one = said(transaction, 'TxSts') ?? whole;
      if (id !== undefined && one) payments.set(id, one);
    }
  }
  const information = all(found, 'OrgnlPmtInfAndSts').map((one) => said(one, 'PmtInfSts'));
  // A batch has one block of payments: what is said of it is said of all that have no answer of their own.
  return { report, message, status: information.find((one) => one !== undefined) ?? said(original, 'GrpSts'), payments };
}

/**
 * What it says of each of these payments. One that it does not name has the answer of the whole, where the whole is
 * accepted or rejected; a whole that is accepted in part says nothing of it.
 */
export function answersTo(
  { status, payments: told }: StatusReport,
  payments: readonly WhichPayment[],
  executeOn: Day,
): readonly AnsweredPayment[] {
  return payments.flatMap(({ grant, payment }) => {
    const one = told.get(endToEndId({ grant, payment })) ?? status;
    if (!one) return [];
    const { answer, reason, settled, day } = one;
    return [
      {
        grant,
        payment,
        answer,
        ...(answer === 'rejected' && { reason: reason ?? '–' }),
        ...(answer === 'accepted' && { paidOn: settled ?? (day !== undefined && day > executeOn ? day : executeOn) }),
      },
    ];
  });
}

function said(element: Read | undefined, status: string): Said | undefined {
  const code = textAt(element, status);
  if (code === undefined || code === 'PART') return undefined;
  const reason = all(element, 'StsRsnInf').flatMap((one) => [
    textAt(one, 'Rsn', 'Cd') ?? textAt(one, 'Rsn', 'Prtry') ?? [],
    ...all(one, 'AddtlInf').map(({ text }) => text.trim()),
  ]);
  const [settled, day] = [dayIn(textAt(element, 'FctvIntrBkSttlmDt', 'Dt')), dayIn(textAt(element, 'AccptncDtTm'))];
  return {
    answer: code === 'RJCT' ? 'rejected' : accepted.includes(code) ? 'accepted' : 'pending',
    ...(reason.length > 0 && { reason: [...reason.flat().join(' ')].slice(0, 250).join('') }),
    ...(settled !== undefined && { settled }),
    ...(day !== undefined && { day }),
  };
}

/** The day of a time as ISO 20022 writes it: with an offset the day in Helsinki, without one the day that it names. */
function dayIn(time: string | undefined): Day | undefined {
  if (time === undefined) return undefined;
  try {
    return /(Z|[+-]\d{2}:\d{2})$/.test(time) ? dayOf(time) : Temporal.PlainDate.from(time.slice(0, 10)).toString();
  } catch {
    return undefined;
  }
}
