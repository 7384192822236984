import 'reflect-metadata';
import { createHmac, createSecretKey, randomBytes, randomUUID } from 'node:crypto';
import { Inject, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Args, GraphQLModule, Mutation, Resolver } from '@nestjs/graphql';
import { plainToInstance, Type } from 'class-transformer';
import { Equals, IsOptional, IsString, Length, Matches, validate, ValidateNested } from 'class-validator';
import { MercuriusDriver, type MercuriusDriverConfig } from '@nestjs/mercurius';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyRequest } from 'fastify';
import { position } from '#event-store/event-log';
import { BareLog } from './bare-log.js';
import { bareTokens } from './bare-tokens.js';
import type { Trusted } from './identity-provider.js';
import { serveBare } from './servers.js';

export interface BareCommand {
  readonly sdl: string;
  readonly trusted: Trusted;
  readonly log: string;
  /** What each command stores, as large as what ours stores. */
  readonly row: { readonly type: string; readonly data: string; readonly metadata: string };
  /** Whether rows that wait at the same time share a transaction, or each has one of its own. */
  readonly sharesCommits: boolean;
  /** Whether it also does what no register can leave out: validates what it is sent, signs it, and reads its answer from the log. */
  readonly checks: boolean;
}

class Names {
  @IsString() @Length(1, 500) fi!: string;
  @IsOptional() @IsString() @Length(1, 500) sv?: string;
  @IsOptional() @IsString() @Length(1, 500) en?: string;
}

class Registration {
  @Matches(/^[a-z0-9-]{1,64}$/) organisation!: string;
  @Equals('ASSOCIATION') kind!: string;
  @ValidateNested() @Type(() => Names) names!: Names;
  @IsOptional() @Matches(/^R\d\d$/) region?: string;
}

class BareCommits {
  private readonly log: BareLog;
  private readonly waiting: { stream: string; id: string; resolve: (at: number) => void; reject: (error: unknown) => void }[] = [];

  constructor(private readonly served: BareCommand) {
    this.log = new BareLog(served.log);
  }

  get checks(): boolean {
    return this.served.checks;
  }

  /** The stream's events, parsed. */
  read(stream: string): readonly object[] {
    return this.log
      .read(stream)
      .map(({ data, metadata }) => ({ data: JSON.parse(data) as object, metadata: JSON.parse(metadata) as object }));
  }

  append(stream: string, id: string): Promise<number> {
    return new Promise((resolve, reject) => {
      if (this.waiting.push({ stream, id, resolve, reject }) === 1) setImmediate(() => this.commit());
    });
  }

  private commit(): void {
    const group = this.waiting.splice(0, this.served.sharesCommits ? this.waiting.length : 1);
    if (this.waiting.length > 0) setImmediate(() => this.commit());
    try {
      const last = this.log.append(group.map(({ stream, id }) => ({ stream, id, revision: 0, ...this.served.row })));
      for (const [index, { resolve }] of group.entries()) resolve(last - group.length + 1 + index);
    } catch (error) {
      for (const { reject } of group) reject(error);
    }
  }
}

/** The same mutations, each of which stores a row in a new stream and answers with a receipt. */
@Resolver()
class BareMutations {
  private readonly key = createSecretKey(randomBytes(32));

  constructor(@Inject(BareCommits) private readonly commits: BareCommits) {}

  @Mutation('registerOrganisation')
  register(@Args('commandId') commandId: string, @Args('input') input: object) {
    return this.commits.checks ? this.checked(commandId, input) : this.stored(commandId);
  }

  @Mutation('renameOrganisation')
  rename(@Args('commandId') commandId: string) {
    return this.stored(commandId);
  }

  private async checked(commandId: string, input: object) {
    const errors = await validate(plainToInstance(Registration, input), { whitelist: true, forbidNonWhitelisted: true });
    if (errors.length > 0) throw new Error(errors.join());
    createHmac('sha256', this.key).update(JSON.stringify(input)).digest('hex');
    // What it did before, and what its stream holds.
    this.commits.read(`command-${commandId}`);
    this.commits.read(`organisation-${commandId}`);
    const answer = await this.stored(commandId);
    if (this.commits.read(answer.stream).length !== 1) throw new Error('what was stored is not there');
    return answer;
  }

  private async stored(commandId: string) {
    const stream = `organisation-${commandId}`;
    const eventId = randomUUID();
    const at = await this.commits.append(stream, eventId);
    return { commandId, effect: 'RECORDED', log: commandId, stream, revision: '0', position: position(at), eventIds: [eventId] };
  }
}

@Module({})
class BareModule {}

/** The floor of a command: Nest with Mercurius on Fastify, the same schema, the token checked, a row stored durably. */
serveBare(async (served: BareCommand) => {
  const check = bareTokens(served.trusted, true);
  const graphql: MercuriusDriverConfig = {
    driver: MercuriusDriver,
    typeDefs: served.sdl,
    jit: 1,
    context: async ({ headers }: FastifyRequest) => ({ caller: await check(headers.authorization) }),
  };
  const module = {
    module: BareModule,
    imports: [GraphQLModule.forRoot(graphql)],
    providers: [BareMutations, { provide: BareCommits, useValue: new BareCommits(served) }],
  };
  const app = await NestFactory.create<NestFastifyApplication>(module, new FastifyAdapter(), { logger: ['error', 'warn'] });
  await app.listen(0, '127.0.0.1');
  const { port } = app.getHttpServer().address() as { port: number };
  return { url: `http://127.0.0.1:${port}`, close: () => app.close() };
});
