import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DevelopmentIssuer } from '#access/tokens';
import type { Role } from '#access/policy';
import { canonicalJson } from '#kernel/canonical-json';
import { derivedId } from '#kernel/derived-id';
import { helsinkiInstant } from '#kernel/helsinki-time';
import { ibanOf } from '#kernel/iban';
import { entry } from '#kernel/keyed';
import type { RegionCode } from '#kernel/region';
import { readSettings } from '#system/settings';
import { System, type Reporter } from '#system/system';
import { serve, type Server } from '../../api/src/server.js';
import { DemoClock } from './demo-clock.js';

/** Who acts or asks: a person in a role. */
export interface Person {
  readonly name: string;
  readonly role: Role;
  readonly region?: RegionCode;
  readonly organisation?: string;
}

export interface Receipt {
  readonly stream: string;
  readonly revision: string;
  readonly position: string;
}

interface Answer {
  readonly data?: Readonly<Record<string, unknown>> | null;
  readonly errors?: readonly { readonly message: string; readonly extensions: { readonly code: string; readonly details?: object } }[];
}

const namespace = '9f3e4b60-0d0b-5a6e-8a5f-6f1d5c0e2a11';
const begin = '2025-06-02';

/** A real server of an installation of its own, whose time is the demonstration's. All that it records is marked as such. */
export class DemoServer {
  private readonly tokens = new Map<string, Promise<string>>();

  private constructor(
    readonly system: System,
    private readonly server: Server,
    private readonly issuer: DevelopmentIssuer,
    private readonly clock: DemoClock,
    /** Where files of payments leave, and the bank’s answers come in. */
    readonly bankFolder: string,
  ) {}

  /** Begins an installation in an empty folder, or on the empty servers that the environment names, with the public record in it. */
  static async start(
    folder: string,
    {
      environment = {},
      reporter = { warn: () => undefined },
    }: { readonly environment?: Readonly<Record<string, string>>; readonly reporter?: Reporter } = {},
  ): Promise<DemoServer> {
    const clock = new DemoClock(begin);
    const bankFolder = join(folder, 'payments');
    mkdirSync(bankFolder, { recursive: true });
    const payments = {
      PAYMENTS_FOLDER: bankFolder,
      PAYMENTS_DEBTOR_NAME: 'Kuvitteellinen maksaja',
      PAYMENTS_DEBTOR_IBAN: ibanOf('FI', '00000000000001'),
    };
    const settings = {
      ...readSettings({ REQUESTS_PER_SECOND: '0', COST_PER_SECOND: '0', ...payments, ...environment, PORT: '0' }),
      dataFolder: folder,
    };
    const system = await System.open({ settings, clock, reporter, source: { kind: 'demo', references: ['npm run demo'] } });
    const record = system.importPublicRecord();
    while (!(await record.next()).done);
    await system.startProcesses();
    return new DemoServer(system, await serve(system), await DevelopmentIssuer.open(folder), clock, bankFolder);
  }

  /** Lets time pass to a clock time in Helsinki, `2025-10-15T16:15`, with all that the processes do meanwhile. */
  at(helsinkiTime: string): Promise<void> {
    return this.clock.goOnTo(helsinkiInstant(helsinkiTime), () => this.settled());
  }

  /** Sends a command that must succeed. */
  async send(mutation: string, input: object, by: Person, expectedRevision?: string): Promise<Receipt> {
    const { data, errors } = await this.command(mutation, input, by, expectedRevision);
    if (errors) throw new Error(`${mutation} by ${by.name}: ${errors.map(({ message }) => message).join('; ')}`);
    return entry(data as Record<string, Receipt>, mutation) as Receipt;
  }

  /** Sends a command that must be turned down, with this code. */
  async refused(code: string, mutation: string, input: object, by: Person, expectedRevision?: string): Promise<void> {
    const { errors } = await this.command(mutation, input, by, expectedRevision);
    const told = errors?.[0]?.extensions.code ?? 'nothing';
    if (told !== code) throw new Error(`${mutation} by ${by.name} was to be turned down as ${code}, and was told ${told}`);
  }

  /** Asks, once every view has folded all there is. */
  async ask(query: string, by: Person | undefined, variables: object = {}): Promise<Answer> {
    await this.settled();
    return this.post(query, by, variables);
  }

  async stop(): Promise<void> {
    await this.server.close();
    await this.system.close();
  }

  /** The command's id follows from what it says, so that the demonstration is the same each time. */
  private command(mutation: string, input: object, by: Person, expectedRevision: string | undefined): Promise<Answer> {
    const commandId = derivedId(namespace, canonicalJson({ mutation, input, by, expectedRevision }));
    const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`;
    const expects = expectedRevision === undefined ? '' : `, expectedRevision: "${expectedRevision}"`;
    return this.post(
      `mutation ($input: ${type}!) { ${mutation}(commandId: "${commandId}"${expects}, input: $input) { stream revision position } }`,
      by,
      { input },
    );
  }

  private async post(query: string, by: Person | undefined, variables: object): Promise<Answer> {
    const headers = {
      'content-type': 'application/json',
      'accept-language': 'en',
      ...(by && { authorization: `Bearer ${await this.tokenOf(by)}` }),
    };
    const response = await fetch(`${this.server.url}/graphql`, { method: 'POST', headers, body: JSON.stringify({ query, variables }) });
    return (await response.json()) as Answer;
  }

  private tokenOf({ name, role, region, organisation }: Person): Promise<string> {
    const key = `${name} ${role} ${region} ${organisation}`;
    const known =
      this.tokens.get(key) ??
      this.issuer.token(name, { roles: [role], ...(region && { region }), ...(organisation && { organisation }) }, '1h');
    this.tokens.set(key, known);
    return known;
  }

  /** Waits until the views are at the end of the log, and the processes have nothing more to do now. */
  private async settled(): Promise<void> {
    const { log, runner, acting } = this.system;
    for (let seen; seen !== (await log.head());) {
      seen = await log.head();
      await runner.reached(seen, runner.names);
      await acting?.idle();
      await this.system.servicesIdle();
    }
  }
}
