import { describe, expect, it } from '@jest/globals';
import { grantReminders } from './grant-reminders.process.js';

const grant = 'c--fictional-council';
const one = (kind: 'grant-acceptance-due' | 'period-of-use-ends' | 'final-report-due' | 'appeal-time-ends', due?: string) => ({
  kind,
  grant,
  ...(due !== undefined && { due }),
  since: '2026-12-01T10:00:00.000Z',
  because: kind,
});
const row = {
  name: { fi: 'Kuvitteellinen haku' },
  reporting: '2028-02-28',
  isCancelled: false,
  whose: { [grant]: { region: '19', applicant: 'fictional-council' } },
  waiting: [
    one('grant-acceptance-due', '2026-12-25'),
    one('period-of-use-ends', '2027-12-31'),
    one('final-report-due'),
    one('appeal-time-ends', '2027-02-15'),
  ],
  requested: [],
} as const;
const due = (of: Parameters<typeof grantReminders.due>[0]) => grantReminders.due(of, 'c');

describe('the days of a grant', () => {
  it('are reminded of before they are over, the region and the grantee each', () => {
    expect(due(row).map(({ because, at }) => `${because} ${at.slice(0, 10)}`)).toEqual(
      [
        ...['grant-acceptance-due 2026-12-18', 'grant-acceptance-due 2026-12-24'],
        ...['period-of-use-ends 2027-11-01', 'period-of-use-ends 2027-12-17'],
        ...['final-report-due 2028-01-31', 'final-report-due 2028-02-21', 'final-report-due 2028-02-27'],
        'appeal-time-ends 2027-02-08',
      ].flatMap((told) => [told, told]),
    );
    expect(new Set(due(row).map(({ id }) => id)).size).toBe(16);
  });

  it('are not reminded of again, nor where they were too near when they began, nor in a call that was cancelled', () => {
    const [first, ...rest] = due(row);
    expect(due({ ...row, requested: [first?.id as string] })).toEqual(rest);
    const late = { ...one('grant-acceptance-due', '2026-12-25'), since: '2026-12-20T10:00:00.000Z' };
    expect(due({ ...row, waiting: [late] }).map(({ at }) => at.slice(0, 10))).toEqual(['2026-12-24', '2026-12-24']);
    expect(due({ ...row, isCancelled: true })).toEqual([]);
    const { reporting: _, ...unsaid } = row;
    expect(due({ ...unsaid, waiting: [one('final-report-due')] })).toEqual([]);
  });
});
