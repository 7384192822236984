const kinds = ['service-point', 'chat', 'peer-support', 'phone', 'course', 'home-support', 'video', 'online-training'];
const languages = ['fi', 'sv', 'en', 'se', 'ru', 'ar'];
const audiences = ['everyone', 'older-people', 'immigrants', 'job-seekers', 'young-people'];
const contents = ['services', 'devices', 'applications', 'safety'];
const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
const words = ['Digituki', 'Opastus', 'Kerho', 'Ääkköset', 'Kirjasto', 'Neuvonta', 'Laiteapu', 'Verkko'];

/** The commands, by name, that put a made-up provider with four services into the directory: of the same number always the same. */
export function commandsOfProvider(number: number, municipalities: readonly string[]): readonly (readonly [string, object])[] {
  const organisation = `provider-${number}`;
  const pick = <Item>(items: readonly Item[], offset: number) => items[(number * 7 + offset) % items.length] as Item;
  const services = [0, 1, 2, 3].map((index): readonly [string, object] => {
    const kind = pick(kinds, index * 3 + Math.floor(number / 8));
    const offset = index * 31 + Math.floor(number / 5);
    const places = [...new Set([0, 97, 193].map((step) => pick(municipalities, offset + step)))];
    const isNationwide = ['chat', 'phone', 'video', 'online-training'].includes(kind) && offset % 10 === 0;
    const described = `${pick(words, offset)} ja ${pick(words, offset + 3).toLowerCase()} ${number}`;
    return [
      'OfferService',
      {
        organisation,
        service: `service-${index}`,
        names: { fi: described, sv: `Stöd ${number}`, en: `Support ${number}` },
        description: { fi: `Kuvitteellinen palvelu: ${described}. Apua laitteiden ja palvelujen käyttöön ilman ajanvarausta.` },
        kind,
        contents: [pick(contents, offset), pick(contents, offset + 1)],
        languages: [...new Set(['fi', pick(languages, offset)])],
        audiences: [pick(audiences, offset)],
        municipalities: isNationwide ? [] : places,
        ...(kind === 'service-point' && { place: { municipality: places[0], address: `Kuvitteellinen katu ${number}` } }),
        hours: weekdays.slice(0, 5 + (offset % 3)).map((weekday) => ({ weekday, opens: '09:00', closes: `${14 + (offset % 8)}:00` })),
        exceptions: [{ on: '2026-12-24', hours: [] }],
        ...(kind === 'phone' && { phone: '0800 000 000' }),
        price: 0,
        accessibility: ['step-free'],
      },
    ];
  });
  return [
    [
      'RegisterOrganisation',
      {
        organisation,
        kind: pick(['municipality', 'association', 'company'], 0),
        names: { fi: `Kuvitteellinen ${pick(words, 1).toLowerCase()} ${number}` },
      },
    ],
    ['RegisterProvider', { organisation }],
    ...services,
  ];
}
