import { createHash, randomUUID } from 'node:crypto';
import type { EventToAppend } from '#event-store/event-log';
import type { Codec } from '#event-store/codec';
import type { applicationEvents } from '#applications/application.events';
import type { CallTerms, callEvents } from '#calls/call.events';
import type { organisationEvents } from '#organisations/organisation.events';
import type { allocationEvents } from '#decisions/allocation.events';
import type { EventMetadata } from '#kernel/envelope';
import type { NewEvent } from '#kernel/event-schema';
import { instantOf } from '#kernel/helsinki-time';
import { regionCodes, regions } from '#kernel/region';

type Event =
  | NewEvent<typeof organisationEvents>
  | NewEvent<typeof callEvents>
  | NewEvent<typeof allocationEvents>
  | NewEvent<typeof applicationEvents>;

/** A stream that is to be written, with its events as a decider returns them. */
export interface Story {
  readonly stream: string;
  readonly events: readonly { readonly event: Event; readonly metadata: EventMetadata }[];
}

/** An organisation that is registered, and renamed as often as said. */
export function organisationStory(name: string, renamed = 0): Story {
  const names = {
    fi: `Organisaatio ${name} Pohjois-Karjalassa`,
    sv: `Organisationen ${name} i Norra Karelen`,
    en: `The organisation ${name} in North Karelia`,
  };
  return story(`organisation-${name}`, {}, [
    { type: 'OrganisationRegistered', data: { kind: 'association', names, region: '12' } },
    ...Array.from({ length: renamed }, (_, index): Event => ({
      type: 'OrganisationRenamed',
      data: { names: { ...names, fi: `${names.fi} (${index})` } },
    })),
  ]);
}

/** A call from its plan to its closing, with its money, an applicant and an application in each region: about fifty events. */
export function callStories(key: string): readonly Story[] {
  const inCall = { call: key };
  const material = (language: 'fi' | 'sv'): Event => ({
    type: 'CallMaterialPublished',
    data: {
      material: `guide-${language}`,
      title: `Hakuopas ${key}`,
      language,
      address: `https://vm.example/${key}/${language}.pdf`,
      sha256: hashOf(key + language),
    },
  });
  return [
    story(`call-${key}`, inCall, [
      {
        type: 'CallPlanned',
        data: {
          kind: 'regional-coordination',
          names: coordination,
          organiser: 'ministry-of-finance',
          goals: [coordination],
          duties,
          terms,
        },
      },
      { type: 'CallPublished', data: {} },
      material('fi'),
      material('sv'),
      {
        type: 'CallContactNamed',
        data: {
          person: 'bench',
          contact: 'contact-1',
          office: coordination,
          name: 'Maija Meikäläinen',
          email: 'maija.meikalainen@vm.example',
        },
      },
      {
        type: 'CallDeadlineExtended',
        data: { closes: '2019-10-15T13:15:00.000Z', reason: 'Hakuaikaa jatkettiin, koska palvelussa oli häiriö.' },
      },
      { type: 'CallClosed', data: {} },
    ]),
    story(`allocation-${key}`, inCall, [
      { type: 'AppropriationSet', data: { amount: 240_000_000, budgetItem: '28.70.05', year: 2019, lapses: '2020-12-31' } },
      { type: 'AppropriationAdjusted', data: { amount: 260_000_000, reason: 'Lisätalousarvio' } },
    ]),
    ...regionCodes.map((region) => organisationStory(`${key}-council-${region}`, Number(region) % 6 === 0 ? 1 : 0)),
    ...regionCodes.map((region) =>
      story(
        `application-${key}--${region}`,
        {
          ...inCall,
          region,
          matter: `${key}--${region}`,
          effectiveAt: '2019-10-15',
          source: { kind: 'public-record', references: ['000', '002'] },
        },
        [{ type: 'ApplicationRecordedFromSource', data: { call: key, region, applicant: `${key}-council-${region}` } }],
      ),
    ),
  ];
}

/** The events of a story as the log takes them: checked, sealed, canonical. */
export function encoded(codec: Codec, { events }: Story): Promise<EventToAppend[]> {
  return Promise.all(
    events.map(async ({ event: { type, data }, metadata }) => ({
      id: randomUUID(),
      type,
      data: (await codec.encode(type, data)).text,
      metadata: codec.encodeMetadata(metadata),
    })),
  );
}

function story(stream: string, about: Partial<EventMetadata>, events: readonly Event[]): Story {
  return { stream, events: events.map((event, index) => ({ event, metadata: metadataOf(stream, index - 1, about) })) };
}

function metadataOf(stream: string, seen: number, about: Partial<EventMetadata>): EventMetadata {
  const commandId = randomUUID();
  return {
    schemaVersion: 1,
    commandId,
    commandHash: hashOf(commandId),
    correlationId: randomUUID(),
    causationId: commandId,
    actor: { id: `person-${hashOf('actor').slice(0, 32)}`, role: 'ministry-presenter' },
    recordedAt: instantOf(Date.now()),
    seen: { [stream]: seen },
    ...about,
  };
}

const hashOf = (text: string) => createHash('sha256').update(text).digest('hex');

const coordination = { fi: 'Digituen alueellinen koordinointi', sv: 'Regionala samordnandet av digitalt stöd' };

const duties = ['network', 'communication', 'evaluation', 'continuity'].map((key) => ({
  key,
  text: {
    fi: 'Kerää tietoa digituen tarpeesta ja tarjonnasta alueellisesti',
    sv: 'Samlar in information om det regionala behovet och utbudet',
  },
}));

const terms: CallTerms = {
  opens: '2019-09-02',
  closes: '2019-10-11T13:15:00.000Z',
  planComments: { from: '2019-09-02', to: '2019-09-27' },
  eligibleApplicants: ['regional-council', 'municipality'],
  applicationsPer: 'region',
  periodOfUse: { from: '2019-11-01', to: '2020-12-31' },
  reporting: { from: '2021-01-01', to: '2021-02-28' },
  largestShare: 7_000,
  vatEligible: true,
  transferAllowed: true,
  criteria: ['impact', 'reach'].map((key) => ({ key, text: { fi: regions['12'].fi, sv: regions['12'].sv } })),
  languages: ['fi', 'sv'],
};
