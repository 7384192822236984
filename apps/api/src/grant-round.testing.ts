import type { ManualClock } from '#kernel/clock.testing';
import { ibanOf } from '#kernel/iban';
import { plan, terms } from './call-plan.testing.js';
import type { TestServer } from './server.testing.js';

const numbers = {
  INTEREST_ADDITION: 300,
  SMALL_RETURN: 10_000,
  ACCEPTANCE_DAYS: 21,
  RECTIFICATION_DAYS: 30,
  APPEAL_DAYS: 30,
  LETTER_NOTICE_DAYS: 7,
  ELECTRONIC_NOTICE_DAYS: 3,
};

/** A fictional IBAN for each number. */
export function fictionalIban(number: number): string {
  return ibanOf('FI', String(number).padStart(14, '0'));
}

/** A fictional round of a year, from its call to payments that are decided, each step by who may take it. */
export class GrantRound {
  private constructor(
    private readonly server: TestServer,
    readonly clock: ManualClock,
    private readonly year: number,
    readonly tokens: Readonly<Record<string, string>>,
  ) {}

  /** Plans and publishes the call `round`, on a clock that stands before it; these fictional councils draft plans. */
  static async begin(server: TestServer, clock: ManualClock, year: number, organisations: readonly string[]): Promise<GrantRound> {
    const people: Record<string, string> = {};
    const token = async (name: string, role: string) => (people[name] = await server.token(role, {}, '20y', name));
    for (const name of ['presenter', 'second-presenter']) await token(name, 'ministry-presenter');
    for (const name of ['decider', 'second-decider']) await token(name, 'ministry-decider');
    await token('registrar', 'ministry-registrar');
    await token('auditor', 'ministry-auditor');
    people['coordinator'] = await server.token('regional-coordinator', { region: '19' }, '20y', 'coordinator');
    const round = new GrantRound(server, clock, year, people);
    clock.set(`${year}-09-01T09:00:00Z`);
    const ofYear = JSON.parse(
      JSON.stringify(terms)
        .replaceAll('2027', `${year + 1}`)
        .replaceAll('2026', `${year}`),
    ) as typeof terms;
    await round.done('planCall', { ...plan('round'), terms: ofYear }, 'presenter');
    await round.done('publishCall', { call: 'round' }, 'presenter');
    await round.done('setAppropriation', { call: 'round', amount: '100000000000' }, 'decider');
    for (const [term, value] of Object.entries(numbers))
      await round.done('setTerm', { terms: 'state-grants', term, value, from: '2020-01-01', publishedIn: 'Kuvitteellinen' }, 'decider');
    const sections = [{ section: 'OBJECTIVES', text: 'Tavoitteet' }];
    for (const organisation of organisations) {
      const names = { fi: `Kuvitteellinen ${organisation}` };
      await round.done('registerOrganisation', { organisation, kind: 'REGIONAL_COUNCIL', names, region: 'R19' }, 'registrar');
      await round.done('draftPlan', { call: 'round', region: 'R19', applicant: organisation, sections }, 'coordinator');
    }
    clock.set(`${year}-10-20T09:00:00Z`);
    return round;
  }

  async signatory(organisation: string): Promise<string> {
    return this.server.token('applicant-signatory', { organisation }, '20y', `signatory-${organisation}`);
  }

  /** Sends a command that must succeed. */
  async done(mutation: string, input: object, who: string): Promise<{ position: string }> {
    const { data, errors } = await this.server.command(mutation, input, this.tokens[who] ?? (await this.signatory(who)));
    if (errors.length > 0) throw new Error(`${mutation} by ${who}: ${JSON.stringify(errors)}`);
    return data[mutation] as { position: string };
  }

  /** The code with which a command is refused. */
  async refused(mutation: string, input: object, who: string): Promise<string | undefined> {
    const { errors } = await this.server.command(mutation, input, this.tokens[who] ?? (await this.signatory(who)));
    return errors[0]?.extensions.code;
  }

