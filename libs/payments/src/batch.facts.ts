/** A payment as batches name it among all. */
export interface WhichPayment {
  readonly grant: string;
  readonly payment: string;
}

/** Its name among the payments of all grants. */
export function paymentKey({ grant, payment }: WhichPayment): string {
  return `${grant}/${payment}`;
}

/** The payments but for those that are named. */
export function without<One extends WhichPayment>(payments: readonly One[], left: readonly WhichPayment[]): readonly One[] {
  const keys = new Set(left.map(paymentKey));
  return payments.filter((one) => !keys.has(paymentKey(one)));
}
