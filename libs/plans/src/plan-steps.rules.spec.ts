import { describe, expect, it } from '@jest/globals';
import { planStepsOf } from './plan-steps.rules.js';

const terms = { closes: '2026-10-15T13:15:00.000Z', planComments: { from: '2026-09-23', to: '2026-10-04' } };
const commentsEnd = '2026-10-04T20:59:59.999Z';
const closes = '2026-10-15T13:15:00.000Z';
const progress = { isSubmitted: false, isFinal: false, waitingComments: 0 };

describe('what a region must do next about its plan', () => {
  it.each([
    [
      'before it is drafted',
      undefined,
      '2026-09-01T00:00:00.000Z',
      [
        { step: 'draft-plan', by: commentsEnd },
        { step: 'submit-plan-for-comment', by: commentsEnd },
        { step: 'finalise-plan', by: closes },
      ],
    ],
    [
      'before it is drafted, after the comment window',
      undefined,
      '2026-10-04T21:00:00.000Z',
      [
        { step: 'draft-plan', by: closes },
        { step: 'finalise-plan', by: closes },
      ],
    ],
    [
      'once it is drafted',
      progress,
      commentsEnd,
      [
        { step: 'submit-plan-for-comment', by: commentsEnd },
        { step: 'finalise-plan', by: closes },
      ],
    ],
    ['once the comment window has closed', progress, '2026-10-04T21:00:00.000Z', [{ step: 'finalise-plan', by: closes }]],
    [
      'while comments wait',
      { ...progress, isSubmitted: true, waitingComments: 3 },
      '2026-10-01T00:00:00.000Z',
      [
        { step: 'answer-plan-comments', by: closes, comments: 3 },
        { step: 'finalise-plan', by: closes },
      ],
    ],
    ['once it is final', { ...progress, isFinal: true }, '2026-10-01T00:00:00.000Z', []],
    ['at the last instant of the call', progress, closes, [{ step: 'finalise-plan', by: closes }]],
    ['once the call has closed', progress, '2026-10-15T13:15:00.001Z', []],
    ['once the call has closed and it was never drafted', undefined, '2026-10-15T13:15:00.001Z', []],
  ] as const)('%s, by when, the most urgent first', (_, plan, at, steps) => {
    expect(planStepsOf(terms, plan, at)).toEqual(steps);
  });

  it('has no limit in time where the terms have none', () => {
    expect(planStepsOf({}, undefined, closes)).toEqual([{ step: 'draft-plan' }, { step: 'finalise-plan' }]);
  });
});
