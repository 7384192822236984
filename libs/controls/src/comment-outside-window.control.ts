import { judgedAt, streamKey } from '#kernel/envelope';
import { helsinkiClock } from '#kernel/helsinki-time';
import { pick } from '#kernel/keyed';
import { callOfMatter } from '#kernel/matter';
import { firstInstant, lastInstant } from '#kernel/when';
import { planEvents } from '#plans/plan.events';
import { keepTerms, termsEvents, type TermsOfCalls } from './call-terms.js';
import { question } from './question.js';

const events = { ...termsEvents, ...pick(planEvents, 'PlanCommented') };

/** The agency comments within the window of the call, whole Helsinki days, both ends included. */
export const commentOutsideWindow = question<{ readonly terms: TermsOfCalls }, typeof events>({
  key: 'comment-outside-window',
  title: { fi: 'Kommentti kommentointiajan ulkopuolella', sv: 'Kommentar utanför kommenteringstiden', en: 'Comment outside its window' },
  about: {
    fi: 'Virasto kommentoi hankesuunnitelmaluonnosta haun ehdoissa määrättynä aikana, kokonaisina päivinä Helsingissä.',
    sv: 'Myndigheten kommenterar ett utkast till projektplan under den tid som utlysningens villkor anger, hela dagar i Helsingfors.',
    en: 'The agency comments on the draft of a plan in the time that the terms of the call set, whole days in Helsinki.',
  },
  finding: {
    fi: 'Kommentti {comment} suunnitelmaan {plan} annettiin {at}, kommentointiajan ulkopuolella.',
    sv: 'Kommentaren {comment} till planen {plan} gavs {at}, utanför kommenteringstiden.',
    en: 'Comment {comment} on the plan {plan} was made {at}, outside the window.',
  },
  events,
  start: () => ({ terms: new Map() }),
  on: {
    ...keepTerms,
    PlanCommented: ({ terms }, event) => {
      const plan = streamKey(event.stream);
      const window = terms.get(callOfMatter(plan))?.planComments;
      const at = judgedAt(event);
      if (window && firstInstant(window.from) <= at && at <= lastInstant(window.to)) return undefined;
      return { comment: event.data.comment, plan, at: helsinkiClock(at) };
    },
  },
});
