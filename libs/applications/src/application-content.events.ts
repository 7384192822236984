import { Type } from 'typebox';
import { field, listOf, optional, personal, record, type StaticOf } from '#kernel/event-schema';
import { CentsNumber, InstantText, KeyText, oneOf, Text } from '#kernel/schemas';

/** How an application or an answer comes, where it does not come through this system. */
export const otherChannels = ['email', 'secure-email', 'paper', 'grant-portal'] as const;
const channels = ['this-system', ...otherChannels] as const;

const arrivalRecord = record({
  channel: field(oneOf(channels), { fi: 'Saapumistapa', sv: 'Kanal', en: 'Channel' }),
  arrivedAt: field(InstantText, { fi: 'Saapumishetki', sv: 'Ankomsttid', en: 'The instant of arrival' }),
  evidence: optional(
    Text,
    { fi: 'Mistä saapumishetki näkyy', sv: 'Vad ankomsttiden framgår av', en: 'What the instant of arrival is seen from' },
    'internal',
  ),
});
export type Arrival = StaticOf<typeof arrivalRecord>;
export const arrival = field(arrivalRecord, { fi: 'Saapuminen', sv: 'Ankomst', en: 'Arrival' });

const costLines = listOf(
  record({
    line: field(KeyText, { fi: 'Kulurivin tunnus', sv: 'Kostnadsradens kod', en: 'Key of the line' }),
    text: field(Text, { fi: 'Mitä rivi kattaa', sv: 'Vad raden omfattar', en: 'What the line covers' }),
    amount: field(CentsNumber, { fi: 'Määrä (senttejä)', sv: 'Belopp (cent)', en: 'Amount (cents)' }),
  }),
);
const parts = optional(
  listOf(
    record({
      part: field(KeyText, { fi: 'Osan tunnus', sv: 'Delens kod', en: 'Key of the part' }),
      text: optional(Text, { fi: 'Teksti', sv: 'Text', en: 'Text' }),
      secretText: optional(
        Text,
        { fi: 'Salassa pidettäväksi merkitty teksti', sv: 'Text som märkts sekretessbelagd', en: 'Text that is marked secret' },
        'secret',
      ),
      secretBecause: optional(Text, {
        fi: 'Miksi teksti on salassa pidettävä',
        sv: 'Varför texten är sekretessbelagd',
        en: 'Why the text is secret',
      }),
    }),
  ),
  { fi: 'Hakemuksen osat', sv: 'Ansökans delar', en: 'The parts of the application' },
);
const planVersion = optional(Type.Integer({ minimum: 1 }), {
  fi: 'Hankesuunnitelman versio',
  sv: 'Projektplanens version',
  en: 'Version of the project plan',
});

const costsText = { fi: 'Hyväksyttävät kustannukset riveittäin', sv: 'Godtagbara kostnader per rad', en: 'Eligible costs by line' };
const incomeText = { fi: 'Tulot (senttejä)', sv: 'Inkomster (cent)', en: 'Income (cents)' };
const ownText = { fi: 'Omarahoitus (senttejä)', sv: 'Egenfinansiering (cent)', en: 'Own funding (cents)' };
const otherText = { fi: 'Muu rahoitus (senttejä)', sv: 'Annan finansiering (cent)', en: 'Other funding (cents)' };
const amountText = { fi: 'Haettu avustus (senttejä)', sv: 'Sökt understöd (cent)', en: 'The amount applied for (cents)' };

/** What is applied for, complete. Costs = amount + own funding + other funding + income; income is never own funding. */
const applicationContent = record({
  planVersion,
  eligibleCosts: field(costLines, costsText),
  income: field(CentsNumber, incomeText),
  ownFunding: field(CentsNumber, ownText),
  otherFunding: field(CentsNumber, otherText),
  amount: field(CentsNumber, amountText),
  parts,
});
export type ApplicationContent = StaticOf<typeof applicationContent>;

/** The same with gaps, while it is a draft. */
const draftContent = record({
  planVersion,
  eligibleCosts: optional(costLines, costsText),
  income: optional(CentsNumber, incomeText),
  ownFunding: optional(CentsNumber, ownText),
  otherFunding: optional(CentsNumber, otherText),
  amount: optional(CentsNumber, amountText),
  parts,
});
export type DraftContent = StaticOf<typeof draftContent>;

const contentText = {
  fi: 'Hakemuksen sisältö kokonaisuudessaan',
  sv: 'Ansökans innehåll i sin helhet',
  en: 'The content of the application, all of it',
};
const hashText = {
  fi: 'Sisällön tiiviste (SHA-256, kanoninen JSON)',
  sv: 'Innehållets kondensat (SHA-256, kanonisk JSON)',
  en: 'Hash of the content (SHA-256 over canonical JSON)',
};
const Hash = Type.String({ pattern: '^[0-9a-f]{64}$' });

export const draft = field(draftContent, contentText);
/** The hash covers `content`, in which nothing is personal; it is internal, since it covers secret texts too. */
export const content = { content: field(applicationContent, contentText), contentHash: field(Hash, hashText, 'internal') };
export const optionalContent = { content: optional(applicationContent, contentText), contentHash: optional(Hash, hashText, 'internal') };

/** Who signed; the name is sealed under the key of that person. */
export const signatory = {
  person: optional(Type.String({ minLength: 1, maxLength: 200 }), {
    fi: 'Allekirjoittajan tunnus',
    sv: 'Undertecknarens id',
    en: 'Id of the signatory',
  }),
  signatory: personal('person', { fi: 'Allekirjoittajan nimi', sv: 'Undertecknarens namn', en: 'Name of the signatory' }, 'secret'),
};
