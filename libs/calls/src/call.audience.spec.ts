import { describe, expect, it } from '@jest/globals';
import type { EventOf } from '#kernel/envelope';
import { publicRecord, recorded } from '#kernel/decider.testing';
import { callAudience } from './call.audience.js';
import type { callEvents } from './call.events.js';

const { fold, sees } = callAudience;
const planned = recorded({ type: 'CallPlanned', data: {} }, 0) as EventOf<typeof callEvents, 'CallPlanned'>;
const draft = fold.evolve.CallPlanned(fold.initial, planned);
const publishing = recorded({ type: 'CallPublished', data: {} }, 1) as EventOf<typeof callEvents, 'CallPublished'>;

describe('the events of a call', () => {
  it('are for the ministry and the analysts until it is published, and then for anyone', () => {
    for (const roles of [['ministry-presenter'], ['ministry-auditor'], ['agency-analyst']]) expect(sees(draft, { roles })).toBe('public');
    for (const reader of [undefined, { roles: ['regional-coordinator'], region: '19' }, { roles: ['provider'] }]) {
      expect(sees(draft, reader)).toBeUndefined();
      expect(sees(fold.evolve.CallPublished(draft, publishing), reader)).toBe('public');
    }
  });

  it('are for anyone where they were recorded from the public record', () => {
    const known = { ...planned, metadata: { ...planned.metadata, source: publicRecord } };
    expect(sees(fold.evolve.CallPlanned(fold.initial, known), undefined)).toBe('public');
  });
});
