import { randomUUID } from 'node:crypto';

/** Where a request stands in a trace (W3C Trace Context). */
export interface TraceContext {
  readonly traceId: string;
  readonly spanId: string;
  readonly isSampled: boolean;
}

const traceparent = /^(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})(-.*)?$/;

/** What a `traceparent` header says; undefined where there is none, or it is not as the standard has it: it is then to be ignored. */
export function traceContext(header: string | readonly string[] | undefined): TraceContext | undefined {
  if (typeof header !== 'string') return undefined;
  const [, traceId, spanId, flags, more] = traceparent.exec(header) ?? [];
  if (traceId === undefined || spanId === undefined || flags === undefined) return undefined;
  // Version 00 ends with its flags; a later one may say more.
  if (header.startsWith('00') && more !== undefined) return undefined;
  return { traceId, spanId, isSampled: (Number.parseInt(flags, 16) & 1) === 1 };
}

/** The id of a trace that nobody has begun yet. */
export function newTraceId(): string {
  return randomUUID().replaceAll('-', '');
}

export function isTraceId(text: string): boolean {
  return /^(?!0{32})[0-9a-f]{32}$/.test(text);
}
