import { contentOf } from '#event-store/log-content';
import { CodedError } from '#kernel/refused';
import type { System } from './system.js';

/** A line that a long task says: how far it is, what it came to, or why it ended. */
export type TaskLine =
  { readonly progress: object } | { readonly result: unknown } | { readonly error: { readonly code: string; readonly message: string } };

/** What a task may be told. */
export interface TaskInput {
  readonly projection?: string | undefined;
  readonly event?: string;
  readonly reason?: string;
  readonly statement?: string;
  readonly decision?: string | undefined;
  readonly stream?: string | undefined;
  readonly revision?: number | undefined;
}

type Task = (system: System, input: TaskInput) => AsyncGenerator<object, unknown>;

/** What operators can ask of a system: in the process, or of a running server through its admin endpoint. */
export const tasks = {
  import: (system) => system.importPublicRecord(),

  status: async function* ({ runner, log }) {
    return { log: log.id, head: await log.head(), projections: runner.status() };
  },

  rebuild: async function* ({ runner }, { projection }) {
    const rebuilt = [];
    for (const name of projection ? [projection] : runner.names) rebuilt.push(yield* runner.rebuild(name));
    const names = rebuilt.map((one) => one.projection);
    return { rebuilt, standings: runner.status().filter(({ name }) => names.includes(name)) };
  },

  skip: async function* (system, { event = '', reason = '' }) {
    return system.skip(event, reason);
  },

  'rotate-checkpoint-key': async function* (system, { statement = '' }) {
    return system.rotateCheckpointKey(statement);
  },

  verify: async function* ({ runner }, { projection }) {
    const verifications = [];
    for (const name of projection ? [projection] : runner.names) verifications.push(yield* runner.verify(name));
    return verifications;
  },
  again: async function* ({ decisions }, { decision, stream, revision }) {
    return decisions.decidedAgain({ decision, stream, revision });
  },

  texts: async function* ({ log, codec }) {
    const damaged = [];
    let events = 0;
    for await (const logged of contentOf(log)) {
      if (await codec.isDamaged(codec.decode(logged))) damaged.push({ event: logged.id, stream: logged.stream, revision: logged.revision });
      if (++events % progressEvery === 0) yield { events };
    }
    return { events, damaged };
  },
} satisfies Record<string, Task>;

const progressEvery = 1_000;

export type TaskName = keyof typeof tasks;

/** Runs a task and says how it goes. Its errors are lines too. */
export async function* runTask(system: System, name: TaskName, input: TaskInput = {}): AsyncGenerator<TaskLine> {
  try {
    const task = (tasks[name] as Task)(system, input);
    for (;;) {
      const step = await task.next();
      yield step.done ? { result: step.value } : { progress: step.value };
      if (step.done) return;
    }
  } catch (error) {
    if (error instanceof CodedError) yield { error: { code: error.code, message: system.messages.text(error, 'en') } };
    else yield { error: { code: 'internal', message: error instanceof Error ? error.message : String(error) } };
  }
}
