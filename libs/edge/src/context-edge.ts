import type { DynamicModule, Type } from '@nestjs/common';
import type { Codec } from '#event-store/codec';
import type { Receipt } from '#event-store/handle';
import type { AlarmClock } from '#kernel/clock';
import type { AnyDecider } from '#kernel/decider';
import type { BankPort } from '#engines/bank-port';
import type { Instant } from '#kernel/helsinki-time';
import type { Messenger } from '#engines/messenger';
import type { AnyProcess } from '#kernel/process';
import type { ProcessCommand } from '#processes/process-runner';
import type { ProjectionRunner } from '#views/run/projection-runner';
import { commandMutations } from './command-mutations.js';
import type { Context } from './context.js';

/** What a decider can be asked for: the module of its commands. */
export interface Commands {
  readonly decider: AnyDecider;
  readonly module: Readonly<Record<string, unknown>>;
}

/** What a service is given when it starts. */
export interface ServiceParts {
  readonly runner: Pick<ProjectionRunner, 'rows' | 'attach'>;
  readonly codec: Pick<Codec, 'open'>;
  readonly clock: AlarmClock;
  readonly messenger: Messenger;
  /** Who has stepped into the organisation’s matters by the instant, one after the other. */
  readonly successors: (organisation: string, at: Instant) => Promise<readonly string[]>;
  /** Where people reach the register; undefined where the settings do not say it. */
  readonly address: string | undefined;
  /** What asks for notifications, and says which of them are wanted still. */
  readonly processes: readonly AnyProcess[];
  /** Where payments leave; undefined where the settings name no place. */
  readonly bank: BankPort | undefined;
  readonly send: (command: ProcessCommand) => Promise<Receipt>;
  readonly report: (what: string, details: object) => void;
}

export interface RunningService {
  /** Resolves once everything that is due by now has been tried. */
  idle(): Promise<void>;
  stop(): Promise<void>;
}

/** Acts on the world outside by what views say: delivers messages, sends payments. */
export interface Service {
  /** The views that it goes by; one server folds them all. */
  readonly views: readonly string[];
  start(parts: ServiceParts): Promise<RunningService>;
}

/** How a context meets the world outside: what it can be asked for, what it answers, and what acts on what it says. Only the programs load it. */
export interface ContextEdge {
  readonly context: Context;
  readonly commands: readonly Commands[];
  readonly services?: readonly Service[];
  /** Its queries and fields. The mutations are made of the commands. */
  readonly resolvers: readonly Type[];
}

/** The part of the API that is the context's. */
export function moduleOf({ context: { name }, commands, resolvers }: ContextEdge): DynamicModule {
  const nest = class {};
  Object.defineProperty(nest, 'name', { value: name });
  return { module: nest, providers: [...resolvers, ...commands.map(({ module }) => commandMutations(module))] };
}
