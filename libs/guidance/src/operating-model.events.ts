import { Type } from 'typebox';
import { field, listOf, optional, record, v1, type StaticOf } from '#kernel/event-schema';
import { pick } from '#kernel/keyed';
import { KeyText, Localized, LocalizedName, ReasonText, Region, Translated, TranslatedName, VersionNumber } from '#kernel/schemas';

const firstSection = record(
  {
    key: field(KeyText, { fi: 'Tunnus', sv: 'Kod', en: 'Key' }),
    heading: field(LocalizedName, { fi: 'Otsikko', sv: 'Rubrik', en: 'Heading' }),
    text: field(Localized, { fi: 'Teksti', sv: 'Text', en: 'Text' }),
  },
  'OperatingModelSection',
);
const key = pick(firstSection.fields, 'key');
const text = { text: field(Translated, firstSection.fields.text.description) };
const item = record({ ...key, ...text }, 'OperatingModelItem', 'A point of a list, such as a duty or a kind of support.');
export const operatingModelSection = record(
  {
    ...key,
    heading: field(TranslatedName, firstSection.fields.heading.description),
    ...text,
    items: optional(listOf(item), { fi: 'Luettelo', sv: 'Lista', en: 'Its points, one by one' }),
  },
  'OperatingModelSection',
);
const sectionsText = {
  fi: 'Toimintamallin osat kokonaisuudessaan',
  sv: 'Verksamhetsmodellens delar i sin helhet',
  en: 'The sections of the model, all of them',
};
const version = field(VersionNumber, { fi: 'Toimintamallin versio', sv: 'Verksamhetsmodellens version', en: 'Version of the model' });
const evaluation = field(KeyText, { fi: 'Arvioinnin tunnus', sv: 'Utvärderingens kod', en: 'Key of the evaluation' });
const regionOfRole = {
  fi: 'Maakunta; ilman sitä rooli koko maassa',
  sv: 'Landskap; utan det rollen i hela landet',
  en: 'The region; without it the role in the whole country',
};
const findingsText = { fi: 'Havainnot', sv: 'Iakttagelser', en: 'Findings' };
const conclusionsText = { fi: 'Johtopäätökset', sv: 'Slutsatser', en: 'Conclusions' };

const published = v1(
  {
    fi: 'Digituen toimintamalli julkaistiin',
    sv: 'Verksamhetsmodellen för digitalt stöd publicerades',
    en: 'The operating model of digital support was published',
  },
  { names: field(LocalizedName, { fi: 'Nimet', sv: 'Namn', en: 'Names' }), sections: field(listOf(firstSection), sectionsText) },
);
const revised = v1(
  {
    fi: 'Toimintamallista julkaistiin uusi versio',
    sv: 'En ny version av verksamhetsmodellen publicerades',
    en: 'A new version of the operating model was published',
  },
  {
    version,
    sections: field(listOf(firstSection), sectionsText),
    reason: field(ReasonText, { fi: 'Perustelu', sv: 'Motivering', en: 'Reason' }),
  },
);

/** Stored for ever: add an event or a version, never rename one or change what it means. A version is valid from the day that its event is about. */
export const operatingModelEvents = {
  OperatingModelPublished: published.next(
    { names: field(TranslatedName, published.fields.names.description), sections: field(listOf(operatingModelSection), sectionsText) },
    (older) => older,
  ),
  OperatingModelRevised: revised.next(
    { ...revised.fields, sections: field(listOf(operatingModelSection), sectionsText) },
    (older) => older,
  ),
  OperatingModelFeedbackGiven: v1(
    {
      fi: 'Maakunta antoi palautetta toimintamallista',
      sv: 'Ett landskap gav synpunkter på verksamhetsmodellen',
      en: 'A region gave feedback on the operating model',
    },
    {
      version,
      section: optional(KeyText, {
        fi: 'Osa, jota palaute koskee',
        sv: 'Delen som synpunkterna gäller',
        en: 'The section that it is about',
      }),
      region: field(Region, { fi: 'Maakunta', sv: 'Landskap', en: 'Region' }),
      text: field(Localized, { fi: 'Palaute', sv: 'Synpunkter', en: 'Feedback' }),
    },
  ),
  RegionalRoleEvaluationProposed: v1(
    {
      fi: 'Virasto ehdotti arviota alueellisesta roolista',
      sv: 'Myndigheten föreslog en utvärdering av den regionala rollen',
      en: 'The agency proposed an evaluation of the regional role',
    },
    {
      evaluation,
      proposal: field(VersionNumber, { fi: 'Ehdotuksen numero', sv: 'Förslagets nummer', en: 'Number of the proposal' }, 'internal'),
      proposer: field(
        Type.String({ minLength: 1, maxLength: 100 }),
        { fi: 'Ehdottajan tunnus', sv: 'Förslagsställarens id', en: 'Id of who proposed it' },
        'internal',
      ),
      version,
      region: optional(Region, regionOfRole),
      findings: field(Localized, findingsText, 'internal'),
      conclusions: field(Localized, conclusionsText, 'internal'),
    },
  ),
  RegionalRoleEvaluated: v1(
    {
      fi: 'Virasto ja ministeriö arvioivat alueellisen roolin',
      sv: 'Myndigheten och ministeriet utvärderade den regionala rollen',
      en: 'The agency and the ministry evaluated the regional role',
    },
    {
      evaluation,
      version,
      region: optional(Region, regionOfRole),
      findings: field(Localized, findingsText),
      conclusions: field(Localized, conclusionsText),
    },
  ),
};

export type OperatingModelSection = StaticOf<typeof operatingModelSection>;
