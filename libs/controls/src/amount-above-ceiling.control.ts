import { applicationEvents } from '#applications/application.events';
import type { ApplicationContent } from '#applications/application-content.events';
import { allocationEvents } from '#decisions/allocation.events';
import { grantEvents } from '#grants/grant.events';
import { judgedAt, datedBy, streamKey, type EventOf } from '#kernel/envelope';
import { pick } from '#kernel/keyed';
import { shareOf, type BasisPoints, type Cents } from '#kernel/money';
import { callOfMatter } from '#kernel/matter';
import { valueAt, withEntry, type Timeline } from '#kernel/timeline';
import { keepTerms, termsEvents, type TermsOfCalls } from './call-terms.js';
import { question, type Found } from './question.js';

/** What an application says; kept by when it arrived, since the latest arrival counts. */
interface AppliedFor {
  readonly content: ApplicationContent;
  readonly at: string;
}

interface Grant {
  readonly decided: Cents;
  readonly share: BasisPoints | undefined;
  readonly reduced: Cents;
  readonly payments: Map<string, Cents>;
  readonly repaid: Cents;
}

interface State {
  readonly terms: TermsOfCalls;
  readonly appliedFor: Map<string, AppliedFor>;
  /** What is reserved for each call through time. */
  readonly reserved: Map<string, Timeline<Cents>>;
  readonly grants: Map<string, Grant>;
  /** What is bound of each call's appropriation. */
  readonly bound: Map<string, Cents>;
}

const events = {
  ...termsEvents,
  ...pick(applicationEvents, 'ApplicationSubmitted', 'ApplicationReceived', 'ApplicationAmended', 'ApplicationSupplemented'),
  ...allocationEvents,
  ...pick(grantEvents, 'ReductionDecided', 'PaymentDecided', 'PaymentRejected', 'RepaymentReceived', 'RecoveryReceived'),
};
type Event<Type extends keyof typeof events> = EventOf<typeof events, Type>;

/** A grant keeps under what was applied for, under the largest share, under the appropriation; payments under the grant. */
export const amountAboveCeiling = question<State, typeof events>({
  key: 'amount-above-ceiling',
  title: { fi: 'Määrä yli osuuden tai katon', sv: 'Belopp över andelen eller taket', en: 'Amount above share or ceiling' },
  about: {
    fi: 'Avustus on enintään haettu määrä ja enintään haun suurin osuus hyväksyttävistä kustannuksista; päätökset yhteensä ovat enintään määräraha; maksut vähennettynä palautuksilla ovat enintään avustus.',
    sv: 'Ett understöd är högst det sökta beloppet och högst utlysningens största andel av de godtagbara kostnaderna; besluten är sammanlagt högst anslaget; betalningarna, med avdrag för det återbetalade, är högst understödet.',
    en: 'A grant is at most what was applied for, and at most the largest share of the call; all decisions together are at most the appropriation; payments less what came back are at most the grant.',
  },
  finding: {
    fi: 'Asian {matter} määrä {amount:euros} € on yli rajan {most:euros} €: {ceiling}.',
    sv: 'Beloppet {amount:euros} € i ärendet {matter} är över gränsen {most:euros} €: {ceiling}.',
    en: 'The amount of €{amount:euros} in the matter {matter} is above €{most:euros}: {ceiling}.',
    terms: {
      ceiling: {
        'applied-for': { fi: 'haettu määrä', sv: 'det sökta beloppet', en: 'what was applied for' },
        share: { fi: 'osuus kustannuksista', sv: 'andelen av kostnaderna', en: 'the share of the costs' },
        appropriation: { fi: 'haun määräraha', sv: 'anslaget för utlysningen', en: 'the appropriation of the call' },
        grant: { fi: 'avustus', sv: 'understödet', en: 'the grant' },
      },
    },
  },
  events,
  start: () => ({ terms: new Map(), appliedFor: new Map(), reserved: new Map(), grants: new Map(), bound: new Map() }),
  on: {
    ...keepTerms,
    ApplicationSubmitted: says,
    ApplicationReceived: says,
    ApplicationAmended: says,
    // What came late is kept, and the application stays as it was.
    ApplicationSupplemented: (state, event) => (event.data.isLate ? undefined : says(state, event)),
    AppropriationSet: ({ reserved }, event) => void reserved.set(streamKey(event.stream), [datedBy(event, event.data.amount)]),
    AppropriationAdjusted: ({ reserved }, event) =>
      void reserved.set(streamKey(event.stream), withEntry(reserved.get(streamKey(event.stream)) ?? [], datedBy(event, event.data.amount))),
    GrantDecided: (state, event) => {
      const { application, amount = 0, share } = event.data;
      state.grants.set(application, { decided: 0, share, reduced: 0, payments: new Map(), repaid: 0 });
      return granted(state, event, application, amount, share);
    },
    DecisionCorrected: (state, event) => {
      const { application, amount, share } = event.data;
      const grant = state.grants.get(application);
      if (amount === undefined && share === undefined) return undefined;
      return granted(state, event, application, amount ?? grant?.decided ?? 0, share ?? grant?.share);
    },
    GrantReduced: (state, { data: { application, reducedBy } }) => returned(state, application, reducedBy),
    GrantReleased: (state, { data: { application, released } }) => returned(state, application, released),
    PresenterDissented: () => undefined,
    ReductionDecided: (state, { stream, data: { reducedBy } }) =>
      changed(state, stream, ({ reduced }) => ({ reduced: reduced + reducedBy })),
    PaymentDecided: (state, { stream, data: { payment, amount } }) => {
      const matter = streamKey(stream);
      const grant = state.grants.get(matter);
      if (!grant) return undefined;
      grant.payments.set(payment, amount);
      const paid = [...grant.payments.values()].reduce((sum, one) => sum + one, 0) - grant.repaid;
      return above(matter, paid, { grant: grant.decided - grant.reduced });
    },
    PaymentRejected: ({ grants }, { stream, data: { payment } }) => void grants.get(streamKey(stream))?.payments.delete(payment),
    RepaymentReceived: (state, { stream, data: { amount } }) => changed(state, stream, ({ repaid }) => ({ repaid: repaid + amount })),
    RecoveryReceived: (state, { stream, data: { amount } }) => changed(state, stream, ({ repaid }) => ({ repaid: repaid + amount })),
  },
});

