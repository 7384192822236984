import { describe, expect, it } from '@jest/globals';
import { isTraceId, newTraceId, traceContext } from './trace-context.js';

const [trace, span] = ['0af7651916cd43dd8448eb211c80319c', 'b7ad6b7169203331'];

describe('a traceparent', () => {
  it('says trace, span and whether they are recorded', () => {
    expect(traceContext(`00-${trace}-${span}-01`)).toEqual({ traceId: trace, spanId: span, isSampled: true });
    expect(traceContext(`00-${trace}-${span}-00`)).toEqual({ traceId: trace, spanId: span, isSampled: false });
    expect(traceContext(`01-${trace}-${span}-03-of-a-later-version`)).toEqual({ traceId: trace, spanId: span, isSampled: true });
  });

  it.each([
    undefined,
    '',
    trace,
    `ff-${trace}-${span}-01`,
    `00-${'0'.repeat(32)}-${span}-01`,
    `00-${trace}-${'0'.repeat(16)}-01`,
    `00-${trace.toUpperCase()}-${span}-01`,
    `00-${trace}-${span}-01-more`,
    `00-${trace}-${span}`,
    `00-${trace}-${span}-01\nx`,
    [`00-${trace}-${span}-01`, `00-${trace}-${span}-01`],
  ])('that is not as the standard has it is ignored: %j', (header) => {
    expect(traceContext(header)).toBeUndefined();
  });

  it('is not needed: a trace gets an id of its own, unlike all others', () => {
    const ids = Array.from({ length: 100 }, newTraceId);
    expect(ids.filter((id) => !isTraceId(id))).toEqual([]);
    expect(new Set(ids).size).toBe(100);
    expect(isTraceId('public-record')).toBe(false);
  });
});
