import type { LocalizedText } from '#kernel/localized-text';
import { formOf, type ServiceContent } from './service-content.events.js';
import { supportKindNames } from './service-content.terms.js';

/** Who offers the service, as far as the catalogue is told. */
interface Offered {
  readonly organisation: string;
  readonly service: string;
  readonly content: ServiceContent;
}

/** What languages the catalogue has texts in; and a service that says nothing in one has none there. */
const languages = ['fi', 'sv', 'en'] as const;
/** What it takes for a short description. */
const longestSummary = 150;

/**
 * The service in the shape of the Finnish service catalogue (Palvelutietovaranto, PTV): what its open API of version 11 takes
 * at `/api/v11/Service`, and the channel through which it is given. What the catalogue asks for and is not known here, such as
 * its own classification, is left out.
 * @see https://github.com/Tampere/ptv-php-client-v11/tree/master/docs/Model names and values of the fields, made of the API's own description
 */
export function catalogueEntryOf({ organisation, service, content }: Offered): object {
  const sourceId = `digituki-${organisation}-${service}`;
  const { names, languages: spoken, municipalities: codes } = content;
  return {
    service: {
      sourceId,
      type: 'Service',
      serviceNames: inLanguages(names, (value, language) => ({ language, value, type: 'Name' })),
      serviceDescriptions: descriptionsOf(content),
      languages: spoken,
      ...areasOf(codes),
      ...chargeOf(content),
      publishingStatus: 'Published',
    },
    serviceChannel: {
      sourceId: `${sourceId}-channel`,
      serviceChannelDescriptions: descriptionsOf(content),
      languages: spoken,
      ...areasOf(codes),
      serviceHours: hoursOf(content),
      ...channelOf(content),
      publishingStatus: 'Published',
    },
  };
}

function descriptionsOf({ description, kind }: ServiceContent): readonly object[] {
  const told = description ?? supportKindNames[kind];
  return [
    ...inLanguages(told, (value, language) => ({ language, value: value.slice(0, longestSummary), type: 'Summary' })),
    ...inLanguages(told, (value, language) => ({ language, value, type: 'Description' })),
  ];
}

function areasOf(codes: readonly string[]): object {
  return codes.length === 0
    ? { areaType: 'Nationwide', areas: [] }
    : { areaType: 'LimitedType', areas: [{ type: 'Municipality', areaCodes: codes }] };
}

function chargeOf({ price }: ServiceContent): object {
  return price === undefined ? {} : { serviceChargeType: price > 0 ? 'Chargeable' : 'FreeOfCharge' };
}

/** By place where one goes there, else by phone, else on the web: a shape each. */
function channelOf(content: ServiceContent): object {
  const { names, place, phone, address, kind } = content;
  const named = inLanguages(names, (value, language) => ({ language, value }));
  const numbers = phone === undefined ? [] : languagesOf(names).map((language) => ({ number: phone, language, ...chargeOf(content) }));
  const webPages = address === undefined ? [] : languagesOf(names).map((language) => ({ url: address, language }));
  if (place || formOf(kind) === 'near')
    return {
      serviceChannelType: 'ServiceLocation',
      serviceChannelNames: named.map((name) => ({ ...name, type: 'Name' })),
      addresses: place ? [addressOf(place, names)] : [],
      phoneNumbers: numbers,
      webPages,
    };
  if (kind === 'phone')
    return {
      serviceChannelType: 'Phone',
      serviceChannelNames: named,
      phoneNumbers: numbers.map((one) => ({ ...one, type: 'Phone' })),
      webPages,
    };
  return {
    serviceChannelType: 'EChannel',
    serviceChannelNames: named,
    webPage: webPages.map(({ url, language }) => ({ language, value: url })),
    supportPhones: numbers,
  };
}

function addressOf({ municipality, address, description }: NonNullable<ServiceContent['place']>, names: LocalizedText): object {
  return {
    type: 'Location',
    subType: 'Single',
    country: 'FI',
    streetAddress: {
      municipality,
      street: languagesOf(names).map((language) => ({ language, value: address })),
      ...(description && { additionalInformation: inLanguages(description, (value, language) => ({ language, value })) }),
    },
  };
}

/** The usual hours of the week, and the days that are otherwise. */
function hoursOf({ hours, exceptions }: ServiceContent): readonly object[] {
  const open = (day: string | undefined) => (one: { readonly opens: string; readonly closes: string }) => ({
    ...(day !== undefined && { dayFrom: day }),
    from: one.opens,
    to: one.closes,
  });
  const named = (day: string) => `${day.charAt(0).toUpperCase()}${day.slice(1)}`;
  const week = hours.map((one) => open(named(one.weekday))(one));
  return [
    ...(week.length === 0 ? [] : [{ serviceHourType: 'DaysOfTheWeek', isClosed: false, validForNow: true, openingHour: week }]),
    ...exceptions.map(({ on, hours: those, note }) => ({
      serviceHourType: 'Exceptional',
      validFrom: on,
      validTo: on,
      isClosed: those.length === 0,
      validForNow: false,
      openingHour: those.map(open(undefined)),
      ...(note && { additionalInformation: inLanguages(note, (value, language) => ({ language, value })) }),
    })),
  ];
}

function languagesOf(text: LocalizedText): readonly string[] {
  return languages.filter((language) => text[language] !== undefined);
}

function inLanguages<Told>(text: LocalizedText, tell: (value: string, language: string) => Told): readonly Told[] {
  return languages.flatMap((language) => {
    const value = text[language];
    return value === undefined ? [] : [tell(value, language)];
  });
}
