import type { LocalizedText } from '#kernel/localized-text';
import { municipalities } from '#kernel/municipality';
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
 * The service in the shape of the Finnish service catalogue (Palvelutietovaranto, PTV; its open API, version 11): what is
 * posted to `/api/v11/Service`, and the channel through which it is given. What the catalogue asks for and is not known
 * here, such as its own classification, is left out.
 */
export function catalogueEntryOf({ organisation, service, content }: Offered): object {
  const sourceId = `digituki-${organisation}-${service}`;
  const { names, description, languages: spoken, municipalities: codes, price } = content;
  const told = description ?? supportKindNames[content.kind];
  const isChargeable = price !== undefined && price > 0;
  return {
    service: {
      sourceId,
      type: 'Service',
      serviceNames: inLanguages(names, (value, language) => ({ language, value, type: 'Name' })),
      serviceDescriptions: [
        ...inLanguages(told, (value, language) => ({ language, value: value.slice(0, longestSummary), type: 'Summary' })),
        ...inLanguages(told, (value, language) => ({ language, value, type: 'Description' })),
      ],
      languages: spoken,
      ...areasOf(codes),
      ...(price !== undefined && { serviceChargeType: isChargeable ? 'Chargeable' : 'Free' }),
      publishingStatus: 'Published',
    },
    serviceChannel: { sourceId: `${sourceId}-channel`, ...channelOf(content) },
  };
}

function areasOf(codes: readonly string[]): object {
  return codes.length === 0
    ? { areaType: 'Nationwide', areas: [] }
    : { areaType: 'LimitedType', areas: [{ type: 'Municipality', municipalities: codes.map(municipalityOf) }] };
}

/** By place where one goes there, else by phone, else on the web. */
function channelOf(content: ServiceContent): object {
  const { names, place, phone, address, price, languages: spoken, municipalities: codes } = content;
  const common = {
    serviceChannelNames: inLanguages(names, (value, language) => ({ language, value, type: 'Name' })),
    languages: spoken,
    ...areasOf(codes),
    serviceHours: hoursOf(content),
    phoneNumbers:
      phone === undefined
        ? []
        : [{ number: phone, isFinnishServiceNumber: false, serviceChargeType: price !== undefined && price > 0 ? 'Chargeable' : 'Free' }],
    webPages: address === undefined ? [] : languagesOf(names).map((language) => ({ url: address, language })),
    publishingStatus: 'Published',
  };
  if (place)
    return {
      serviceChannelType: 'ServiceLocation',
      ...common,
      addresses: [
        {
          type: 'Location',
          subType: 'Single',
          country: 'FI',
          streetAddress: {
            municipality: municipalityOf(place.municipality),
            street: languagesOf(names).map((language) => ({ language, value: place.address })),
            ...(place.description && {
              additionalInformation: inLanguages(place.description, (value, language) => ({ language, value })),
            }),
          },
        },
      ],
    };
  if (content.kind === 'phone') return { serviceChannelType: 'Phone', ...common };
  return { serviceChannelType: formOf(content.kind) === 'near' ? 'ServiceLocation' : 'EChannel', ...common };
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

function municipalityOf(code: string): object {
  const found = municipalities.get(code);
  return { code, name: found ? inLanguages(found.names, (value, language) => ({ language, value })) : [] };
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
