import { AsyncLocalStorage } from 'node:async_hooks';
import {
  diag,
  DiagLogLevel,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
  TraceFlags,
  type Attributes,
  type Context,
  type Link,
  type Span,
  type Tracer,
} from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { defaultResource, detectResources, envDetector, resourceFromAttributes } from '@opentelemetry/resources';
import { BasicTracerProvider, BatchSpanProcessor } from '@opentelemetry/sdk-trace-base';
import { CodedError, Refused } from '#kernel/refused';
import { isTraceId, type TraceContext } from './trace-context.js';

/** Spans for OpenTelemetry. Loaded only where they are asked for. */
export class Tracing {
  private readonly current = new AsyncLocalStorage<Context>();
  private readonly tracer: Tracer;

  constructor(private readonly provider: BasicTracerProvider) {
    this.tracer = provider.getTracer('digituki');
  }

  /** Sends spans by OTLP over HTTP, as the OTEL_… variables say, and tells what OpenTelemetry warns of. */
  static ofEnvironment(report: (what: string, details: object) => void): Tracing {
    const tell = (reason: string) => report('a trouble with the traces', { reason });
    diag.setLogger({ error: tell, warn: tell, info: () => undefined, debug: () => undefined, verbose: () => undefined }, DiagLogLevel.WARN);
    const resource = defaultResource()
      .merge(resourceFromAttributes({ 'service.name': 'digituki' }))
      .merge(detectResources({ detectors: [envDetector] }));
    return new Tracing(new BasicTracerProvider({ resource, spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter())] }));
  }

  /** The span of a request, in the trace that its client says it belongs to. */
  request(parent: TraceContext | undefined): Span {
    const context = parent
      ? trace.setSpanContext(ROOT_CONTEXT, {
          traceId: parent.traceId,
          spanId: parent.spanId,
          traceFlags: parent.isSampled ? TraceFlags.SAMPLED : TraceFlags.NONE,
          isRemote: true,
        })
      : ROOT_CONTEXT;
    return this.tracer.startSpan('request', { kind: SpanKind.SERVER }, context);
  }

  /** Does the work as a part of that span. */
  within(span: Span, work: () => void): void {
    this.current.run(trace.setSpan(ROOT_CONTEXT, span), work);
  }

  /** Does the work in a span of its own, a part of the one under way. */
  async span<Result>(
    name: string,
    { attributes = {}, links = [] }: { attributes?: Attributes; links?: Link[] },
    work: () => Promise<Result>,
  ): Promise<Result> {
    const parent = this.current.getStore() ?? ROOT_CONTEXT;
    const span = this.tracer.startSpan(name, { attributes, links }, parent);
    try {
      return await this.current.run(trace.setSpan(parent, span), work);
    } catch (error) {
      // The code alone: a message may hold what was sent.
      span.setAttribute('error.type', error instanceof CodedError ? error.code : error instanceof Error ? error.name : 'unknown');
      // What a rule refuses is no fault.
      if (!(error instanceof Refused)) span.setStatus({ code: SpanStatusCode.ERROR });
      throw error;
    } finally {
      span.end();
    }
  }

  /** Folds a page in a span of its own, linked to the traces of its events' commands. */
  fold<Result>(events: number, correlationIds: Iterable<string>, work: () => Promise<Result>): Promise<Result> {
    return this.span('fold page', { attributes: { 'digituki.events': events }, links: linksTo(correlationIds) }, work);
  }

  /** Sends what has not been sent. */
  stop(): Promise<void> {
    return this.provider.shutdown();
  }
}

/** More links than this tell nobody more, and OpenTelemetry keeps no more. */
const mostLinks = 128;

/**
 * Links to the traces of these correlation ids. A correlation id names a trace and no span of it: in the place of the
 * span's id stand the trace's first digits, so that the link is valid. One finds the trace by its own id.
 */
function linksTo(correlationIds: Iterable<string>): Link[] {
  const traces = [...new Set(correlationIds)].filter(isTraceId).slice(0, mostLinks);
  return traces.map((traceId) => ({ context: { traceId, spanId: spanIdFor(traceId), traceFlags: TraceFlags.SAMPLED, isRemote: true } }));
}

function spanIdFor(traceId: string): string {
  const first = traceId.slice(0, 16);
  return /[^0]/.test(first) ? first : traceId.slice(16);
}
