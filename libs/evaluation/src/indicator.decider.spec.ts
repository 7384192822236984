import { describe, it } from '@jest/globals';
import { specOf } from '#kernel/decider.testing';
import { indicatorDefinition } from './indicator-definition.decider.js';
import type { IndicatorMeasure } from './indicator.events.js';
import { indicators } from './indicator.decider.js';

const text = { fi: 'Teksti', sv: 'Text' };
const definition = { names: text, unit: text, measure: 'count', method: text } as const;

describe('an indicator', () => {
  const { given } = specOf(indicatorDefinition);
  const define = { indicator: 'guided', ...definition };
  const defined = { type: 'IndicatorDefined', data: { ...definition, version: 1 } } as const;

  it('is defined version by version', () => {
    given().when('DefineIndicator', define).then([defined]);
    given(defined).when('DefineIndicator', define).thenNothing();
    given(defined)
      .when('DefineIndicator', { ...define, method: { fi: 'Toisin' } })
      .then([{ type: 'IndicatorDefined', data: { ...definition, method: { fi: 'Toisin' }, version: 2 } }]);
  });

  it('measures one kind of thing in all its versions', () => {
    given(defined)
      .when('DefineIndicator', { ...define, measure: 'share' })
      .thenRefused('indicator-measure-changed', { measure: 'count' });
  });
});

describe('the value of an indicator', () => {
  const { given } = specOf(indicators);
  const period = { from: '2025-01-01', to: '2025-06-30' };
  const value = { indicator: 'guided', version: 1, period, value: 420, basis: 'counted' } as const;
  const missing = { indicator: 'guided', version: 1, period, missingBecause: 'Ei laskettu' } as const;
  const report = { region: '19', ...value } as const;
  const reported = { type: 'IndicatorReported', data: value } as const;
  const at = { at: '2025-07-01' };
  const knowing = (
    measure: IndicatorMeasure = 'count',
    ...events: readonly (typeof reported | { type: 'IndicatorReported'; data: typeof missing })[]
  ) => given(...events).knowing({ defined: { versions: [{ ...definition, measure, version: 1 }] } });

  it('is reported by a version of its definition, once the period is over', () => {
    knowing().when('ReportIndicator', report, at).then([reported]);
    knowing().when('ReportIndicator', report, { at: '2025-06-30' }).thenRefused('indicator-period-goes-on', { to: '2025-06-30' });
    knowing()
      .when('ReportIndicator', { ...report, version: 2 }, at)
      .thenRefused('indicator-version-unknown', { indicator: 'guided', version: 2 });
    knowing()
      .when('ReportIndicator', { ...report, period: { from: '2025-07-01', to: '2025-06-30' } }, at)
      .thenRefused('indicator-period-reversed', { from: '2025-07-01', to: '2025-06-30' });
  });

  it('is a value or missing for a reason, and never both: missing is not zero', () => {
    const { value: _, basis: __, ...empty } = report;
    knowing()
      .when('ReportIndicator', { region: '19', ...missing }, at)
      .then([{ type: 'IndicatorReported', data: missing }]);
    knowing().when('ReportIndicator', empty, at).thenRefused('indicator-value-or-reason');
    knowing()
      .when('ReportIndicator', { ...report, missingBecause: 'x' }, at)
      .thenRefused('indicator-value-or-reason');
    knowing()
      .when('ReportIndicator', { ...empty, value: 1 }, at)
      .thenRefused('indicator-value-or-reason');
    knowing()
      .when('ReportIndicator', { ...report, value: 0 }, at)
      .then([{ ...reported, data: { ...value, value: 0 } }]);
  });

  it.each<[IndicatorMeasure, number]>([
    ['count', -1],
    ['count', 1.5],
    ['count', 2 ** 53],
    ['share', 100.1],
    ['share', -0.1],
    ['score', -1],
    ['score', Infinity],
  ])('of a %s is not %d', (measure, impossible) => {
    knowing(measure)
      .when('ReportIndicator', { ...report, value: impossible }, at)
      .thenRefused('indicator-value-impossible', { value: impossible });
  });

  it('is corrected by a later event that says why, and never overwritten', () => {
    const corrected = { ...value, value: 402, correction: 'Kaksi lukua oli vaihtunut' };
    knowing('count', reported).when('ReportIndicator', report, at).thenNothing();
    knowing('count', reported)
      .when('ReportIndicator', { ...report, value: 402 }, at)
      .thenRefused('indicator-correction-unexplained');
    knowing('count', reported)
      .when('ReportIndicator', { region: '19', ...corrected }, at)
      .then([{ type: 'IndicatorReported', data: corrected }]);
    knowing('count', reported)
      .when('ReportIndicator', { region: '19', ...missing, correction: 'Laskuri oli rikki' }, at)
      .then([{ type: 'IndicatorReported', data: { ...missing, correction: 'Laskuri oli rikki' } }]);
    knowing()
      .when('ReportIndicator', { region: '19', ...corrected }, at)
      .thenRefused('indicator-nothing-to-correct');
  });

  it('may be of a municipality that belonged to the region at the end of the period', () => {
    const of = (municipality: string) => knowing().when('ReportIndicator', { ...report, municipality }, at);
    of('148').then([{ type: 'IndicatorReported', data: { ...value, municipality: '148' } }]);
    of('588').thenRefused('indicator-municipality', { municipality: '588', fault: 'ended', region: '19' });
    of('091').thenRefused('indicator-municipality', { municipality: '091', fault: 'elsewhere', region: '19' });
    of('999').thenRefused('indicator-municipality', { municipality: '999', fault: 'unknown', region: '19' });
  });
});
