import { grantEvents } from '#grants/grant.events';
import { streamKey } from '#kernel/envelope';
import { pick } from '#kernel/keyed';
import { question } from './question.js';

const events = pick(grantEvents, 'PaymentSent', 'PaymentRejected');

/** A payment is sent once, whatever is retried; again only after the bank rejected it. */
export const paymentSentTwice = question<Set<string>, typeof events>({
  key: 'payment-sent-twice',
  title: { fi: 'Maksu lähetetty kahdesti', sv: 'Betalning sänd två gånger', en: 'A payment sent twice' },
  about: {
    fi: 'Kukin maksu lähetetään yhden kerran ja yhdessä aineistossa; uudelleen vain, jos pankki on hylännyt sen.',
    sv: 'Varje betalning sänds en gång och i ett material; på nytt endast om banken har avvisat den.',
    en: 'Each payment is sent once and in one file; again only where the bank has rejected it.',
  },
  finding: {
    fi: 'Avustuksen {grant} maksu {payment} lähetettiin toisen kerran.',
    sv: 'Betalningen {payment} av understödet {grant} sändes en andra gång.',
    en: 'Payment {payment} of the grant {grant} was sent a second time.',
  },
  events,
  start: () => new Set(),
  on: {
    PaymentRejected: (sent, { stream, data: { payment } }) => void sent.delete(`${stream} ${payment}`),
    PaymentSent: (sent, { stream, data: { payment } }) => {
      const one = `${stream} ${payment}`;
      if (sent.has(one)) return { grant: streamKey(stream), payment };
      sent.add(one);
      return undefined;
    },
  },
});
