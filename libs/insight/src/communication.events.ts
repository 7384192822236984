import { field, hinted, listOf, optional, v1, type StaticOf } from '#kernel/event-schema';
import { choice, countUpTo, DayText, KeyText, LocalizedName, textUpTo } from '#kernel/schemas';
import { SupportAudience, SupportLanguage } from '#services/service-content.events';

export const CommunicationChannel = choice(
  'CommunicationChannel',
  ['web', 'social-media', 'newspaper', 'radio-or-tv', 'letter', 'poster', 'event', 'other'],
  'How it is told of digital support.',
);
export type CommunicationChannel = StaticOf<typeof CommunicationChannel>;

const communication = field(KeyText, { fi: 'Viestin tunnus', sv: 'Meddelandets id', en: 'Id of the communication' });
const content = {
  names: field(LocalizedName, { fi: 'Mistä viestitään', sv: 'Vad det handlar om', en: 'What it is about' }),
  channel: field(CommunicationChannel, { fi: 'Kanava', sv: 'Kanal', en: 'Channel' }),
  languages: field(listOf(SupportLanguage), { fi: 'Kielet', sv: 'Språk', en: 'Languages' }),
  audiences: field(listOf(SupportAudience), { fi: 'Kohderyhmät', sv: 'Målgrupper', en: 'For whom' }),
};

/** Stored for ever: add an event or a version, never rename one or change what it means. */
export const communicationEvents = {
  CommunicationPlanned: v1(
    { fi: 'Digituen viestintää suunniteltiin', sv: 'Kommunikation om digitalt stöd planerades', en: 'Communication was planned' },
    { communication, ...content, on: field(DayText, { fi: 'Milloin', sv: 'När', en: 'When' }) },
  ),
  CommunicationPublished: v1(
    { fi: 'Digituesta viestittiin', sv: 'Det kommunicerades om digitalt stöd', en: 'Communication was published' },
    {
      communication,
      ...content,
      on: field(DayText, { fi: 'Milloin', sv: 'När', en: 'When' }),
      reach: hinted(
        optional(countUpTo(10_000_000), {
          fi: 'Tavoitettuja, jos määrä tiedetään',
          sv: 'Nådda, om antalet är känt',
          en: 'How many it reached',
        }),
        'Left out where it is not known: that is not zero.',
      ),
      reachFrom: optional(textUpTo(300), { fi: 'Mihin luku perustuu', sv: 'Vad siffran grundar sig på', en: 'How that is known' }),
    },
  ),
};
