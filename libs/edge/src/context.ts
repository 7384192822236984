import type { DynamicModule, Type } from '@nestjs/common';
import type { AnyAudience } from '#access/audience';
import type { Codec } from '#event-store/codec';
import type { Receipt } from '#event-store/handle';
import type { DocumentSource } from '#documents/document-source';
import type { AlarmClock } from '#kernel/clock';
import type { AnyDecider } from '#kernel/decider';
import type { BankPort } from '#engines/bank-port';
import type { Instant } from '#kernel/helsinki-time';
import type { Messenger } from '#engines/messenger';
import type { AnyProcess } from '#kernel/process';
import type { AnyProjection } from '#kernel/projection';
import type { ErrorTexts } from '#kernel/refused';
import type { ProcessCommand } from '#processes/process-runner';
import type { ProjectionRunner } from '#views/run/projection-runner';
import { commandMutations } from './command-mutations.js';

/** A decider with the module of its commands, the texts of its refusals, and who may see its events. */
export interface Decides {
  readonly decider: AnyDecider;
  readonly commands: Readonly<Record<string, unknown>>;
  readonly refusals: ErrorTexts;
  readonly audience: AnyAudience;
}

/** What a service is given when it starts. */
export interface ServiceParts {
  readonly runner: Pick<ProjectionRunner, 'rows' | 'attach'>;
  readonly codec: Pick<Codec, 'open'>;
  readonly clock: AlarmClock;
  readonly messenger: Messenger;
  /** Who has stepped into the organisation’s matters by the instant, one after the other. */
  readonly successors: (organisation: string, at: Instant) => Promise<readonly string[]>;
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

/** Whose matters an organisation has stepped into by the instant, as the views have it. */
export type Predecessors = (organisation: string, views: Pick<ProjectionRunner, 'rows'>, at: Instant) => Promise<readonly string[]>;

/** All of a context, as the system takes it in: `libs/system` has a line for each. */
export interface Context {
  readonly name: string;
  readonly decides: readonly Decides[];
  readonly projections: readonly AnyProjection[];
  readonly processes?: readonly AnyProcess[];
  readonly services?: readonly Service[];
  readonly documents?: DocumentSource;
  readonly predecessors?: Predecessors;
  /** Who has stepped into an organisation’s matters, one after the other. */
  readonly successors?: Predecessors;
  /** Its queries and fields. The mutations are made of the commands. */
  readonly resolvers: readonly Type[];
}

/** The part of the API that is the context's. */
export function moduleOf({ name, decides, resolvers }: Context): DynamicModule {
  const module = class {};
  Object.defineProperty(module, 'name', { value: name });
  return { module, providers: [...resolvers, ...decides.map(({ commands }) => commandMutations(commands))] };
}
