import { Type } from 'typebox';
import { DecisionOutcome } from '#applications/application.events';
import { ShareBase } from '#calls/call.events';
import { field, hinted, listOf, optional, optionally, personal, record, v1, type StaticOf, ofAuthority } from '#kernel/event-schema';
import {
  CentsNumber,
  choice,
  Count,
  DayText,
  Days,
  KeyText,
  LanguageCode,
  MatterText,
  ReasonText,
  Region,
  Share,
  Text,
  textUpTo,
  Year,
} from '#kernel/schemas';

export const CorrectionGround = choice(
  'CorrectionGround',
  ['clerical-error', 'rectification', 'court-decision'],
  'Why a decision is corrected.',
);
export type CorrectionGround = StaticOf<typeof CorrectionGround>;
export const ReductionGround = choice(
  'ReductionGround',
  ['change-of-plan', 'clerical-error', 'rectification', 'court-decision', 'breach'],
  'Why a grant is reduced.',
);
export type ReductionGround = StaticOf<typeof ReductionGround>;
export const ReleaseGround = choice(
  'ReleaseGround',
  ['declined', 'not-accepted', 'terminated', 'unused'],
  'Why money of a grant returns to the appropriation.',
);
export type ReleaseGround = StaticOf<typeof ReleaseGround>;

const Person = Type.String({ minLength: 1, maxLength: 200 });
const amount = field(CentsNumber, { fi: 'Määräraha (senttejä)', sv: 'Anslag (cent)', en: 'Appropriation (cents)' });
const application = field(MatterText, { fi: 'Hakemus', sv: 'Ansökan', en: 'Application' });
const reason = field(ReasonText, { fi: 'Perustelu', sv: 'Motivering', en: 'Reason' });

const instalmentName = field(KeyText, { fi: 'Erän tunnus', sv: 'Postens id', en: 'Key of the instalment' });
const plannedFor = optional(DayText, { fi: 'Suunniteltu maksupäivä', sv: 'Planerad betalningsdag', en: 'The day for which it is planned' });
/** A part of the grant as it is planned to be paid. */
const plannedInstalment = record(
  {
    instalment: instalmentName,
    amount: field(CentsNumber, { fi: 'Määrä (senttejä)', sv: 'Belopp (cent)', en: 'Amount (cents)' }),
    plannedFor,
  },
  'PlannedInstalment',
  'A part of the grant as it is planned to be paid.',
);
export type PlannedInstalment = StaticOf<typeof plannedInstalment>;
const planText = { fi: 'Maksusuunnitelma', sv: 'Betalningsplan', en: 'The planned instalments' };

/** The same as a command says it: by weight, so that what is rounded is rounded once. */
const weighedInstalment = record(
  {
    instalment: instalmentName,
    weight: hinted(
      field(Count, { fi: 'Paino', sv: 'Vikt', en: 'Weight' }),
      'Its share of the grant as against the other weights: per cent, basis points or cents. What is left of rounding down goes into the last one.',
    ),
    plannedFor,
  },
  'WeighedInstalment',
  'A part of the grant as it is planned to be paid, by its weight.',
);
export type WeighedInstalment = StaticOf<typeof weighedInstalment>;
export const weighedPlan = field(listOf(weighedInstalment), planText);

const language = field(LanguageCode, {
  fi: 'Päätöksen kieli; muut ovat käännöksiä',
  sv: 'Beslutets språk; övriga är översättningar',
  en: 'The language of the decision; the others are translations',
});
const grounds = field(Text, { fi: 'Perustelut', sv: 'Motivering', en: 'Grounds' });
const purpose = optional(Text, { fi: 'Käyttötarkoitus', sv: 'Användningsändamål', en: 'Purpose' });
const conditions = field(listOf(Text), { fi: 'Ehdot', sv: 'Villkor', en: 'Conditions' });
const translation = record(
  { language: field(LanguageCode, { fi: 'Kieli', sv: 'Språk', en: 'Language' }), purpose, grounds, conditions },
  'DecisionTranslation',
  'The texts of a decision in another language; the decision’s own language is authentic.',
);
const translations = field(listOf(translation), { fi: 'Käännökset', sv: 'Översättningar', en: 'Translations' });
const caseNumber = field(textUpTo(100), { fi: 'Asianumero', sv: 'Ärendenummer', en: 'Case number' });
const periodOfUse = optional(Days, { fi: 'Käyttöaika', sv: 'Användningstid', en: 'Period of use' });
const granted = optional(CentsNumber, {
  fi: 'Myönnetty avustus (senttejä)',
  sv: 'Beviljat understöd (cent)',
  en: 'The amount granted (cents)',
});
const share = optional(Share, {
  fi: 'Avustuksen osuus (sadasosaprosentteina)',
  sv: 'Understödets andel (i hundradels procent)',
  en: 'The share that the grant covers (in basis points)',
});
const shareOf = optional(ShareBase, {
  fi: 'Mistä osuus lasketaan',
  sv: 'Vad andelen räknas av',
  en: 'What the share is a share of',
});
const paymentPlan = field(listOf(plannedInstalment), planText);

/** Who decided: what the law keeps public of the deciding official. */
const decidedBy = {
  decider: ofAuthority(field(Person, { fi: 'Ratkaisijan tunnus', sv: 'Beslutsfattarens id', en: 'Id of the decider' }, 'internal')),
  deciderName: personal('decider', { fi: 'Ratkaisija', sv: 'Beslutsfattare', en: 'Decider' }, 'public'),
};
const outcome = field(DecisionOutcome, { fi: 'Ratkaisu', sv: 'Avgörande', en: 'Outcome' });