function says(
  { appliedFor }: State,
  {
    stream,
    data: { content, arrival },
  }: Event<'ApplicationSubmitted' | 'ApplicationReceived' | 'ApplicationAmended' | 'ApplicationSupplemented'>,
): void {
  const key = streamKey(stream);
  if (content && arrival.arrivedAt >= (appliedFor.get(key)?.at ?? '')) appliedFor.set(key, { content, at: arrival.arrivedAt });
}

function granted(
  state: State,
  event: Event<'GrantDecided' | 'DecisionCorrected'>,
  matter: string,
  amount: Cents,
  share: BasisPoints | undefined,
): Found {
  const { terms, appliedFor, reserved, grants, bound } = state;
  const [call, grant] = [streamKey(event.stream), grants.get(matter)];
  const all = (bound.get(call) ?? 0) + amount - (grant?.decided ?? 0);
  bound.set(call, all);
  if (grant) grants.set(matter, { ...grant, decided: amount, share });
  if (amount === 0) return undefined;
  const said = appliedFor.get(matter)?.content;
  const { largestShare = 10_000, shareOf: base } = terms.get(callOfMatter(matter)) ?? {};
  const costs = said?.eligibleCosts.reduce((sum, line) => sum + line.amount, 0) ?? 0;
  const covers = base === 'eligible-costs-less-income' ? Math.max(0, costs - (said?.income ?? 0)) : costs;
  const left = Math.max(0, amount - all + (valueAt(reserved.get(call) ?? [], judgedAt(event)) ?? 0));
  return above(matter, amount, {
    'applied-for': said?.amount ?? 0,
    share: shareOf(covers, Math.min(share ?? largestShare, largestShare)),
    appropriation: left,
  });
}

/** The lowest of the ceilings, where the amount is above it. */
function above(matter: string, amount: Cents, ceilings: Readonly<Record<string, Cents>>): Found {
  const [ceiling, most] = Object.entries(ceilings).reduce((lowest, one) => (one[1] < lowest[1] ? one : lowest));
  return amount > most ? { matter, amount, most, ceiling } : undefined;
}

function returned({ bound }: State, matter: string, amount: Cents): void {
  const call = callOfMatter(matter);
  bound.set(call, (bound.get(call) ?? 0) - amount);
}

function changed({ grants }: State, stream: string, change: (grant: Grant) => Partial<Grant>): void {
  const grant = grants.get(streamKey(stream));
  if (grant) grants.set(streamKey(stream), { ...grant, ...change(grant) });
}
