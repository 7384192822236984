import { describe, expect, it } from '@jest/globals';
import type { SelfEvaluationType } from '#evaluation/evaluation.types';
import type { IndicatorOfRegionType } from '#evaluation/indicator.types';
import type { RegionalGoalType } from '#plans/plan.types';
import { goalsInAll, levelsByCriterion, nationalIndicators } from './follow-up.answer.js';

const year = { from: '2025-01-01', to: '2025-12-31' };
const spring = { from: '2025-01-01', to: '2025-06-30' };
const text = { fi: 'Teksti' };

describe('goals against results in all', () => {
  const goal = (more: object) => ({ indicator: 'Opastettuja', unit: 'henkilöä', target: 900, baseline: 400, ...more }) as RegionalGoalType;

  it('are summed where they are measured alike; what was not measured is in no sum', () => {
    const goals = [goal({ latest: 1_000, progress: 1.2 }), goal({ latest: 500, progress: 0.2 }), goal({ target: 100 })];
    expect(goalsInAll([...goals, goal({ unit: 'tuntia' })])).toEqual([
      {
        indicator: 'Opastettuja',
        unit: 'henkilöä',
        goals: 3,
        target: 1_900,
        measured: 2,
        measuredTarget: 1_800,
        measuredResult: 1_500,
        reached: 1,
      },
      { indicator: 'Opastettuja', unit: 'tuntia', goals: 1, target: 900, measured: 0, reached: 0 },
    ]);
  });
});

describe('an indicator in all regions', () => {
  const value = (more: object) => ({ version: 1, period: spring, isMissing: false, isSuppressed: false, history: [{}], ...more });
  const of = (measure: string, ...values: readonly object[]) =>
    [{ indicator: 'guided', name: text, unit: text, measure, values }] as unknown as readonly IndicatorOfRegionType[];

  it('adds up what is shown, and tells what is missing, what is suppressed and who reported nothing', () => {
    const [found] = nationalIndicators(
      [
        { region: '01', found: of('count', value({ value: 400, history: [{}, {}] })) },
        { region: '02', found: of('count', value({ isMissing: true })) },
        { region: '19', found: of('count', value({ isSuppressed: true })) },
        { region: '12', found: of('count', value({ value: 100 })) },
      ],
      ['01', '02', '04', '12', '19'],
      year,
    );
    expect(found?.series).toMatchObject([
      { version: 1, period: spring, total: 500, shown: 2, suppressed: 1, corrected: 1, missing: ['02'], notReported: ['04'] },
    ]);
  });

  it('is told by version of its definition, and never added up over versions', () => {
    const [found] = nationalIndicators(
      [
        { region: '01', found: of('count', value({ value: 400 })) },
        { region: '02', found: of('count', value({ value: 300, version: 2 })) },
      ],
      [],
      year,
    );
    expect(found?.series.map(({ version, total }) => [version, total])).toEqual([
      [1, 400],
      [2, 300],
    ]);
  });

  it('of shares has no total; of another period nothing', () => {
    const share = { region: '01', found: of('share', value({ value: 40 })) } as const;
    expect(nationalIndicators([share], [], year)[0]?.series[0]).not.toHaveProperty('total');
    expect(nationalIndicators([share], [], { from: '2025-02-01', to: '2025-12-31' })).toEqual([]);
  });
});

describe('self-evaluation levels by criterion', () => {
  const evaluation = (version: number, level: number | undefined, more: object = {}) =>
    ({
      framework: 'digital-support',
      version,
      period: spring,
      submittedAt: '2025-09-01',
      assessments: [{ criterion: { key: 'network', text: { fi: `Versio ${version}` } }, ...(level && { level: { level, text } }) }],
      ...more,
    }) as unknown as SelfEvaluationType;

  it('say which versions of the framework they mix', () => {
    const [found] = levelsByCriterion(
      [
        { region: '01', found: [evaluation(1, 2)] },
        { region: '02', found: [evaluation(2, 2)] },
        { region: '19', found: [evaluation(2, 2)] },
      ],
      year,
    );
    expect(found).toEqual({
      framework: 'digital-support',
      criterion: 'network',
      text: { fi: 'Versio 2' },
      versions: [
        { version: 1, regions: 1 },
        { version: 2, regions: 2 },
      ],
      isMixed: true,
      levels: [
        { version: 1, level: 2, text, regions: ['01'] },
        { version: 2, level: 2, text, regions: ['02', '19'] },
      ],
    });
  });

  it('are those of the self-evaluation that was submitted last about the period, and of none that was not submitted', () => {
    const { submittedAt: _, ...open } = evaluation(1, 3);
    const found = [
      evaluation(1, 1),
      evaluation(1, 2, { submittedAt: '2025-11-01' }),
      evaluation(1, 4, { period: { from: '2024-01-01', to: '2024-12-31' } }),
    ];
    const levels = levelsByCriterion([{ region: '01', found: [open, ...found] }], year);
    expect(levels.map((one) => one.levels.map(({ level }) => level))).toEqual([[2]]);
  });
});
