import { grantEvents } from '#grants/grant.events';
import { streamKey } from '#kernel/envelope';
import { pick } from '#kernel/keyed';
import { question } from './question.js';

const events = pick(grantEvents, 'PaymentSent');

/** A payment is sent once, whatever is retried. What the bank rejected is paid as another payment. */
export const paymentSentTwice = question<Set<string>, typeof events>({
  key: 'payment-sent-twice',
  title: { fi: 'Maksu lähetetty kahdesti', sv: 'Betalning sänd två gånger', en: 'A payment sent twice' },
  about: {
    fi: 'Kukin maksu lähetetään yhden kerran ja yhdessä aineistossa. Pankin hylkäämästä maksusta pyydetään uusi maksu.',
    sv: 'Varje betalning sänds en gång och i ett material. I stället för en betalning som banken avvisat begärs en ny.',
    en: 'Each payment is sent once and in one file. In the place of one that the bank rejected another is asked for.',
  },
  finding: {
    fi: 'Avustuksen {grant} maksu {payment} lähetettiin toisen kerran.',
    sv: 'Betalningen {payment} av understödet {grant} sändes en andra gång.',
    en: 'Payment {payment} of the grant {grant} was sent a second time.',
  },
  events,
  start: () => new Set(),
  on: {
    PaymentSent: (sent, { stream, data: { payment } }) => {
      const one = `${stream} ${payment}`;
      if (sent.has(one)) return { grant: streamKey(stream), payment };
      sent.add(one);
      return undefined;
    },
  },
});
