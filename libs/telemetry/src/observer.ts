import type { IncomingHttpHeaders } from 'node:http';
import type { Span } from '@opentelemetry/api';
import { CodedError, Refused } from '#kernel/refused';
import type { Logger } from './logging.js';
import type { Metrics } from './metrics.js';
import type { Telemetry, WatchedCommand, WatchedEvent } from './telemetry.js';
import { newTraceId, traceContext } from './trace-context.js';
import type { Tracing } from './tracing.js';

/** A request that has arrived. */
export interface Arrival {
  /** The id of its trace: that of the client's `traceparent`, or a new one. Its events carry it as their correlation id. */
  readonly id: string;
  readonly at: number;
  /** Whether it only asks how the server is: such are many, and say nothing. */
  readonly isProbe: boolean;
  readonly span?: Span;
}

/** What a request came to. */
export interface Answered {
  readonly method: string;
  /** The route, never the address: what one asks by GET stands in the address. */
  readonly route: string;
  readonly status: number;
  /** What kind of operation was asked for; undefined where it was no GraphQL that we could read. */
  readonly operation: string | undefined;
  readonly operationName: string | undefined;
  /** Whether it was given the answer of another who asked the same. */
  readonly isCached: boolean;
  readonly commandIds: readonly string[];
  readonly codes: readonly string[];
}

const longestName = 100;

/** Watches for the log, the metrics and the traces, as many of them as there are. */
export class Observer implements Telemetry {
  constructor(
    private readonly parts: {
      readonly logger?: Logger | undefined;
      readonly metrics?: Metrics | undefined;
      readonly tracing?: Tracing | undefined;
    } = {},
  ) {}

  get metrics(): Metrics | undefined {
    return this.parts.metrics;
  }

  arrival({ traceparent }: IncomingHttpHeaders, isProbe = false): Arrival {
    const at = performance.now();
    const parent = traceContext(traceparent);
    const span = isProbe ? undefined : this.parts.tracing?.request(parent);
    return { id: span?.spanContext().traceId ?? parent?.traceId ?? newTraceId(), at, isProbe, ...(span && { span }) };
  }

  /** Does what follows as a part of the request. */
  within({ span }: Arrival, work: () => void): void {
    if (span && this.parts.tracing) this.parts.tracing.within(span, work);
    else work();
  }

  answered({ id, at, isProbe, span }: Arrival, answered: Answered): void {
    const { method, route, status, operation, operationName, isCached, commandIds, codes } = answered;
    const ms = performance.now() - at;
    if (!isProbe) this.parts.metrics?.request({ operation: operation ?? 'none', status, isCached }, codes, ms / 1_000);
    this.parts.logger?.[isProbe ? 'debug' : 'info'](
      {
        traceId: id,
        method,
        route,
        status,
        ms: rounded(ms),
        operation,
        ...(isCached && { isCached }),
        ...(commandIds.length > 0 && { commandIds }),
        ...(codes.length > 0 && { codes }),
      },
      'request',
    );
    if (!span) return;
    span.updateName(`${method} ${route}`);
    span.setAttributes({
      'http.request.method': method,
      'http.route': route,
      'http.response.status_code': status,
      'digituki.codes': [...codes],
      'digituki.cached': isCached,
    });
    if (operation !== undefined) span.setAttribute('graphql.operation.type', operation);
    if (operationName !== undefined) span.setAttribute('graphql.operation.name', operationName.slice(0, longestName));
    span.end();
  }

  async command<Result extends { readonly effect: string }>(
    { name, commandId, correlationId }: WatchedCommand,
    work: () => Promise<Result>,
  ): Promise<Result> {
    const at = performance.now();
    const answered = (outcome: string, code?: string) => {
      const ms = performance.now() - at;
      this.parts.metrics?.commandAnswered(name, outcome, code, ms / 1_000);
      this.parts.logger?.debug({ command: name, commandId, correlationId, outcome, code, ms: rounded(ms) }, 'command');
    };
    this.parts.metrics?.commandBegun();
    try {
      const result = await this.span(
        `handle ${name}`,
        () => ({ attributes: { 'digituki.command_id': commandId, 'digituki.correlation_id': correlationId } }),
        work,
      );
      answered(result.effect);
      return result;
    } catch (error) {
      answered(error instanceof Refused ? 'refused' : 'failed', error instanceof CodedError ? error.code : 'internal');
      throw error;
    }
  }

  append<Result>(events: number, work: () => Promise<Result>): Promise<Result> {
    const { metrics } = this.parts;
    return this.span('append', () => ({ attributes: { 'digituki.events': events } }), metrics ? () => metrics.append(events, work) : work);
  }

  conflict(): void {
    this.parts.metrics?.conflict();
  }

  fold<Result>(page: readonly WatchedEvent[], work: () => Promise<Result>): Promise<Result> {
    const { metrics, tracing } = this.parts;
    const folding = metrics ? () => metrics.fold(work) : work;
    if (page.length === 0) return work();
    if (!tracing) return folding();
    return tracing.fold(page.length, correlationIds(page), folding);
  }

  folded(projection: string, events: number): void {
    this.parts.metrics?.folded(projection, events);
  }

  /** Sends what waits to be sent. */
  async stop(): Promise<void> {
    await this.parts.tracing?.stop();
  }

  private span<Result>(
    name: string,
    about: () => { attributes: Record<string, string | number> },
    work: () => Promise<Result>,
  ): Promise<Result> {
    return this.parts.tracing ? this.parts.tracing.span(name, about(), work) : work();
  }
}

function* correlationIds(page: readonly WatchedEvent[]): Generator<string> {
  for (const { metadata } of page) {
    const { correlationId } = metadata as { correlationId?: string };
    if (correlationId !== undefined) yield correlationId;
  }
}

function rounded(ms: number): number {
  return Math.round(ms * 100) / 100;
}
