import { allocationEvents } from '#decisions/allocation.events';
import { grantEvents } from '#grants/grant.events';
import { streamKey, type Recorded } from '#kernel/envelope';
import { pick } from '#kernel/keyed';
import { question, type Found } from './question.js';

interface State {
  /** The applications to which something was granted. */
  readonly granted: Set<string>;
  readonly accepted: Set<string>;
  /** The payments that were decided, by their grants. */
  readonly decided: Set<string>;
}

const events = {
  ...pick(allocationEvents, 'GrantDecided', 'DecisionCorrected'),
  ...pick(grantEvents, 'GrantAccepted', 'PaymentRequested', 'PaymentDecided', 'PaymentSent'),
};

/** Nothing is paid before the grant was decided and accepted, nor sent before the payment was decided. */
export const paymentBeforeAcceptance = question<State, typeof events>({
  key: 'payment-before-acceptance',
  title: {
    fi: 'Maksu ennen päätöstä tai hyväksyntää',
    sv: 'Utbetalning före beslut eller godkännande',
    en: 'Payment before decision or acceptance',
  },
  about: {
    fi: 'Maksua pyydetään, siitä päätetään ja se lähetetään vasta, kun avustus on myönnetty ja saaja on hyväksynyt sen; lähetetään vasta maksatuspäätöksen jälkeen.',
    sv: 'En utbetalning begärs, beslutas och sänds först när understödet har beviljats och mottagaren har godkänt det; den sänds först efter beslutet om utbetalning.',
    en: 'A payment is asked for, decided and sent only once the grant was decided and the grantee accepted it; it is sent only after it was decided.',
  },
  finding: {
    fi: 'Avustuksen {grant} maksu {payment}: sitä ennen olisi pitänyt olla {missing}.',
    sv: 'Betalningen {payment} av understödet {grant}: före den borde det ha funnits {missing}.',
    en: 'Payment {payment} of the grant {grant}: before it there should have been {missing}.',
    terms: {
      missing: {
        decision: { fi: 'myöntävä päätös', sv: 'ett beviljande beslut', en: 'a decision that grants it' },
        acceptance: { fi: 'saajan hyväksyntä', sv: 'mottagarens godkännande', en: 'the grantee’s acceptance' },
        'payment-decision': { fi: 'maksatuspäätös', sv: 'ett beslut om utbetalning', en: 'a decision to pay it' },
      },
    },
  },
  events,
  start: () => ({ granted: new Set(), accepted: new Set(), decided: new Set() }),
  on: {
    GrantDecided: ({ granted }, { data: { application, outcome } }) => void (outcome === 'granted' && granted.add(application)),
    DecisionCorrected: ({ granted }, { data: { application, outcome } }) => void (outcome === 'granted' && granted.add(application)),
    GrantAccepted: ({ accepted }, { stream }) => void accepted.add(streamKey(stream)),
    PaymentRequested: (state, event) => missingBefore(state, event, event.data.payment),
    PaymentDecided: (state, event) => {
      state.decided.add(`${event.stream} ${event.data.payment}`);
      return missingBefore(state, event, event.data.payment);
    },
    PaymentSent: (state, event) => {
      const isDecided = state.decided.has(`${event.stream} ${event.data.payment}`);
      return missingBefore(state, event, event.data.payment, ...(isDecided ? [] : ['payment-decision']));
    },
  },
});

function missingBefore({ granted, accepted }: State, { stream }: Recorded, payment: string, ...more: readonly string[]): Found {
  const grant = streamKey(stream);
  const missing = [...(granted.has(grant) ? [] : ['decision']), ...(accepted.has(grant) ? [] : ['acceptance']), ...more];
  return missing.length === 0 ? undefined : { grant, payment, missing };
}