/** Stored for ever: add an event or a version, never rename one or change what it means. */
export const allocationEvents = {
  AppropriationSet: v1(
    { fi: 'Haulle varattiin määräraha', sv: 'Ett anslag reserverades för utlysningen', en: 'An appropriation was reserved for the call' },
    {
      amount,
      budgetItem: optional(textUpTo(100), { fi: 'Talousarvion momentti', sv: 'Moment i budgeten', en: 'Budget item' }),
      year: optional(Year, { fi: 'Varainhoitovuosi', sv: 'Finansår', en: 'Budget year' }),
      lapses: optional(DayText, { fi: 'Käytettävissä saakka', sv: 'Disponibelt till och med', en: 'Can be used until' }),
    },
  ),
  AppropriationAdjusted: v1(
    { fi: 'Haun määrärahaa muutettiin', sv: 'Anslaget för utlysningen ändrades', en: 'The appropriation of the call was adjusted' },
    { amount, reason },
  ),
  GrantDecided: v1(
    { fi: 'Hakemuksesta tehtiin valtionavustuspäätös', sv: 'Ett understödsbeslut fattades om ansökan', en: 'An application was decided' },
    {
      application,
      region: field(Region, { fi: 'Maakunta', sv: 'Landskap', en: 'Region' }),
      applicant: field(KeyText, { fi: 'Hakija', sv: 'Sökande', en: 'Applicant' }),
      outcome,
      amount: granted,
      share,
      shareOf,
      eligibleCosts: optional(CentsNumber, {
        fi: 'Hyväksyttävät kustannukset, joihin päätös perustuu (senttejä)',
        sv: 'Godtagbara kostnader som beslutet grundar sig på (cent)',
        en: 'The eligible costs that the decision stands on (cents)',
      }),
      income: optional(CentsNumber, {
        fi: 'Tulot, joihin päätös perustuu (senttejä)',
        sv: 'Inkomster som beslutet grundar sig på (cent)',
        en: 'The income that the decision stands on (cents)',
      }),
      purpose,
      periodOfUse,
      conditions,
      paymentPlan,
      grounds,
      language,
      translations,
      caseNumber,
      presenter: ofAuthority(field(Person, { fi: 'Esittelijän tunnus', sv: 'Föredragandens id', en: 'Id of the presenter' }, 'internal')),
      presenterName: personal('presenter', { fi: 'Esittelijä', sv: 'Föredragande', en: 'Presenter' }, 'public'),
      ...decidedBy,
      applicationRevision: field(
        Count,
        {
          fi: 'Hakemuksen versio, jonka ratkaisija näki',
          sv: 'Den revision av ansökan som beslutsfattaren såg',
          en: 'The revision of the application that the decider saw',
        },
        'internal',
      ),
      departure: optional(
        ReasonText,
        {
          fi: 'Miksi päätös poikkeaa ehdotuksesta',
          sv: 'Varför beslutet avviker från förslaget',
          en: 'Why the decision departs from the proposal',
        },
        'internal',
      ),
    },
  ),
  PresenterDissented: v1(
    {
      fi: 'Esittelijä jätti päätökseen eriävän mielipiteen',
      sv: 'Föredraganden anmälde avvikande mening',
      en: 'The presenter dissented from the decision',
    },
    {
      application,
      presenter: ofAuthority(field(Person, { fi: 'Esittelijän tunnus', sv: 'Föredragandens id', en: 'Id of the presenter' }, 'internal')),
      dissent: field(Text, { fi: 'Eriävä mielipide', sv: 'Avvikande mening', en: 'Dissent' }, 'internal'),
    },
  ),
  DecisionCorrected: v1(
    { fi: 'Päätöstä korjattiin', sv: 'Beslutet rättades', en: 'A decision was corrected' },
    {
      application,
      ground: field(CorrectionGround, { fi: 'Korjauksen peruste', sv: 'Grund för rättelsen', en: 'Ground of the correction' }),
      reason,
      outcome: optionally(outcome),
      amount: granted,
      share,
      shareOf,
      purpose,
      periodOfUse,
      conditions: optionally(conditions),
      paymentPlan: optionally(paymentPlan),
      grounds: optionally(grounds),
      translations: optionally(translations),
      caseNumber: optionally(caseNumber),
      ...decidedBy,
    },
  ),
  GrantReduced: v1(
    { fi: 'Myönnettyä avustusta pienennettiin', sv: 'Det beviljade understödet minskades', en: 'A grant was reduced' },
    {
      application,
      reducedBy: field(CentsNumber, { fi: 'Vähennys (senttejä)', sv: 'Minskning (cent)', en: 'Reduced by (cents)' }),
      ground: field(ReductionGround, { fi: 'Vähennyksen peruste', sv: 'Grund för minskningen', en: 'Ground of the reduction' }),
      reason,
    },
  ),
  GrantReleased: v1(
    {
      fi: 'Avustuksesta palautui rahaa määrärahaan',
      sv: 'Medel av understödet återgick till anslaget',
      en: 'Money of a grant returned to the appropriation',
    },
    {
      application,
      released: field(CentsNumber, { fi: 'Palautuva määrä (senttejä)', sv: 'Återgående belopp (cent)', en: 'Released (cents)' }),
      ground: field(ReleaseGround, { fi: 'Palautumisen peruste', sv: 'Grund för återgången', en: 'Ground of the release' }),
    },
  ),
};
