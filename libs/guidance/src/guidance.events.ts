import { field, hinted, listOf, optional, v1 } from '#kernel/event-schema';
import { choice, HttpsAddress, KeyText, Localized, LocalizedName, ReasonText, VersionNumber } from '#kernel/schemas';
import type { StaticOf } from '#kernel/event-schema';

export const GuidanceReader = choice(
  'GuidanceReader',
  ['everyone', 'coordinators', 'providers'],
  'For whom guidance is written: everyone, regional coordinators, those who give support.',
);
export type GuidanceReader = StaticOf<typeof GuidanceReader>;

export const SupportStructureKind = choice(
  'SupportStructureKind',
  ['training', 'method', 'information'],
  'What the agency and the regions develop together for national use.',
);
export type SupportStructureKind = StaticOf<typeof SupportStructureKind>;

const names = field(LocalizedName, { fi: 'Nimet', sv: 'Namn', en: 'Names' });
const version = field(VersionNumber, { fi: 'Version numero', sv: 'Versionens nummer', en: 'Number of the version' });
const guidance = {
  names,
  text: field(Localized, { fi: 'Ohje', sv: 'Anvisning', en: 'Text' }),
  readers: hinted(field(listOf(GuidanceReader), { fi: 'Kenelle', sv: 'För vem', en: 'For whom' }), 'One at least.'),
  address: optional(HttpsAddress, { fi: 'Verkko-osoite', sv: 'Webbadress', en: 'Where there is more of it on the web' }),
};
const reason = { fi: 'Perustelu', sv: 'Motivering', en: 'Reason' };
const draft = { fi: 'Luonnoksen numero', sv: 'Utkastets nummer', en: 'Number of the draft' };
const kind = { fi: 'Laji', sv: 'Slag', en: 'Kind' };
const structureText = { fi: 'Kuvaus', sv: 'Beskrivning', en: 'What it is' };
const coAuthors = {
  fi: 'Yhdessä laatineet organisaatiot',
  sv: 'Organisationer som utarbetat den',
  en: 'The organisations that made it together',
};

/** Stored for ever: add an event or a version, never rename one or change what it means. */
export const guidanceEvents = {
  GuidancePublished: v1({ fi: 'Ohje julkaistiin', sv: 'En anvisning publicerades', en: 'Guidance was published' }, guidance),
  GuidanceRevised: v1(
    { fi: 'Ohjeesta julkaistiin uusi versio', sv: 'En ny version av anvisningen publicerades', en: 'Guidance was revised' },
    { version, ...guidance, reason: field(ReasonText, reason) },
  ),
  GuidanceRetired: v1(
    { fi: 'Ohje poistettiin käytöstä', sv: 'Anvisningen togs ur bruk', en: 'Guidance was retired' },
    {
      reason: field(ReasonText, reason),
      replacedBy: optional(KeyText, { fi: 'Korvaava ohje', sv: 'Anvisning som ersätter den', en: 'The guidance that replaces it' }),
    },
  ),
  SupportStructureDrafted: v1(
    { fi: 'Tukirakennetta luonnosteltiin', sv: 'Ett utkast till en stödstruktur gjordes', en: 'A support structure was drafted' },
    {
      draft: field(VersionNumber, draft, 'internal'),
      kind: field(SupportStructureKind, kind, 'internal'),
      names: { ...names, publicity: 'internal' },
      text: field(Localized, structureText, 'internal'),
      coAuthors: field(listOf(KeyText), coAuthors, 'internal'),
    },
  ),
  SupportStructureAdopted: v1(
    {
      fi: 'Tukirakenne otettiin käyttöön koko maassa',
      sv: 'En stödstruktur togs i bruk i hela landet',
      en: 'A support structure was adopted for the whole country',
    },
    {
      version,
      kind: field(SupportStructureKind, kind),
      names,
      text: field(Localized, structureText),
      coAuthors: field(listOf(KeyText), coAuthors),
    },
  ),
};
