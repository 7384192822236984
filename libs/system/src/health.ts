import type { System } from './system.js';

/** How a process is, as an orchestrator asks. */
export interface Health {
  /** `degraded`: it answers what it can; `down` says what it cannot. */
  readonly status: 'ready' | 'degraded' | 'not-ready';
  /** `log`, `views`, `keys`, `log-altered`, or `view:<name>`. */
  readonly down: readonly string[];
  /** Views that stopped at an event: they answer as of then, and all others go on. */
  readonly paused: readonly string[];
  /** Views that serve older rows until new ones are made. */
  readonly rebuilding: readonly string[];
  /** Checks of the whole log that found something: `views`, or the name of what was asked. */
  readonly unsound?: readonly string[];
  /** How many sealed texts that somebody asked for since the start cannot be opened, where there are any. */
  readonly unopened?: number;
}

/** When to ask again what is down. */
export const secondsToWait = 5;

/** How long it is waited for an engine that does not answer: orchestrators wait for a second. */
const patienceMs = 500;

/**
 * Ready where commands and questions are answered. While only the log is down questions go on, while only the views are
 * down commands do: that is degraded, and keeps nobody out. A view that is paused is told of, and keeps nobody out either.
 */
export async function healthOf(system: System): Promise<Health> {
  const { watch, runner, codec } = system;
  const engines = await watch.look(patienceMs);
  const views = (...states: readonly string[]) => runner.status().flatMap(({ name, state }) => (states.includes(state) ? [name] : []));
  const [missing, stopped] = [views('catching-up'), views('stopped')];
  const audit = system.auditState();
  const altered = audit && audit.findings.length > 0 ? ['log-altered'] : [];
  const unsound = audit?.checks.flatMap(({ name, findings }) => (findings.length > 0 ? [name] : [])) ?? [];
  const down = [...engines, ...altered, ...[...missing, ...stopped].map((name) => `view:${name}`)];
  const [isLogDown, areViewsDown] = [engines.includes('log'), engines.includes('views')];
  const answersSome = !isLogDown || (!areViewsDown && missing.length === 0);
  const whileDown = engines.length + altered.length > 0 && answersSome ? 'degraded' : 'not-ready';
  return {
    status: down.length === 0 ? 'ready' : whileDown,
    down,
    paused: views('paused'),
    rebuilding: views('rebuilding'),
    ...(unsound.length > 0 && { unsound }),
    ...(codec.unopened > 0 && { unopened: codec.unopened }),
  };
}
