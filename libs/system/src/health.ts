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
}

/** When to ask again what is down. */
export const secondsToWait = 5;

/**
 * Ready where commands and questions are answered. While only the log is down questions go on, while only the views are
 * down commands do: that is degraded, and keeps nobody out. A view that is paused is told of, and keeps nobody out either.
 */
export async function healthOf({ watch, runner, auditor }: Pick<System, 'watch' | 'runner' | 'auditor'>): Promise<Health> {
  const engines = await watch.look();
  const views = (...states: readonly string[]) => runner.status().flatMap(({ name, state }) => (states.includes(state) ? [name] : []));
  const [missing, stopped] = [views('catching-up'), views('stopped')];
  const altered = auditor && auditor.findings.length > 0 ? ['log-altered'] : [];
  const down = [...engines, ...altered, ...[...missing, ...stopped].map((name) => `view:${name}`)];
  const [isLogDown, areViewsDown] = [engines.includes('log'), engines.includes('views')];
  const answersSome = !isLogDown || (!areViewsDown && missing.length === 0);
  const whileDown = engines.length + altered.length > 0 && answersSome ? 'degraded' : 'not-ready';
  return { status: down.length === 0 ? 'ready' : whileDown, down, paused: views('paused'), rebuilding: views('rebuilding') };
}
