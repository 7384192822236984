import { describe, expect, it } from '@jest/globals';
import { Backlog } from './backlog.js';

describe('what a view has not folded', () => {
  it('is as old as the first event that says when it was recorded', () => {
    const backlog = new Backlog();
    backlog.add({ upTo: 'a', events: 1, since: undefined });
    expect(backlog.after(undefined)).toEqual({ events: 1, since: undefined });
    backlog.add({ upTo: 'b', events: 2, since: 7 });
    expect(backlog.after(undefined)).toEqual({ events: 3, since: 7 });
  });
});
