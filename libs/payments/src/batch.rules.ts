import { derivedId } from '#kernel/derived-id';
import type { StaticOf } from '#kernel/event-schema';
import type { AnsweredPayment, BankAnswer } from './batch.events.js';
import { paymentKey, type WhichPayment } from './batch.facts.js';

const namespace = '5b0f6f7e-6b0a-5d4e-9d6a-1d0c7c1f4a52';

/** Thirty-two characters that follow from the name alone: what ISO 20022 calls an identification has thirty-five at most. */
function identification(name: string): string {
  return derivedId(namespace, name).replaceAll('-', '');
}

/** The id by which a payment is known from end to end, in whatever batch it leaves. */
export function endToEndId(payment: WhichPayment): string {
  return identification(`payment ${paymentKey(payment)}`);
}

/** The id of the instruction to pay it: another in each batch. */
export function instructionId(batch: string, payment: WhichPayment): string {
  return identification(`instruction ${batch} ${paymentKey(payment)}`);
}

/** The id of the message that a batch is. */
export function messageId(batch: string): string {
  return identification(`batch ${batch}`);
}

/** The name of its file. */
export function fileOf(batch: string): string {
  return `pain.001-${batch}.xml`;
}

/** What the bank says of a batch as a whole, by what it says of its payments. */
export function answerOf(told: readonly Pick<AnsweredPayment, 'answer'>[], of: number): StaticOf<typeof BankAnswer> {
  const count = (answer: AnsweredPayment['answer']) => told.filter((one) => one.answer === answer).length;
  const [accepted, rejected] = [count('accepted'), count('rejected')];
  if (accepted === of) return 'accepted';
  if (rejected === of) return 'rejected';
  return rejected > 0 || accepted > 0 ? 'partly' : 'pending';
}
