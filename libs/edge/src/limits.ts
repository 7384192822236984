import type { IncomingMessage } from 'node:http';
import { BlockList, isIP, isIPv6, type Socket } from 'node:net';
import type { Role } from '#access/policy';
import type { Caller } from '#access/tokens';
import { failures } from '#kernel/refused';
import { remembered } from '#kernel/remembered';
import { networkOf, Rates } from './rates.js';

export const { texts: limitFailures, fail } = failures({
  'too-costly': {
    fi: 'Kyselyn hinta on {cost}, ja yhden kyselyn hinta saa sinulla olla enintään {budget}. Pyydä pienempiä sivuja (first) tai vähemmän kenttiä, tai jaa kysely osiin.',
    sv: 'Frågan kostar {cost}, och en fråga får för dig kosta högst {budget}. Be om mindre sidor (first) eller färre fält, eller dela upp frågan.',
    en: 'The question costs {cost}, and one question of yours may cost {budget} at most. Ask for smaller pages (first) or fewer fields, or ask in parts.',
  },
  'too-many-requests': {
    fi: 'Pyyntöjä tulee liian tiheästi. Yritä uudelleen {seconds} sekunnin kuluttua.',
    sv: 'Förfrågningarna kommer för tätt. Försök igen om {seconds} sekunder.',
    en: 'Requests come too fast. Try again in {seconds} seconds.',
  },
});

/** How much anybody may ask for with time. */
export interface LimitSettings {
  /** Requests of an address, and messages over its connections; 0: any number. */
  readonly requestsPerSecond: number;
  /** What the operations of a caller, or of an address without a token, cost; 0: anything. */
  readonly costPerSecond: number;
  /** Whose word on where a request comes from is believed: addresses and networks (10.0.0.0/8). */
  readonly proxies: readonly string[];
}

/** Who asks about the whole of the record asks larger questions. */
const budgets: Partial<Record<Role, number>> = {
  'ministry-registrar': 100_000,
  'ministry-presenter': 100_000,
  'ministry-decider': 100_000,
  'ministry-auditor': 200_000,
  'agency-coordinator': 100_000,
  'agency-analyst': 200_000,
};
const budgetOfAnyone = 20_000;
const budgetOfSignedIn = 50_000;
/** How many seconds' worth of requests may come at once; of what they cost it is one second's. */
const burst = 2;
/** What is longer counts as several requests. */
const bytesOfOne = 16 * 1024;

/** It is asked several times for each request of the few that ask just now. */
const networkKnown = remembered(1_000, networkOf);

/** Who asks, and from where. */
export interface Asker {
  readonly network: string;
  readonly caller: Caller | undefined;
}

/** What an operation costs, and what it might. */
export interface Charged {
  readonly asked: number;
  readonly budget: number;
}

/** Who may ask how much, and how fast. */
export class Limits {
  private readonly requests: Rates | undefined;
  private readonly costs: Rates | undefined;
  private readonly proxies = new BlockList();

  constructor({ requestsPerSecond, costPerSecond, proxies }: LimitSettings) {
    if (requestsPerSecond > 0) this.requests = new Rates({ perSecond: requestsPerSecond, burst: burst * requestsPerSecond });
    if (costPerSecond > 0) this.costs = new Rates({ perSecond: costPerSecond, burst: costPerSecond });
    for (const proxy of proxies) {
      const [address = '', bits] = proxy.split('/');
      const family = isIPv6(address) ? 'ipv6' : 'ipv4';
      if (bits === undefined) this.proxies.addAddress(address, family);
      else this.proxies.addSubnet(address, Number(bits), family);
    }
  }

  /** Counts a request, or a message over a connection, before anything is done for it; what is long counts as several. @throws Failed `too-many-requests` */
  arrived(network: string, bytes = 0): void {
    checkWait(this.waitFor(network, bytes));
  }

  /** Counts one likewise: 0; or does not, and answers after how many seconds there may be another. */
  waitFor(network: string, bytes = 0): number {
    return this.requests?.take(network, 1 + Math.floor(bytes / bytesOfOne)) ?? 0;
  }

  /** Charges an operation before it is run. @throws Failed `too-costly`, `too-many-requests` */
  charge(asked: number, { network, caller }: Asker): Charged {
    const budget = budgetOf(caller);
    if (asked > budget) throw fail('too-costly', { cost: asked, budget });
    this.spend(asked, { network, caller });
    return { asked, budget };
  }

  /** Charges what is done before one knows what an operation costs. @throws Failed `too-many-requests` */
  spend(cost: number, { network, caller }: Asker): void {
    checkWait(this.costs?.take(caller?.id ?? network, cost));
  }

  /** From where a request comes: the address of its socket or, behind a proxy that the settings name, the last one that the proxy cannot have been told. */
  networkOf({ socket, headers }: IncomingMessage): string {
    let address = socket.remoteAddress ?? '';
    const forwarded = headers['x-forwarded-for'];
    const told = (Array.isArray(forwarded) ? forwarded.join(',') : (forwarded ?? '')).split(',');
    for (let one = told.pop()?.trim(); one !== undefined && isIP(one) && this.isProxy(address); one = told.pop()?.trim()) address = one;
    return networkKnown(address);
  }

  /** The same of a connection; undefined of one that a proxy makes. */
  networkOfSocket({ remoteAddress = '' }: Socket): string | undefined {
    return this.isProxy(remoteAddress) ? undefined : networkOf(remoteAddress);
  }

  private isProxy(address: string): boolean {
    const plain = address.replace(/^::ffff:(?=\d+\.)/i, '');
    return isIP(plain) !== 0 && this.proxies.check(plain, isIPv6(plain) ? 'ipv6' : 'ipv4');
  }
}

/** What one operation of the caller may cost. */
function budgetOf(caller: Caller | undefined): number {
  if (!caller) return budgetOfAnyone;
  return Math.max(budgetOfSignedIn, ...caller.roles.map((role) => budgets[role as Role] ?? 0));
}

function checkWait(seconds = 0): void {
  if (seconds > 0) throw fail('too-many-requests', { seconds });
}
