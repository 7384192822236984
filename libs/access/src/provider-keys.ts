import { createLocalJWKSet, errors, type JSONWebKeySet, type JWTVerifyGetKey } from 'jose';

/** For how long keys are taken as they were fetched: a key that the provider withdraws is accepted no longer than that. */
const freshMs = 60_000;
/** For how long old keys do while the provider cannot be reached. */
const graceMs = 10 * 60_000;
/** Keys are fetched no more often than that, whatever tokens come. */
const pauseMs = 1_000;
/** How long the provider may take to answer, and how much it may say. */
const patienceMs = 5_000;

interface Fetched {
  readonly at: number;
  readonly keyOf: JWTVerifyGetKey;
}

/** The keys that an identity provider publishes. A new one is found when a token first names it, and one that was withdrawn is soon forgotten. */
export class ProviderKeys {
  private fetched: Fetched | undefined;
  private fetching: Promise<Fetched> | undefined;
  private triedAt = -Infinity;

  constructor(
    private readonly address: URL,
    private readonly now: () => number = Date.now,
  ) {}

  /** Until when the keys are taken as they are. While the provider is out of reach that is soon again and again. */
  get freshUntil(): number {
    return (this.fetched?.at ?? -Infinity) + freshMs;
  }

  /** The key that a token names. @throws JOSEError, JWKSTimeout where the provider cannot be asked and no keys are known that would do */
  async keyOf(...[header, token]: Parameters<JWTVerifyGetKey>): Promise<Awaited<ReturnType<JWTVerifyGetKey>>> {
    const known = await this.current();
    try {
      return await known.keyOf(header, token);
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey)) throw error;
      // The key may be new: the provider's keys are looked at once more.
      const later = await this.fetchedAfter(known);
      return later.keyOf(header, token);
    }
  }

  private async current(): Promise<Fetched> {
    const { fetched } = this;
    if (fetched && this.now() < this.freshUntil) return fetched;
    return this.fetchedAfter(fetched);
  }

  /** What was fetched later than this; this again while the provider is out of reach, for a while. */
  private async fetchedAfter(known: Fetched | undefined): Promise<Fetched> {
    if (this.fetched && this.fetched !== known) return this.fetched;
    try {
      this.fetching ??= this.fetch().finally(() => (this.fetching = undefined));
      return await this.fetching;
    } catch (error) {
      if (known && this.now() < known.at + graceMs) return known;
      throw error;
    }
  }

  private async fetch(): Promise<Fetched> {
    const wait = this.triedAt + pauseMs - this.now();
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
    this.triedAt = this.now();
    const keys = await answered(this.address);
    this.fetched = { at: this.triedAt, keyOf: createLocalJWKSet(keys) };
    return this.fetched;
  }
}

async function answered(address: URL): Promise<JSONWebKeySet> {
  try {
    const response = await fetch(address, {
      redirect: 'error',
      signal: AbortSignal.timeout(patienceMs),
      headers: { accept: 'application/json' },
    });
    if (response.status === 200) return (await response.json()) as JSONWebKeySet;
  } catch {
    // As good as an answer that is none.
  }
  throw new errors.JWKSTimeout();
}
