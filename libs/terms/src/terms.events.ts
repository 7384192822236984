import { field, v1, type StaticOf } from '#kernel/event-schema';
import { choice, Count, DayText, Share, textUpTo } from '#kernel/schemas';

export const termNames = [
  'interest-addition',
  'small-return',
  'acceptance-days',
  'rectification-days',
  'appeal-days',
  'letter-notice-days',
  'electronic-notice-days',
] as const;
export const TermName = choice(
  'TermName',
  termNames,
  'A number that decisions on grants go by: basis points for the addition to the rate of interest, cents for the largest return that is left, days for the others.',
);
export type TermName = StaticOf<typeof TermName>;

const from = field(DayText, { fi: 'Voimassa alkaen', sv: 'Gäller från och med', en: 'In force from' });
const publishedIn = field(textUpTo(500), {
  fi: 'Missä se on säädetty tai julkaistu',
  sv: 'Var det är föreskrivet eller publicerat',
  en: 'Where it is laid down or published',
});

/** Stored for ever: add an event or a version, never rename one or change what it means. */
export const termsEvents = {
  InterestRatePublished: v1(
    { fi: 'Viitekorko julkaistiin', sv: 'En referensränta publicerades', en: 'A reference rate of interest was published' },
    {
      rate: field(Share, {
        fi: 'Korko vuodessa (sadasosaprosentteina)',
        sv: 'Ränta per år (i hundradels procent)',
        en: 'Rate for a year (in basis points)',
      }),
      from,
      publishedIn,
    },
  ),
  TermSet: v1(
    { fi: 'Ehdon arvo asetettiin', sv: 'Värdet på ett villkor fastställdes', en: 'The value of a term was set' },
    {
      term: field(TermName, { fi: 'Ehto', sv: 'Villkor', en: 'Term' }),
      value: field(Count, {
        fi: 'Arvo (sadasosaprosentteja, senttejä tai päiviä)',
        sv: 'Värde (hundradels procent, cent eller dagar)',
        en: 'Value (basis points, cents or days)',
      }),
      from,
      publishedIn,
    },
  ),
};
