import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { GraphQLSchema } from 'graphql';
import { DevelopmentIssuer } from '#access/tokens';
import type { AlarmClock } from '#kernel/clock';
import type { Messenger } from '#engines/messenger';
import { readSettings } from '#system/settings';
import { System } from '#system/system';
import { Observer } from '#telemetry/observer';
import { serve, type Server } from './server.js';

interface Answer {
  readonly status: number;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- what a spec asks for is what it gets
  readonly data: any;
  readonly errors: readonly {
    readonly message: string;
    readonly path?: readonly (string | number)[];
    readonly extensions: { readonly code: string; readonly details?: object };
  }[];
}

export interface Asking {
  readonly variables?: object;
  readonly operationName?: string;
  readonly token?: string;
  readonly language?: string;
  readonly method?: 'GET' | 'POST';
}

/** A server of the specs: on a folder of its own and a port that is free, with the public record imported. */
export class TestServer {
  private constructor(
    readonly system: System,
    private readonly server: Server,
    private readonly issuer: DevelopmentIssuer,
    readonly folder: string,
    readonly warned: object[],
  ) {}

  static async start({
    clock,
    messenger,
    folder = mkdtempSync(join(tmpdir(), 'api-')),
    environment,
    observer = new Observer(),
  }: {
    clock?: AlarmClock;
    messenger?: Messenger;
    folder?: string;
    environment?: Record<string, string>;
    observer?: Observer;
  } = {}): Promise<TestServer> {
    const settings = readSettings({ DATA_DIR: folder, PORT: '0', REQUESTS_PER_SECOND: '0', COST_PER_SECOND: '0', ...environment });
    const warned: object[] = [];
    const system = await System.open({
      settings,
      reporter: { warn: (message, details) => warned.push({ message, ...details }) },
      telemetry: observer,
      ...(clock && { clock }),
      ...(messenger && { messenger }),
    });
    const record = system.importPublicRecord();
    while (!(await record.next()).done);
    await system.startProcesses();
    return new TestServer(system, await serve(system, observer), await DevelopmentIssuer.open(folder), folder, warned);
  }

  get schema(): GraphQLSchema {
    return this.server.schema;
  }

  get url(): string {
    return this.server.url;
  }

  token(role: string, scope: { region?: string; organisation?: string } = {}, lifetime = '1h', person = 'aino'): Promise<string> {
    return this.issuer.token(person, { roles: [role], ...scope }, lifetime);
  }

  async ask(query: string, { variables, operationName, token, language, method = 'POST' }: Asking = {}): Promise<Answer> {
    const headers = { ...(token && { authorization: `Bearer ${token}` }), ...(language && { 'accept-language': language }) };
    const content = { query, ...(operationName && { operationName }) };
    const response =
      method === 'POST'
        ? await fetch(`${this.url}/graphql`, {
            method,
            headers: { 'content-type': 'application/json', ...headers },
            body: JSON.stringify({ ...content, variables }),
          })
        : await fetch(
            `${this.url}/graphql?${new URLSearchParams({ ...content, ...(variables && { variables: JSON.stringify(variables) }) })}`,
            { headers },
          );
    const { data, errors = [] } = (await response.json()) as Omit<Answer, 'status'>;
    return { status: response.status, data, errors };
  }

  /** Sends a command by its mutation, under a fresh id unless one is given. */
  command(
    mutation: string,
    input: object,
    token: string | undefined,
    { commandId = randomUUID(), expectedRevision, language }: { commandId?: string; expectedRevision?: string; language?: string } = {},
  ): Promise<Answer> {
    const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`;
    return this.ask(
      `mutation ($commandId: UUID!, $expectedRevision: Revision${expectedRevision === undefined ? '' : '!'}, $input: ${type}!) {
        ${mutation}(commandId: $commandId, expectedRevision: $expectedRevision, input: $input) { commandId effect log stream revision position eventIds }
      }`,
      { variables: { commandId, expectedRevision, input }, ...(token && { token }), ...(language && { language }) },
    );
  }

  async stop({ keep = false } = {}): Promise<void> {
    await this.server.close();
    await this.system.close();
    if (!keep) rmSync(this.folder, { recursive: true });
  }
}
