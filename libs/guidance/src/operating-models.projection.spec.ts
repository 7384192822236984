import { describe, expect, it } from '@jest/globals';
import { rowsAfter } from '#kernel/projection.testing';
import type { Stored } from '#kernel/projection';
import type { Moment } from '#edge/views';
import { operatingModelAudience } from './operating-model.audience.js';
import { operatingModelAt, shown, thenOf } from './operating-model.types.js';
import { operatingModels, type OperatingModelRow } from './operating-models.projection.js';

const section = (fi: string) => ({ key: 'roles', heading: { fi }, text: { fi } });
const content = (evaluation: string, fi: string) => ({ evaluation, version: 1, findings: { fi }, conclusions: { fi } });
const proposed = (evaluation: string, proposal: number) =>
  ({
    type: 'RegionalRoleEvaluationProposed',
    data: { ...content(evaluation, `${proposal}`), proposal, proposer: 'p' },
    effectiveAt: '2019-06-01',
  }) as const;
const row = rowsAfter(operatingModels, 'operatingModel-m', [
  { type: 'OperatingModelPublished', data: { names: { fi: 'Malli' }, sections: [section('ensin')] }, effectiveAt: '2018-04-05' },
  { type: 'OperatingModelFeedbackGiven', data: { version: 1, region: '19', text: { fi: 'Lapista' } }, effectiveAt: '2018-11-01' },
  {
    type: 'OperatingModelFeedbackGiven',
    data: { version: 1, section: 'roles', region: '12', text: { fi: 'Pohjois-Karjalasta' } },
    effectiveAt: '2019-02-01',
  },
  proposed('lapland', 1),
  proposed('country', 1),
  proposed('lapland', 2),
  { type: 'RegionalRoleEvaluated', data: { ...content('lapland', 'yhteinen'), region: '19' }, effectiveAt: '2019-09-01' },
  { type: 'OperatingModelRevised', data: { version: 2, sections: [section('sitten')], reason: 'Kokemukset' }, effectiveAt: '2020-01-01' },
])['m'] as Stored<OperatingModelRow>;
const at = (asOf: string) => operatingModelAt({ ...row, _id: 'm', position: '0' }, { asOf } as Moment);

describe('the view of operating models', () => {
  it('answers the version of the day asked for, and all through time', () => {
    expect(at('2018-04-04T20:59:59.999Z').version).toBeUndefined();
    expect(at('2019-12-31T21:59:59.999Z').version).toMatchObject({
      number: 1,
      validFrom: '2018-04-05',
      written: [{ text: { fi: 'ensin' } }],
    });
    expect(at('2019-12-31T22:00:00.000Z').version).toMatchObject({
      number: 2,
      reason: 'Kokemukset',
      written: [{ text: { fi: 'sitten' } }],
    });
    expect(at('2018-05-01T00:00:00.000Z')).toMatchObject({
      id: 'm',
      name: { fi: 'Malli' },
      versions: [{ number: 1 }, { number: 2 }],
      revision: { stream: 'operatingModel-m', revision: 7 },
    });
  });

  it('keeps what regions had said by the day asked for, of all or of one', () => {
    expect(thenOf(row.feedback, '2018-12-01T00:00:00.000Z')).toMatchObject([{ value: { region: '19' } }]);
    expect(thenOf(row.feedback, '2020-01-01T00:00:00.000Z')).toHaveLength(2);
    expect(thenOf(row.feedback, '2020-01-01T00:00:00.000Z', '12')).toMatchObject([{ value: { section: 'roles' } }]);
  });

  it('keeps the latest proposal of an evaluation until it is confirmed, and then the evaluation', () => {
    expect(row.proposals).toMatchObject([{ value: { evaluation: 'country', proposal: 1 } }]);
    expect(row.evaluations.map(shown)).toEqual([
      { ...content('lapland', 'yhteinen'), region: expect.objectContaining({ code: '19' }), effectiveAt: '2019-09-01' },
    ]);
    expect(thenOf(row.evaluations, '2019-08-31T00:00:00.000Z')).toEqual([]);
  });

  it('shows what is proposed to the two offices, and the rest to anyone', () => {
    const sees = (...roles: string[]) => operatingModelAudience.sees(operatingModelAudience.fold.initial, { roles });
    expect(operatingModelAudience.sees(operatingModelAudience.fold.initial, undefined)).toBe('public');
    expect([sees('agency-coordinator'), sees('ministry-presenter'), sees('ministry-auditor')]).toEqual([
      'internal',
      'internal',
      'internal',
    ]);
    expect([sees('regional-coordinator'), sees('provider'), sees()]).toEqual(['public', 'public', 'public']);
    const seesProposal = (...roles: string[]) =>
      operatingModelAudience.sees(operatingModelAudience.fold.initial, { roles }, 'RegionalRoleEvaluationProposed');
    expect([seesProposal('agency-coordinator'), seesProposal('provider'), seesProposal()]).toEqual(['internal', undefined, undefined]);
  });
});
