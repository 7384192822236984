import { grantEvents } from '#grants/grant.events';
import { judgedAt, streamKey, type Recorded } from '#kernel/envelope';
import { pick } from '#kernel/keyed';
import { lastInstant } from '#kernel/when';
import { question, type Found } from './question.js';

/** The hearings of grants, by grant and id. */
type Hearings = Map<string, { readonly concern: string; readonly due: string; isAnswered: boolean }>;

const events = pick(grantEvents, 'GrantHearingOpened', 'GrantStatementGiven', 'PaymentSuspended', 'PaymentTerminated', 'RecoveryDecided');

/** Before payments are suspended or ended, and before money is recovered, the grantee is heard about that. */
export const recoveryWithoutHearing = question<Hearings, typeof events>({
  key: 'recovery-without-hearing',
  title: { fi: 'Takaisinperintä ilman kuulemista', sv: 'Återkrav utan hörande', en: 'Recovery without hearing' },
  about: {
    fi: 'Ennen maksamisen keskeyttämistä tai lopettamista ja ennen takaisinperintää saajaa kuullaan juuri siitä: hän on vastannut, tai vastausaika on kulunut.',
    sv: 'Innan utbetalningen avbryts eller upphör och innan medel återkrävs hörs mottagaren om just det: mottagaren har svarat, eller tiden har gått ut.',
    en: 'Before payments are suspended or ended, and before money is recovered, the grantee is heard about just that: they have answered, or their time has passed.',
  },
  finding: {
    fi: 'Avustuksen {grant} saajaa ei ollut kuultu tästä ({concern}), tai vastausaikaa oli jäljellä.',
    sv: 'Mottagaren av understödet {grant} hade inte hörts om detta ({concern}), eller hade tid kvar att svara.',
    en: 'The grantee of {grant} was not heard about this ({concern}), or had time left to answer.',
    terms: {
      concern: {
        suspension: { fi: 'keskeyttäminen', sv: 'avbrytande', en: 'suspension' },
        termination: { fi: 'lopettaminen', sv: 'upphörande', en: 'termination' },
        recovery: { fi: 'takaisinperintä', sv: 'återkrav', en: 'recovery' },
      },
    },
  },
  events,
  start: () => new Map(),
  on: {
    GrantHearingOpened: (hearings, { stream, data: { hearing, concern, due } }) =>
      void hearings.set(`${stream} ${hearing}`, { concern, due, isAnswered: false }),
    GrantStatementGiven: (hearings, { stream, data: { hearing } }) => {
      const one = hearings.get(`${stream} ${hearing}`);
      if (one) one.isAnswered = true;
    },
    PaymentSuspended: (hearings, event) => unheard(hearings, event, 'suspension'),
    PaymentTerminated: (hearings, event) => unheard(hearings, event, 'termination'),
    RecoveryDecided: (hearings, event) => unheard(hearings, event, 'recovery'),
  },
});

function unheard(hearings: Hearings, event: Recorded<string, { readonly hearing: string }>, concern: string): Found {
  const one = hearings.get(`${event.stream} ${event.data.hearing}`);
  const isHeard = one?.concern === concern && (one.isAnswered || judgedAt(event) > lastInstant(one.due));
  return isHeard ? undefined : { grant: streamKey(event.stream), concern };
}
