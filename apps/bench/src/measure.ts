/** One question measured: what the project does, what the least that could do it does, and how they compare. */
export interface Line {
  readonly name: string;
  readonly unit: '/s' | 'ms' | 'MB';
  /** Medians over the rounds. */
  readonly ours: number;
  readonly floor: number;
  /** The median of the ratios of ours to the floor, each within one round. */
  readonly ratio: number;
  /** Undefined where the line is only told. */
  readonly target: Target | undefined;
}

export type Target = { readonly atLeast: number } | { readonly atMost: number };

export interface Bench {
  readonly name: string;
  /** Measures in a folder of its own, which is removed afterwards. */
  readonly run: (folder: string) => Promise<readonly Line[]>;
}

/** Does a round of each side after the other, so that what else the machine does meets all of them; every other time in reverse. */
export async function alternated<Name extends string, Sample>(
  rounds: number,
  sides: Readonly<Record<Name, () => Promise<Sample>>>,
): Promise<Record<Name, Sample[]>> {
  const names = Object.keys(sides) as Name[];
  const samples = Object.fromEntries(names.map((name) => [name, []])) as unknown as Record<Name, Sample[]>;
  for (let round = 0; round < rounds; round++) {
    for (const name of round % 2 === 0 ? names : names.toReversed()) samples[name].push(await sides[name]());
  }
  return samples;
}

/** How many of the things that the work does it does in a second. */
export async function perSecond(things: number, work: () => unknown): Promise<number> {
  const start = performance.now();
  await work();
  return (things * 1000) / (performance.now() - start);
}

/** How many of the things that the work does it does in a second of the processor, all threads counted: what else the machine does is left out. */
export async function perProcessorSecond(things: number, work: () => unknown): Promise<number> {
  const start = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(start);
  return (things * 1_000_000) / (user + system);
}

/** The line of two sides that were measured in the same rounds. */
export function line(name: string, ours: readonly number[], floor: readonly number[], target?: Target, unit: Line['unit'] = '/s'): Line {
  const ratios = ours.map((one, round) => one / (floor[round] as number));
  return { name, unit, ours: median(ours), floor: median(floor), ratio: median(ratios), target };
}

export function isMet({ ratio, target }: Line): boolean {
  if (!target) return true;
  return 'atLeast' in target ? ratio >= target.atLeast : ratio <= target.atMost;
}

export function median(numbers: readonly number[]): number {
  return quantile(numbers, 0.5);
}

/** The smallest of the numbers that at least this share of them does not exceed. */
export function quantile(numbers: readonly number[], share: number): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  const found = sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)];
  if (found === undefined) throw new RangeError('nothing was measured');
  return found;
}
