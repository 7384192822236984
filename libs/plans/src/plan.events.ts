import { Type } from 'typebox';
import { field, hinted, listOf, optional, personal, record, v1, type Description, type StaticOf, ofAuthority } from '#kernel/event-schema';
import { choice, DayText, KeyText, Quantity, ReasonText, Region, Text, textUpTo, VersionNumber } from '#kernel/schemas';

/** The parts of a project plan, in their order. Continuity is asked of pilots only. */
export const planSections = [
  'objectives',
  'network',
  'needs-and-supply',
  'communication',
  'evaluation',
  'continuity',
  'budget',
  'schedule',
] as const;
export const PlanSection = choice('PlanSection', planSections, 'A part of a project plan. Continuity is asked of pilots only.');
export type PlanSection = StaticOf<typeof PlanSection>;

export const PlanCommentKind = choice(
  'PlanCommentKind',
  ['suggestion', 'concern', 'question'],
  'A concern must be answered before the plan is finalised.',
);
export type PlanCommentKind = StaticOf<typeof PlanCommentKind>;

const Person = Type.String({ minLength: 1, maxLength: 100 });

const version = field(VersionNumber, {
  fi: 'Version numero, ensimmäinen on 1',
  sv: 'Versionens nummer, den första är 1',
  en: 'Number of the version, from 1',
});
export const sectionText = record(
  {
    section: field(PlanSection, { fi: 'Osio', sv: 'Avsnitt', en: 'Section' }),
    text: field(Text, { fi: 'Teksti', sv: 'Text', en: 'Text' }, 'internal'),
  },
  'PlanSection',
);
const sections = field(
  listOf(sectionText),
  { fi: 'Kirjoitetut osiot', sv: 'Skrivna avsnitt', en: 'The sections that were written' },
  'internal',
);
const comment = field(KeyText, { fi: 'Kommentin tunnus', sv: 'Kommentarens id', en: 'Id of the comment' });
const goal = field(KeyText, { fi: 'Tavoitteen tunnus', sv: 'Målets id', en: 'Id of the goal' });
const author = (description: Description) => ({
  author: ofAuthority(field(Person, description)),
  authorName: personal('author', { fi: 'Nimi', sv: 'Namn', en: 'Name' }),
});

/**
 * Stored for ever: add an event or a version, never rename one or change what it means. The texts are internal: a draft is
 * the region's, and from its submission on the agency's and the ministry's too.
 */
