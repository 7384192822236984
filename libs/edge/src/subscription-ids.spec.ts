import { describe, expect, it } from '@jest/globals';
import { SubscriptionIds } from './subscription-ids.js';

describe('the ids of subscriptions', () => {
  const said = (ids: SubscriptionIds, message: object) => {
    const taken = ids.taken(JSON.stringify(message));
    return taken === undefined ? undefined : (JSON.parse(taken) as { id: string });
  };
  const next = (ours: string | undefined, data: object = {}) => JSON.stringify({ id: ours, type: 'next', payload: { data } });

  it('are told apart where a client uses one again before the first has ended', () => {
    const ids = new SubscriptionIds();
    const first = said(ids, { id: 'a', type: 'subscribe', payload: { query: 'q' } });
    expect(said(ids, { id: 'a', type: 'complete' })?.id).toBe(first?.id);
    const second = said(ids, { id: 'a', type: 'subscribe', payload: { query: 'q' } });
    expect(second).toEqual({ id: expect.not.stringMatching(`^${first?.id}$`), type: 'subscribe', payload: { query: 'q' } });
    expect(ids.told(next(first?.id))).toBeUndefined();
    expect(ids.told(JSON.stringify({ id: first?.id, type: 'complete' }))).toBeUndefined();
    expect(ids.told(next(second?.id, { n: 1 }))).toBe(next('a', { n: 1 }));
  });

  it('are free again once the end was told, and not before', () => {
    const ids = new SubscriptionIds();
    const first = said(ids, { id: 'a "quoted" id', type: 'subscribe' });
    expect(said(ids, { id: 'a "quoted" id', type: 'subscribe' })).toBeUndefined();
    expect(JSON.parse(ids.told(JSON.stringify({ id: first?.id, type: 'error', payload: [] })) as string)).toEqual({
      id: 'a "quoted" id',
      type: 'error',
      payload: [],
    });
    expect(said(ids, { id: 'a "quoted" id', type: 'subscribe' })).toBeDefined();
  });

  it.each(['{"type":"ping"}', '{"type":"connection_init","payload":{"id":"1"}}', 'nonsense', '[]', 'null'])('leave %s as it is', (text) => {
    const ids = new SubscriptionIds();
    expect(ids.taken(text)).toBe(text);
    expect(ids.told(text)).toBe(text);
  });
});
