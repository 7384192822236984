import { applicationEvents } from '#applications/application.events';
import { allocationEvents } from '#decisions/allocation.events';
import { grantEvents } from '#grants/grant.events';
import { streamKey, type Recorded } from '#kernel/envelope';
import { pick } from '#kernel/keyed';
import { question, type Found } from './question.js';

/** Who presented what is or was decided, by application. */
type Presenters = Map<string, Set<string>>;

const events = {
  ...pick(applicationEvents, 'DecisionProposed', 'DecisionProposalWithdrawn'),
  ...pick(allocationEvents, 'GrantDecided', 'DecisionCorrected'),
  ...pick(grantEvents, 'ChangeDecided', 'ReductionDecided', 'RectificationDecided', 'GrantSettled'),
  ...pick(grantEvents, 'PaymentDecided', 'PaymentSuspended', 'PaymentResumed', 'PaymentTerminated', 'RecoveryDecided', 'RecoveryWaived'),
};

const inLife = (presenters: Presenters, event: Recorded<string, { readonly decider: string }>) =>
  decidedBy(presenters, streamKey(event.stream), event.data.decider, event);

/** Who presented a matter decides nothing in it. */
export const presenterDecides = question<Presenters, typeof events>({
  key: 'presenter-decides',
  title: { fi: 'Esittelijä ratkaisijana', sv: 'Föredraganden som beslutsfattare', en: 'The presenter decides' },
  about: {
    fi: 'Päätöksen esitellyt henkilö ei ratkaise sitä, ei korjaa sitä eikä päätä mistään avustuksen elinkaaressa.',
    sv: 'Den som har föredragit ett beslut avgör det inte, rättar det inte och beslutar inte om något under understödets livstid.',
    en: 'Who presented a decision does not take it, does not correct it, and decides nothing in the life of the grant.',
  },
  finding: {
    fi: 'Asian {matter} ratkaisi sama henkilö, joka esitteli sen.',
    sv: 'Ärendet {matter} avgjordes av samma person som föredrog det.',
    en: 'In the matter {matter} the person decided who presented it.',
  },
  events,
  start: () => new Map(),
  on: {
    DecisionProposed: (presenters, { stream, data: { presenter }, metadata: { actor } }) =>
      void presenters.set(streamKey(stream), new Set([presenter, actor.id])),
    // What is proposed anew may have another presenter.
    DecisionProposalWithdrawn: (presenters, { stream }) => void presenters.delete(streamKey(stream)),
    GrantDecided: (presenters, event) => {
      const { application, presenter, decider } = event.data;
      presenters.set(application, (presenters.get(application) ?? new Set()).add(presenter));
      return decidedBy(presenters, application, decider, event);
    },
    DecisionCorrected: (presenters, event) => decidedBy(presenters, event.data.application, event.data.decider, event),
    ChangeDecided: inLife,
    ReductionDecided: inLife,
    RectificationDecided: inLife,
    GrantSettled: inLife,
    PaymentDecided: inLife,
    PaymentSuspended: inLife,
    PaymentResumed: inLife,
    PaymentTerminated: inLife,
    RecoveryDecided: inLife,
    RecoveryWaived: inLife,
  },
});

function decidedBy(presenters: Presenters, matter: string, decider: string, { metadata: { actor } }: Recorded): Found {
  const of = presenters.get(matter);
  return of?.has(decider) || of?.has(actor.id) ? { matter } : undefined;
}
