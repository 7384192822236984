import { Type } from 'typebox';
import { field, hinted, listOf, optional, personal, v1, type StaticOf } from '#kernel/event-schema';
import {
  choice,
  DayText,
  EmailAddress,
  KeyText,
  LocalizedName,
  MunicipalityText,
  ReasonText,
  Region,
  Text,
  textUpTo,
} from '#kernel/schemas';

export const NetworkLevel = choice('NetworkLevel', ['national', 'region', 'sub-region'], 'The area that a network is for.');
export type NetworkLevel = StaticOf<typeof NetworkLevel>;

export const MemberRole = choice(
  'MemberRole',
  ['provider', 'partner', 'observer'],
  'What a member does in a network: gives digital support itself, develops it with the others, or follows.',
);
export type MemberRole = StaticOf<typeof MemberRole>;

const reason = optional(ReasonText, { fi: 'Syy', sv: 'Orsak', en: 'Reason' });
const member = field(KeyText, { fi: 'Jäsenorganisaatio', sv: 'Medlemsorganisation', en: 'The member, an organisation' });
const role = field(MemberRole, { fi: 'Rooli verkostossa', sv: 'Roll i nätverket', en: 'Role in the network' });

/** Who coordinates, and where they are reached. The office's particulars are public; the name is a person's, and can be forgotten. */
const coordinator = {
  coordinator: field(KeyText, { fi: 'Koordinoiva organisaatio', sv: 'Samordnande organisation', en: 'The organisation that coordinates' }),
  contact: field(KeyText, { fi: 'Yhteyshenkilön tunnus', sv: 'Kontaktpersonens id', en: 'Id of the contact' }),
  office: optional(LocalizedName, { fi: 'Tehtävä ja yksikkö', sv: 'Uppgift och enhet', en: 'Office' }),
  address: optional(textUpTo(300), { fi: 'Käyntiosoite', sv: 'Besöksadress', en: 'Address' }),
  email: optional(EmailAddress, { fi: 'Yksikön sähköposti', sv: 'Enhetens e-post', en: 'E-mail of the office' }),
  phone: optional(textUpTo(50), { fi: 'Yksikön puhelin', sv: 'Enhetens telefon', en: 'Telephone of the office' }),
  person: field(Type.String({ minLength: 1, maxLength: 200 }), {
    fi: 'Henkilön tunnus: verkosto ja yhteyshenkilö',
    sv: 'Personens id: nätverk och kontaktperson',
    en: 'Id of the person: the network and the contact',
  }),
  name: personal('person', { fi: 'Nimi', sv: 'Namn', en: 'Name' }, 'public'),
};

/** Stored for ever: add an event or a version, never rename one or change what it means. */
export const networkEvents = {
  NetworkFounded: v1(
    { fi: 'Digituen verkosto perustettiin', sv: 'Ett nätverk för digitalt stöd grundades', en: 'A network of digital support was founded' },
    {
      level: field(NetworkLevel, { fi: 'Taso', sv: 'Nivå', en: 'Level' }),
      names: field(LocalizedName, { fi: 'Nimet', sv: 'Namn', en: 'Names' }),
      region: optional(Region, {
        fi: 'Maakunta; ei valtakunnallisella verkostolla',
        sv: 'Landskap; inte för ett riksomfattande nätverk',
        en: 'The region; a national network has none',
      }),
      municipalities: hinted(
        optional(listOf(MunicipalityText), {
          fi: 'Seutukunnallisen verkoston kunnat',
          sv: 'Kommunerna i ett subregionalt nätverk',
          en: 'The municipalities of a sub-regional network',
        }),
        'Of a sub-regional network only: its municipalities, by their codes.',
      ),
    },
  ),
  CoordinatorAppointed: v1(
    { fi: 'Verkostolle nimettiin koordinoija', sv: 'En samordnare utsågs för nätverket', en: 'A coordinator of the network was appointed' },
    coordinator,
  ),
  CoordinatorReplaced: v1(
    { fi: 'Verkoston koordinoija vaihtui', sv: 'Nätverkets samordnare byttes', en: 'The coordinator of the network was replaced' },
    { ...coordinator, reason },
  ),
  MemberJoined: v1({ fi: 'Verkosto sai jäsenen', sv: 'Nätverket fick en medlem', en: 'A member joined the network' }, { member, role }),
  MemberRoleChanged: v1(
    { fi: 'Jäsenen rooli verkostossa muuttui', sv: 'En medlems roll i nätverket ändrades', en: 'The role of a member changed' },
    { member, role },
  ),
  MemberLeft: v1({ fi: 'Jäsen lähti verkostosta', sv: 'En medlem lämnade nätverket', en: 'A member left the network' }, { member, reason }),
  NetworkMeetingHeld: v1(
    { fi: 'Verkosto kokoontui', sv: 'Nätverket höll möte', en: 'The network met' },
    {
      meeting: field(KeyText, { fi: 'Kokouksen tunnus', sv: 'Mötets id', en: 'Id of the meeting' }),
      on: field(DayText, { fi: 'Päivä', sv: 'Dag', en: 'Day' }),
      participants: field(listOf(KeyText), {
        fi: 'Osallistuneet jäsenet',
        sv: 'Medlemmar som deltog',
        en: 'The members that took part',
      }),
      topics: field(Text, { fi: 'Käsitellyt asiat', sv: 'Behandlade frågor', en: 'What it was about' }),
      outcome: optional(Text, { fi: 'Mitä sovittiin', sv: 'Vad man kom överens om', en: 'What was agreed' }),
    },
  ),
};
