import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { roles, type Claims } from '#access/policy';
import { recorded } from '#kernel/decider.testing';
import { regionCodes } from '#kernel/region';
import { EmbeddedViewStore } from '#view-store/embedded/embedded-view-store';
import { planAudience, plansSeen, type PlanOwners } from './plan.audience.js';
import { planAt } from './plan.types.js';
import { plans, type PlanRow } from './plans.projection.js';
import { rowsAfter } from '#kernel/projection.testing';
import type { Stored } from '#kernel/projection';
import { momentAt } from '#edge/moment.testing';

const drafted = {
  type: 'PlanDrafted',
  data: { call: 'round', region: '19', applicant: 'council-19', sections: [{ section: 'budget', text: 'Salainen' }] },
} as const;
const submitted = { type: 'PlanSubmittedForComment', data: { version: 1 } } as const;
const revised = { type: 'PlanRevised', data: { version: 2, sections: [{ section: 'budget', text: 'Uusi' }], removed: [] } } as const;
const answered = { type: 'PlanCommentAnswered', data: { comment: 'c', text: 't', author: 'p' } } as const;
const finalised = { type: 'PlanFinalised', data: { version: 2 } } as const;
const goalSet = { type: 'GoalSet', data: { goal: 'g', indicator: 'i', unit: 'u', target: 1, by: '2027-12-31' } } as const;
type Event = typeof drafted | typeof goalSet | typeof submitted | typeof revised | typeof answered | typeof finalised;

/** Whether the reader sees the last of the events. */
const sees = (reader: Claims | undefined, ...events: readonly Event[]) => {
  const state = events.reduce(
    (before, event, revision) => planAudience.fold.evolve[event.type](before, recorded(event, revision) as never),
    planAudience.fold.initial,
  );
  return planAudience.sees(state, reader);
};

const owners: Claims[] = [
  { roles: ['regional-coordinator'], region: '19' },
  { roles: ['applicant-signatory'], organisation: 'council-19' },
];
const everything: Claims[] = [{ roles: ['ministry-auditor'] }, { roles: ['agency-analyst'] }];
const fromSubmission: Claims[] = ['agency-coordinator', 'ministry-presenter', 'ministry-decider'].map((role) => ({ roles: [role] }));
const never: (Claims | undefined)[] = [
  undefined,
  { roles: [] },
  { roles: ['regional-coordinator'], region: '12' },
  { roles: ['applicant-signatory'], organisation: 'council-12' },
  { roles: ['provider'], organisation: 'council-19', region: '19' },
];

describe('who sees a plan', () => {
  it('are its owners, the auditor and the analyst, from the first draft on', () => {
    for (const reader of [...owners, ...everything])
      expect([sees(reader, drafted), sees(reader, drafted, submitted), sees(reader, drafted, submitted, revised)]).toEqual([
        'internal',
        'internal',
        'internal',
      ]);
  });

  it('are the agency and the ministry from its submission on, but for revisions and goals that were not submitted', () => {
    for (const reader of fromSubmission) {
      expect([sees(reader, drafted), sees(reader, drafted, submitted), sees(reader, drafted, submitted, revised)]).toEqual([
        undefined,
        'internal',
        undefined,
      ]);
      expect(sees(reader, drafted, submitted, goalSet)).toBeUndefined();
      expect([sees(reader, drafted, submitted, revised, answered), sees(reader, drafted, revised, finalised)]).toEqual([
        'internal',
        'internal',
      ]);
    }
  });

  it('are no other regions, organisations or providers, and nobody without a token', () => {
    for (const reader of never)
      for (const events of [[drafted], [drafted, submitted], [drafted, submitted, answered], [drafted, revised, finalised]])
        expect(sees(reader, ...events)).toBeUndefined();
  });

  it('is the same whether one asks for a plan or for a list', async () => {
    const owner = fc.record({
      region: fc.constantFrom(...regionCodes.slice(0, 3)),
      applicant: fc.option(fc.constantFrom('a', 'b'), { nil: undefined }),
    });
    const reader = fc.record({
      roles: fc.oneof(fc.constant(['regional-coordinator']), fc.subarray([...roles], { minLength: 1, maxLength: 1 })),
      region: fc.option(fc.constantFrom(...regionCodes.slice(0, 3)), { nil: undefined }),
      organisation: fc.option(fc.constantFrom('a', 'b'), { nil: undefined }),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(owner, fc.boolean()), { maxLength: 6 }),
        reader,
        fc.option(fc.constantFrom(...regionCodes.slice(0, 3)), { nil: undefined }),
        async (made, { roles: has, region, organisation }, asked) => {
          const claims: Claims = { roles: has, ...(region && { region }), ...(organisation && { organisation }) };
          const rows = made.map(([{ region: own, applicant }, isSubmitted], index) =>
            rowOf(String(index), { region: own, ...(applicant && { applicant }) }, isSubmitted),
          );
          const collection = new EmbeddedViewStore().collection<PlanRow>('plans', ['region']);
          await collection.write(rows);
          const listed = await collection.find({ where: plansSeen(asked ? { region: asked } : {}, claims, now), limit: 100 });
          const seen = rows.filter((row) => planAt(row, momentAt(now), claims) && (asked === undefined || row.region === asked));
          expect(listed.map(({ _id }) => _id)).toEqual(seen.map(({ _id }) => _id));
        },
      ),
      { numRuns: 500 },
    );
  });
});

const now = '2026-12-01T00:00:00.000Z';

function rowOf(id: string, owner: PlanOwners, isSubmitted: boolean) {
  const own = { ...drafted, data: { call: 'round', ...owner, sections: [] } };
  const row = rowsAfter(plans, `plan-${id}`, isSubmitted ? [own, submitted] : [own])[id] as Stored<PlanRow>;
  return { ...row, _id: id, position: id.padStart(32, '0') };
}
