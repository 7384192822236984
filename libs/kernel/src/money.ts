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

/** An amount in parts by weight, each rounded down to the cent; the last one has what is left, so that they add up. */
export function partsOf(total: Cents, weights: readonly number[]): readonly Cents[] {
  if (total < 0) throw new RangeError(`parts of ${total} cents: no amount is negative`);
  const whole = BigInt(cents(total));
  const sum = weights.reduce((all, weight) => all + BigInt(weight), 0n);
  if (sum <= 0n || weights.some((weight) => weight < 0)) throw new RangeError(`${weights.join(', ')} are no weights`);
  const parts = weights.map((weight) => (whole * BigInt(weight)) / sum);
  const rest = whole - parts.slice(0, -1).reduce((all, part) => all + part, 0n);
  return [...parts.slice(0, -1), rest].map(cents);
}
