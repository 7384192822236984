import { Type } from 'typebox';
import { field, hinted, listOf, ofAuthority, optional, personal, record, required, type StaticOf } from '#kernel/event-schema';
import { CentsNumber, choice, InstantText, KeyText, oneOf, ReasonText, Sha256, Text, textUpTo, VersionNumber } from '#kernel/schemas';

/** How an application or an answer comes, where it does not come through this system. */
const otherChannels = ['email', 'secure-email', 'paper', 'grant-portal'] as const;
const OtherChannel = choice('OtherChannel', otherChannels, 'How something came that did not come through this system.');
const channels = ['this-system', ...otherChannels] as const;

const arrivalRecord = record({
  channel: field(oneOf(channels), { fi: 'Saapumistapa', sv: 'Kanal', en: 'Channel' }),
  arrivedAt: field(InstantText, { fi: 'Saapumishetki', sv: 'Ankomsttid', en: 'The instant of arrival' }),
  evidence: ofAuthority(
    optional(
      ReasonText,
      { fi: 'Mistä saapumishetki näkyy', sv: 'Vad ankomsttiden framgår av', en: 'What the instant of arrival is seen from' },
      'internal',
    ),
  ),
});
export type Arrival = StaticOf<typeof arrivalRecord>;
const arrivalText = { fi: 'Saapuminen', sv: 'Ankomst', en: 'Arrival' };
export const arrival = field(arrivalRecord, arrivalText);

/** How and when something came another way, as a command says it. */
const otherArrivalRecord = record(
  {
    channel: field(OtherChannel, arrivalRecord.fields.channel.description),
    arrivedAt: hinted(arrivalRecord.fields.arrivedAt, 'The instant of arrival decides whether it is in time.'),
    evidence: hinted(required(arrivalRecord.fields.evidence), 'What shows the instant: the header of an e-mail, the stamp on a paper.'),
  },
  'Arrival',
  'How and when something came another way; the registrar gives it.',
);
export type OtherArrival = StaticOf<typeof otherArrivalRecord>;
export const otherArrival = optional(otherArrivalRecord, arrivalText);

const costLines = listOf(
  record(
    {
      line: field(KeyText, { fi: 'Kulurivin tunnus', sv: 'Kostnadsradens kod', en: 'Key of the line' }),
      text: field(textUpTo(500), { fi: 'Mitä rivi kattaa', sv: 'Vad raden omfattar', en: 'What the line covers' }),
      amount: field(CentsNumber, { fi: 'Määrä (senttejä)', sv: 'Belopp (cent)', en: 'Amount (cents)' }),
    },
    'CostLine',
    'A line of the eligible costs.',
  ),
);
/** A part of the application in words: its text, public or secret. */
export const contentPart = record({
  part: field(KeyText, { fi: 'Osan tunnus', sv: 'Delens kod', en: 'Key of the part' }),
  text: optional(Text, { fi: 'Teksti', sv: 'Text', en: 'Text' }),
  secretText: optional(
    Text,
    { fi: 'Salassa pidettäväksi merkitty teksti', sv: 'Text som märkts sekretessbelagd', en: 'Text that is marked secret' },
    'secret',
  ),
  secretBecause: optional(ReasonText, {
    fi: 'Miksi teksti on salassa pidettävä',
    sv: 'Varför texten är sekretessbelagd',
    en: 'Why the text is secret',
  }),
});
const partsText = { fi: 'Hakemuksen osat', sv: 'Ansökans delar', en: 'The parts of the application' };
const parts = optional(listOf(contentPart), partsText);
const planVersion = optional(VersionNumber, {
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
export const draftContent = record({
  planVersion,
  eligibleCosts: optional(costLines, costsText),
  income: optional(CentsNumber, incomeText),
  ownFunding: optional(CentsNumber, ownText),
  otherFunding: optional(CentsNumber, otherText),
  amount: optional(CentsNumber, amountText),
  parts,
});
export type DraftContent = StaticOf<typeof draftContent>;

/** The content as a command says it: a part's text once, marked as secret or not. */
const contentInput = record(
  {
    ...draftContent.fields,
    planVersion: hinted(
      planVersion,
      'The version of the matter’s project plan. It becomes public with the application: what is secret belongs in a part that is marked so.',
    ),
    ownFunding: hinted(draftContent.fields.ownFunding, 'Income is never own funding.'),
    parts: optional(
      listOf(
        record(
          {
            part: contentPart.fields.part,
            text: required(contentPart.fields.text),
            secretBecause: hinted(
              contentPart.fields.secretBecause,
              'Marks the text as secret, and says why. What is not marked is public from the arrival on.',
            ),
          },
          'ApplicationPart',
          'A part of the application in words.',
        ),
      ),
      partsText,
    ),
  },
  'ApplicationContent',
  'What is applied for, all of it. A draft may have gaps. Costs are amount + own funding + other funding + income.',
);
export type ContentInput = StaticOf<typeof contentInput>;

/** What an edit takes out of a draft. */
const removedRecord = record(
  {
    lines: optional(listOf(KeyText), { fi: 'Kulurivit', sv: 'Kostnadsrader', en: 'Cost lines' }),
    parts: optional(listOf(KeyText), { fi: 'Osat', sv: 'Delar', en: 'Parts' }),
  },
  'RemovedFromDraft',
  'What is taken out of a draft, by its keys.',
);
export type RemovedFromDraft = StaticOf<typeof removedRecord>;
export const removedFromDraft = optional(removedRecord, {
  fi: 'Mitä luonnoksesta poistetaan',
  sv: 'Vad som tas bort ur utkastet',
  en: 'What is taken out of the draft',
});

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

export const draft = field(draftContent, contentText);
export const givenContent = field(contentInput, contentText);
/** The hash covers `content`, in which nothing is personal; it is internal, since it covers secret texts too. */
export const content = { content: field(applicationContent, contentText), contentHash: field(Sha256, hashText, 'internal') };
export const optionalContent = { content: optional(applicationContent, contentText), contentHash: optional(Sha256, hashText, 'internal') };

/** Who signed; the name is sealed under the key of that person. */
export const signatory = {
  person: ofAuthority(
    optional(Type.String({ minLength: 1, maxLength: 200 }), {
      fi: 'Allekirjoittajan tunnus',
      sv: 'Undertecknarens id',
      en: 'Id of the signatory',
    }),
  ),
  signatory: personal('person', { fi: 'Allekirjoittajan nimi', sv: 'Undertecknarens namn', en: 'Name of the signatory' }, 'secret'),
};