export const planEvents = {
  PlanDrafted: v1(
    {
      fi: 'Hankesuunnitelman luonnos laadittiin (versio 1)',
      sv: 'Ett utkast till projektplan gjordes upp (version 1)',
      en: 'A project plan was drafted (version 1)',
    },
    {
      call: field(KeyText, { fi: 'Haku', sv: 'Utlysning', en: 'Call' }),
      region: field(Region, { fi: 'Maakunta', sv: 'Landskap', en: 'Region' }),
      applicant: optional(KeyText, {
        fi: 'Hakija, jos haussa on yksi hakemus hakijaa kohti',
        sv: 'Sökande, om utlysningen har en ansökan per sökande',
        en: 'The applicant, where the call has one application per applicant',
      }),
      sections,
    },
  ),
  PlanRevised: v1(
    {
      fi: 'Hankesuunnitelmasta laadittiin uusi versio',
      sv: 'En ny version av projektplanen gjordes upp',
      en: 'A new version of the project plan was made',
    },
    {
      version,
      sections,
      removed: field(
        listOf(PlanSection),
        { fi: 'Poistetut osiot', sv: 'Avlägsnade avsnitt', en: 'The sections that were removed' },
        'internal',
      ),
    },
  ),
  PlanSubmittedForComment: v1(
    { fi: 'Luonnos lähetettiin kommentoitavaksi', sv: 'Utkastet sändes för kommentering', en: 'The draft was submitted for comment' },
    { version },
  ),
  PlanCommented: v1(
    { fi: 'Virasto kommentoi luonnosta', sv: 'Myndigheten kommenterade utkastet', en: 'The agency commented on the draft' },
    {
      comment,
      version,
      section: field(PlanSection, { fi: 'Osio', sv: 'Avsnitt', en: 'Section' }),
      kind: field(PlanCommentKind, {
        fi: 'Laji: ehdotus, huoli tai kysymys',
        sv: 'Slag: förslag, farhåga eller fråga',
        en: 'Kind: suggestion, concern or question',
      }),
      text: field(Text, { fi: 'Kommentti', sv: 'Kommentar', en: 'Comment' }, 'internal'),
      ...author({ fi: 'Kommentoijan tunnus', sv: 'Kommentatorns id', en: 'Id of who commented' }),
    },
  ),
  PlanCommentAnswered: v1(
    { fi: 'Maakunta vastasi kommenttiin', sv: 'Landskapet besvarade kommentaren', en: 'The region answered the comment' },
    {
      comment,
      resolvedBy: optional(VersionNumber, {
        fi: 'Versio, jossa kommentti on otettu huomioon',
        sv: 'Versionen där kommentaren har beaktats',
        en: 'The version that resolves it',
      }),
      text: optional(
        Text,
        {
          fi: 'Vastaus tai perustelu sille, ettei kommenttia oteta huomioon',
          sv: 'Svar eller motivering till att kommentaren inte beaktas',
          en: 'The answer, or why the comment is not followed',
        },
        'internal',
      ),
      ...author({ fi: 'Vastaajan tunnus', sv: 'Svararens id', en: 'Id of who answered' }),
    },
  ),
  PlanCommentWithdrawn: v1(
    { fi: 'Virasto perui kommenttinsa', sv: 'Myndigheten drog tillbaka sin kommentar', en: 'The agency withdrew its comment' },
    { comment, reason: field(ReasonText, { fi: 'Perustelu', sv: 'Motivering', en: 'Reason' }, 'internal') },
  ),
  PlanFinalised: v1(
    { fi: 'Hankesuunnitelma valmistui', sv: 'Projektplanen blev färdig', en: 'The project plan was finalised' },
    { version },
  ),
  GoalSet: v1(
    { fi: 'Hankkeelle asetettiin tavoite', sv: 'Ett mål ställdes upp för projektet', en: 'A goal was set' },
    {
      goal,
      indicator: field(textUpTo(300), { fi: 'Mittari', sv: 'Indikator', en: 'Indicator' }, 'internal'),
      unit: field(textUpTo(50), { fi: 'Yksikkö', sv: 'Enhet', en: 'Unit' }, 'internal'),
      baseline: hinted(
        optional(
          Quantity,
          { fi: 'Lähtötaso, jos se tiedetään', sv: 'Utgångsläge, om det är känt', en: 'Baseline, where it is known' },
          'internal',
        ),
        'Left out where it is not known: that is not zero.',
      ),
      target: field(Quantity, { fi: 'Tavoitetaso', sv: 'Målnivå', en: 'Target' }, 'internal'),
      by: field(DayText, { fi: 'Mihin mennessä', sv: 'Senast', en: 'By when' }, 'internal'),
    },
  ),
  GoalProgressAssessed: v1(
    { fi: 'Tavoitteen toteutumista arvioitiin', sv: 'Måluppfyllelsen bedömdes', en: 'Progress towards the goal was assessed' },
    {
      goal,
      value: hinted(
        optional(
          Quantity,
          { fi: 'Mitattu arvo, jos se tiedetään', sv: 'Uppmätt värde, om det är känt', en: 'The value measured, where it is known' },
          'internal',
        ),
        'Left out where it was not measured.',
      ),
      assessment: field(textUpTo(5_000), { fi: 'Arvio', sv: 'Bedömning', en: 'Assessment' }, 'internal'),
    },
  ),
};
