import { describe, expect, it } from '@jest/globals';
import { planCommentReminders } from './plan-comment-reminders.process.js';

const comment = (id: string, at: string, plan = 'round--19') => ({ plan, comment: id, at, because: id });
const row = {
  name: { fi: 'Kuvitteellinen haku' },
  isCancelled: false,
  closes: '2026-11-13',
  regions: { 'round--19': '19', 'round--12': '12' },
  waiting: [
    comment('a', '2026-10-14T09:00:00.000Z'),
    comment('b', '2026-10-14T10:00:00.000Z'),
    comment('c', '2026-10-15T09:00:00.000Z'),
    comment('d', '2026-10-14T11:00:00.000Z', 'round--12'),
  ],
  requested: [],
} as const;

describe('the comments that wait', () => {
  it('are told of once for each plan and day, and reminded of twice', () => {
    const due = planCommentReminders.due(row, 'round');
    expect(due.map(({ because }) => because)).toEqual(['a', 'a', 'a', 'c', 'c', 'c', 'd', 'd', 'd']);
    expect(new Set(due.map(({ id }) => id)).size).toBe(9);
  });

  it('are not told of again, nor in a call that was cancelled or has no deadline', () => {
    const [first, ...rest] = planCommentReminders.due(row, 'round');
    expect(planCommentReminders.due({ ...row, requested: [first?.id as string] }, 'round')).toEqual(rest);
    expect(planCommentReminders.due({ ...row, isCancelled: true }, 'round')).toEqual([]);
    const { closes: _, ...withoutDeadline } = row;
    expect(planCommentReminders.due(withoutDeadline, 'round')).toEqual([]);
  });
});
