/** An amount of euros in whole cents; a safe integer (up to 90 billion euros are exact). */
export type Cents = number;
/** A share in hundredths of a per cent: 7,000 is 70 %. From 0 to 10,000. */
export type BasisPoints = number;

/** Throws RangeError where the number is no whole, safe number of cents. */
export function cents(amount: number | bigint): Cents {
  const whole = Number(amount);
  if (!Number.isSafeInteger(whole)) throw new RangeError(`${amount} is no exact number of cents`);
  return whole;
}

/** The share of an amount, rounded down to the cent. The product is taken as BigInt, so that no size loses a cent. */
export function shareOf(amount: Cents, share: BasisPoints): Cents {
  if (!Number.isInteger(share) || share < 0 || share > 10_000) throw new RangeError(`${share} is no share: 0 to 10,000 basis points`);
  if (amount < 0) throw new RangeError(`a share of ${amount} cents: no amount is negative`);
  return cents((BigInt(cents(amount)) * BigInt(share)) / 10_000n);
}
