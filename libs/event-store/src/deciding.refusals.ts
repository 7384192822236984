import { refusals } from '#kernel/refused';

/** What no decider takes. */
export const { texts: decidingRefusals, refuse } = refusals({
  'fraction-of-a-second': {
    fi: 'Aika {at} on vasta tulossa, ja siinä on sekunnin osia. Anna tulevat ajat sekunnin tarkkuudella.',
    sv: 'Tiden {at} ligger framåt och har delar av en sekund. Ange kommande tider på sekunden när.',
    en: 'The time {at} is still to come, and has parts of a second. Give times to come to the second.',
  },
});