  /** Asks, once views, processes and services have done all there is to do. */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- what a spec asks for is what it gets
  async asked(query: string, who?: string): Promise<any> {
    await this.settled();
    const { data, errors } = await this.server.ask(
      query,
      who === undefined ? {} : { token: this.tokens[who] ?? (await this.signatory(who)) },
    );
    if (errors.length > 0) throw new Error(JSON.stringify(errors));
    return data;
  }

  async settled(): Promise<void> {
    const { log, runner, acting } = this.server.system;
    for (let head = ''; head !== (await log.head());) {
      head = await log.head();
      await runner.reached(head, runner.names);
      await new Promise(setImmediate);
      await acting?.idle();
      await this.server.system.servicesIdle();
    }
  }

  async at(time: string): Promise<void> {
    this.clock.set(time);
    await this.settled();
  }

  /** Brings an application of a fictional council to its proposal. Answers the key of the matter. */
  async propose(organisation: string): Promise<string> {
    const application = `round--${organisation}`;
    const content = {
      planVersion: 1,
      eligibleCosts: [{ line: 'salaries', text: 'Palkat', amount: '10000000' }],
      income: '0',
      ownFunding: '3000000',
      otherFunding: '0',
      amount: '7000000',
    };
    const arrival = { channel: 'EMAIL', arrivedAt: `${this.year}-10-10T09:00:00Z`, evidence: 'Kuvitteellinen viesti' };
    const signatoryName = 'Aino Esimerkki';
    await this.done(
      'receiveApplication',
      { application, organisation, region: 'R19', caseNumber: `VM/${organisation}`, arrival, content, signatoryName },
      'registrar',
    );
    await this.done('assessApplication', { application, criterion: 'breadth', score: 80, grounds: 'g' }, 'presenter');
    await this.done('proposeDecision', { application, outcome: 'GRANTED', amount: '7000000', grounds: 'g', conditions: [] }, 'presenter');
    return application;
  }

  /** What decides the proposal. */
  decision(application: string): object {
    return {
      application,
      applicationRevision: 2,
      outcome: 'GRANTED',
      amount: '7000000',
      purpose: 'Koordinointi',
      conditions: [],
      grounds: 'Perustelut',
      periodOfUse: { from: `${this.year + 1}-01-01`, to: `${this.year + 1}-12-31` },
      paymentPlan: [
        { instalment: 'first', weight: 60 },
        { instalment: 'last', weight: 40 },
      ],
      language: 'FI',
      translations: [],
      presenterName: 'Elli Esittelijä',
      deciderName: 'Risto Ratkaisija',
    };
  }

  /** Brings a grant of a fictional council to its acceptance. Answers its key. */
  async accept(organisation: string): Promise<string> {
    const grant = await this.propose(organisation);
    await this.done('decideGrant', this.decision(grant), 'decider');
    await this.settled();
    await this.done('notifyDecision', { grant, channel: 'ELECTRONIC', sentOn: `${this.year}-10-20` }, 'registrar');
    await this.done('acceptGrant', { grant, organisation, signatoryName: 'Aino Esimerkki' }, organisation);
    return grant;
  }

  /** Names and confirms the account of a council. */
  async account(organisation: string, number: number, account = 1): Promise<void> {
    await this.done(
      'namePayeeAccount',
      { organisation, iban: fictionalIban(number), holder: `Kuvitteellinen ${organisation}` },
      organisation,
    );
    await this.done('confirmPayeeAccount', { organisation, account, evidence: 'Kuvitteellinen todistus' }, 'registrar');
  }

  /** Asks for a payment and decides it. */
  async payment(grant: string, organisation: string, payment: string, amount: string): Promise<void> {
    await this.done('requestPayment', { grant, organisation, payment, instalment: 'first', amount }, organisation);
    await this.done('decidePayment', { grant, payment, amount, grounds: 'g' }, 'decider');
  }
}
