import { field, hinted, listOf, optional, record, type StaticOf } from '#kernel/event-schema';
import {
  CentsNumber,
  choice,
  ClockTime,
  DayText,
  HttpsAddress,
  Localized,
  LocalizedName,
  MunicipalityText,
  textUpTo,
} from '#kernel/schemas';

/** The forms of support and their kinds, as the agency's page has them. */
export const supportForms = {
  remote: ['chat', 'phone', 'video', 'unstaffed-service-point'],
  near: ['service-point', 'peer-support', 'home-support'],
  training: ['online-training', 'adult-education-centre', 'course'],
} as const;

export const SupportForm = choice('SupportForm', ['remote', 'near', 'training'], 'Remote support, support near by, or training.');
export type SupportForm = StaticOf<typeof SupportForm>;

export const SupportKind = choice(
  'SupportKind',
  [...supportForms.remote, ...supportForms.near, ...supportForms.training],
  'How support is given. Remote: chat, phone, video, service points without staff. Near: service points, peer support, at home. Training: online, at adult-education centres, courses.',
);
export type SupportKind = StaticOf<typeof SupportKind>;

export const supportContents = ['services', 'devices', 'applications', 'safety'] as const;
export const SupportContent = choice(
  'SupportContent',
  supportContents,
  'What one is helped with: using electronic services, using devices, installing applications and starting to use them, doing so safely.',
);
export type SupportContent = StaticOf<typeof SupportContent>;

export const supportLanguages = ['fi', 'sv', 'se', 'smn', 'sms', 'fse', 'fss', 'en', 'ru', 'et', 'uk', 'ar', 'so'] as const;
export const SupportLanguage = choice(
  'SupportLanguage',
  supportLanguages,
  'A language by its code of ISO 639. SE, SMN and SMS are Northern, Inari and Skolt Sámi, FSE and FSS Finnish and Finland-Swedish sign language.',
);
export type SupportLanguage = StaticOf<typeof SupportLanguage>;

export const supportAudiences = [
  'everyone',
  'older-people',
  'young-people',
  'people-with-disabilities',
  'immigrants',
  'job-seekers',
  'entrepreneurs',
] as const;
export const SupportAudience = choice('SupportAudience', supportAudiences, 'For whom support is meant.');
export type SupportAudience = StaticOf<typeof SupportAudience>;

const Accessibility = choice(
  'Accessibility',
  ['step-free', 'accessible-toilet', 'induction-loop', 'sign-language', 'plain-language', 'quiet-space'],
  'What makes a service reachable.',
);

/** In the order of the week. */
export const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;
const Weekday = choice('Weekday', weekdays, 'A day of the week.');
export type Weekday = StaticOf<typeof Weekday>;

const open = {
  opens: field(ClockTime, { fi: 'Avautuu', sv: 'Öppnar', en: 'Opens' }),
  closes: hinted(
    field(ClockTime, { fi: 'Sulkeutuu', sv: 'Stänger', en: 'Closes' }),
    'On the same day, 24:00 at its end. What goes on past midnight is given for both days.',
  ),
};

export const openingHours = record(
  { weekday: field(Weekday, { fi: 'Viikonpäivä', sv: 'Veckodag', en: 'Weekday' }), ...open },
  'OpeningHours',
  'When a service is open in a week, on the clock in Helsinki.',
);

export const exceptionalHours = record(
  {
    on: field(DayText, { fi: 'Päivä', sv: 'Dag', en: 'Day' }),
    hours: hinted(
      field(listOf(record(open, 'OpenFromTo')), { fi: 'Aukioloajat', sv: 'Öppettider', en: 'Hours' }),
      'Those of the day, in the place of the usual ones; closed where there are none.',
    ),
    note: optional(Localized, { fi: 'Selite', sv: 'Förklaring', en: 'Why' }),
  },
  'ExceptionalHours',
  'A day on which a service is open at other hours, or closed.',
);

const place = record(
  {
    municipality: field(MunicipalityText, { fi: 'Kunta', sv: 'Kommun', en: 'Municipality' }),
    address: field(textUpTo(300), { fi: 'Katuosoite ja postinumero', sv: 'Gatuadress och postnummer', en: 'Address' }),
    description: optional(Localized, { fi: 'Miten perille löytää', sv: 'Hur man hittar fram', en: 'How to find it' }),
  },
  'ServicePlace',
  'Where a service is given.',
);

/** A service as its provider describes it, all of it. */
export const serviceContent = {
  names: field(LocalizedName, { fi: 'Nimet', sv: 'Namn', en: 'Names' }),
  description: optional(Localized, { fi: 'Kuvaus', sv: 'Beskrivning', en: 'Description' }),
  kind: field(SupportKind, { fi: 'Tuen muoto', sv: 'Stödform', en: 'How support is given' }),
  contents: field(listOf(SupportContent), { fi: 'Tuen sisältö', sv: 'Stödets innehåll', en: 'What one is helped with' }),
  languages: field(listOf(SupportLanguage), { fi: 'Palvelukielet', sv: 'Servicespråk', en: 'Languages' }),
  audiences: field(listOf(SupportAudience), { fi: 'Kohderyhmät', sv: 'Målgrupper', en: 'For whom' }),
  municipalities: hinted(
    field(listOf(MunicipalityText), { fi: 'Kunnat', sv: 'Kommuner', en: 'Municipalities' }),
    'Where it is offered, by the codes of municipalities. One that is not near by may have none: then it is offered in the whole country.',
  ),
  place: optional(place, { fi: 'Paikka', sv: 'Plats', en: 'Place' }),
  hours: hinted(
    field(listOf(openingHours), { fi: 'Aukioloajat viikossa', sv: 'Öppettider per vecka', en: 'Hours in a week' }),
    'None where they are not known, or one makes an appointment.',
  ),
  exceptions: field(listOf(exceptionalHours), { fi: 'Poikkeukset', sv: 'Undantag', en: 'Exceptions, by date' }),
  phone: optional(textUpTo(50), { fi: 'Puhelin', sv: 'Telefon', en: 'Telephone' }),
  address: optional(HttpsAddress, { fi: 'Verkko-osoite', sv: 'Webbadress', en: 'Where it is on the web' }),
  price: hinted(
    optional(CentsNumber, { fi: 'Hinta (senttiä)', sv: 'Pris (cent)', en: 'Price (cents)' }),
    'Nothing where it is "0"; not known where it is left out.',
  ),
  accessibility: field(listOf(Accessibility), { fi: 'Esteettömyys', sv: 'Tillgänglighet', en: 'Accessibility' }),
  origin: optional(choice('ServiceOrigin', ['existing', 'new'], 'Whether the service was there before the network, or is a new one.'), {
    fi: 'Onko palvelu ollut ennen verkostoa vai uusi',
    sv: 'Fanns tjänsten före nätverket eller är den ny',
    en: 'Whether it was there before the network, or is new',
  }),
};
/** What a service offers, as stored. */
export const serviceRecord = record(serviceContent);
export type ServiceContent = StaticOf<typeof serviceRecord>;

const forms = new Map(
  (Object.entries(supportForms) as [SupportForm, readonly SupportKind[]][]).flatMap(([form, kinds]) =>
    kinds.map((kind) => [kind, form] as const),
  ),
);

/** The form that a kind of support belongs to. */
export function formOf(kind: SupportKind): SupportForm {
  return forms.get(kind) as SupportForm;
}
