import { describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { callEvents } from '#calls/call.events';
import { allocationEvents } from '#decisions/allocation.events';
import type { Content } from '#documents/content';
import type { Draft } from '#documents/document-source';
import { PdfRenderer, standards } from '#documents/pdf-renderer';
import { faulty, withVeraPdf } from '#documents/verapdf.testing';
import { recorded } from '#kernel/decider.testing';
import type { NewEvent } from '#kernel/event-schema';
import { languages, type Language } from '#kernel/localized-text';
import { organisationEvents } from '#organisations/organisation.events';
import { grantDocuments } from './grant.document.js';
import { key, notified, opened, paid, signed, type GrantEvent } from './grant.testing.js';

type Event = NewEvent<typeof callEvents> | NewEvent<typeof allocationEvents> | NewEvent<typeof organisationEvents> | GrantEvent;

const hostile = '#read("x") *a* $x$ «ŋ» \u202e 漢';
const localized = (text: string) => ({ fi: `${text} suomeksi`, sv: `${text} på svenska` });
const decision = {
  application: key,
  region: '19',
  applicant: 'fictional-council',
  outcome: 'granted',
  amount: 1_000_000,
  share: 7_000,
  shareOf: 'eligible-costs',
  eligibleCosts: 1_500_000,
  income: 0,
  purpose: 'Digituen koordinointi',
  periodOfUse: { from: '2027-01-01', to: '2027-12-31' },
  conditions: ['Väliselvitys annetaan kesäkuussa.', hostile],
  paymentPlan: [
    { instalment: 'first', amount: 600_000, plannedFor: '2027-02-01' },
    { instalment: 'last', amount: 400_000 },
  ],
  grounds: `Hakemus täyttää ehdot.\n${hostile}`,
  language: 'fi',
  translations: [{ language: 'sv', grounds: 'Ansökan uppfyller villkoren.', conditions: ['Mellanredovisning i juni.'] }],
  caseNumber: 'VM/1/2026',
  presenter: 'person-presenter',
  presenterName: 'Elli Esittelijä',
  decider: 'person-decider',
  deciderName: 'Risto Ratkaisija',
  applicationRevision: 5,
} as const;
const call: readonly Event[] = [
  {
    type: 'CallPlanned',
    data: {
      kind: 'regional-coordination',
      names: localized('Kuvitteellinen haku'),
      organiser: 'fictional-ministry',
      goals: [],
      duties: [],
      terms: { legalBasis: localized('Säädös'), appeal: localized('Muutoksenhaku') },
    },
    effectiveAt: '2026-06-01',
  },
];
const allocation: readonly Event[] = [
  { type: 'GrantDecided', data: decision, effectiveAt: '2026-11-30T10:00:00.000Z' },
  { type: 'GrantDecided', data: { ...decision, application: 'c--other' }, effectiveAt: '2026-11-30T10:00:00.000Z' },
  {
    type: 'DecisionCorrected',
    data: {
      application: key,
      ground: 'clerical-error',
      reason: 'Laskuvirhe',
      amount: 1_100_000,
      decider: 'person-decider',
      deciderName: 'Risto Ratkaisija',
    },
    effectiveAt: '2026-12-02T10:00:00.000Z',
  },
];
const on = (day: string, event: GrantEvent): GrantEvent => ({ ...event, effectiveAt: `${day}T10:00:00.000Z` });
const life: readonly Event[] = [
  on('2026-11-30', opened),
  on('2026-12-01', notified),
  on('2026-12-03', { type: 'GrantAccepted', data: signed }),
  ...paid('first', 'first', 600_000).map((event) => on('2027-02-01', event)),
  on('2027-03-01', {
    type: 'ChangeRequested',
    data: {
      change: 'longer',
      parts: [
        { part: 'time', asks: 'x' },
        { part: 'budget', asks: 'y' },
      ],
    },
  }),
  on('2027-03-02', {
    type: 'ChangeDecided',
    data: {
      change: 'longer',
      parts: [
        { part: 'time', outcome: 'accepted', grounds: 'g' },
        { part: 'budget', outcome: 'refused', grounds: hostile },
      ],
      periodOfUse: { from: '2027-01-01', to: '2028-03-31' },
      decider: 'person-decider',
    },
  }),
  on('2027-04-01', {
    type: 'RecoveryDecided',
    data: {
      recovery: 'r',
      hearing: 'h',
      duty: 'mandatory',
      parts: [{ payment: 'first', amount: 50_000 }],
      bearsInterest: true,
      due: '2027-05-01',
      grounds: hostile,
      decider: 'person-decider',
    },
  }),
  on('2027-04-02', {
    type: 'RectificationRequested',
    data: { request: 'q', demands: 'salaisuus', arrivedOn: '2027-04-02', isLate: false },
  }),
  on('2027-04-03', {
    type: 'RectificationDecided',
    data: {
      request: 'q',
      outcome: 'changed',
      grounds: 'g',
      appealInstructions: 'Valitus',
      appealBy: '2027-05-03',
      decider: 'person-decider',
    },
  }),
];
const organisations = {
  'fictional-ministry': [
    { type: 'OrganisationRegistered', data: { kind: 'ministry', names: localized('Ministeriö') }, effectiveAt: '2020-01-01' },
  ],
  'fictional-council': [
    { type: 'OrganisationRegistered', data: { kind: 'regional-council', names: localized('Liitto') }, effectiveAt: '2020-01-01' },
    { type: 'OrganisationRenamed', data: { names: localized('Uusi liitto') }, effectiveAt: '2026-12-01' },
  ],
} satisfies Record<string, readonly Event[]>;

function read(more: readonly Event[] = []) {
  const streams: Record<string, readonly Event[]> = {
    'call-c': call,
    'allocation-c': allocation,
    [`grant-${key}`]: [...life, ...more],
    ...Object.fromEntries(Object.entries(organisations).map(([id, events]) => [`organisation-${id}`, events])),
  };
  return new Map(Object.entries(streams).map(([stream, events]) => [stream, events.map((one, index) => recorded(one, index, stream))]));
}

const drafts = grantDocuments.drafts(key, read());
const named = (document: string) => drafts.find((draft) => draft.document === document) as Draft;
const says = (document: string, language: Language = 'fi', opened: (text: unknown) => string | undefined = (text) => text as string) =>
  named(document).content(language, opened);
const textOf = (content: Content) => JSON.stringify(content);

describe('the documents of a grant', () => {
  it('are one for each thing decided, in the order in which that was done', () => {
    expect(drafts.map(({ document, isNotified }) => [document, isNotified])).toEqual([
      ['decision', true],
      ['correction-1', true],
      ['payment-first', false],
      ['change-longer', false],
      ['recovery-r', false],
      ['rectification-q', false],
    ]);
  });

  it('need the streams that the events name, and no others', () => {
    expect(grantDocuments.streams(key, new Map())).toEqual(['call-c', 'allocation-c', `grant-${key}`]);
    expect(grantDocuments.streams(key, read()).slice(3)).toEqual(['organisation-fictional-ministry', 'organisation-fictional-council']);
  });

  it('say for ever what was so when they were made', () => {
    expect(says('decision').blocks).toContainEqual({
      kind: 'paragraph',
      said: { text: 'Hakijalle myönnetään valtionavustusta enintään 10\u00a0000,00\u00a0euroa.', language: 'fi' },
    });
    expect(textOf(says('decision'))).toContain('Liitto suomeksi');
    expect(textOf(says('correction-1'))).toContain('11\u00a0000,00\u00a0euroa');
    expect(textOf(says('payment-first'))).toContain('Uusi liitto suomeksi');
    const later = grantDocuments.drafts(key, read([on('2029-01-01', { type: 'GrantClosed', data: {} })]));
    for (const draft of drafts) {
      const again = later.find(({ document }) => document === draft.document) as Draft;
      for (const language of languages) expect(again.content(language, (text) => text)).toEqual(draft.content(language, (text) => text));
    }
  });

  it('are translations in all languages but that of the decision, with what was written in it as it was written', () => {
    expect(says('decision').notices).toEqual([]);
    expect(says('decision', 'sv').notices).toEqual(['Översättning. Beslutet har fattats på finska.']);
    expect(textOf(says('decision', 'sv'))).toContain('Ansökan uppfyller villkoren.');
    expect(says('decision', 'en').blocks).toContainEqual({
      kind: 'paragraph',
      said: { text: 'Hakemus täyttää ehdot.', language: 'fi' },
    });
  });

  it('name presenter and decider, until they are forgotten', () => {
    expect(textOf(says('decision'))).toContain('Risto Ratkaisija');
    expect(textOf(says('decision', 'fi', () => undefined))).toContain('(nimi unohdettu)');
  });

  it('say nothing that is not public', () => {
    for (const { document } of drafts)
      for (const language of languages) expect(textOf(says(document, language))).not.toMatch(/salaisuus|person-/);
  });

  it('are the same bytes for ever: a change that would alter one adds a version of its template, or a layout', () => {
    const renderer = new PdfRenderer();
    const whole = createHash('sha256');
    for (const draft of drafts)
      for (const language of languages)
        for (const standard of standards)
          whole.update(
            renderer.render(
              draft.content(language, (text) => text),
              draft.layout,
              draft.at,
              standard,
            ),
          );
    expect(whole.digest('hex')).toBe('10789b7eaaae92a123e23e8b12f0674bd11a6aebb8cbadfa9cadcf0c24e3136e');
  });

  withVeraPdf(
    'are PDF/UA-1 and PDF/A-2a, of every kind and in every language',
    async () => {
      const renderer = new PdfRenderer();
      for (const standard of standards) {
        const pdfs = new Map(
          drafts.flatMap((draft) =>
            languages.map((language) => [
              `${draft.document}-${language}`,
              renderer.render(
                draft.content(language, (text) => text),
                draft.layout,
                draft.at,
                standard,
              ),
            ]),
          ),
        );
        expect(faulty(pdfs, standard)).toEqual([]);
      }
    },
    120_000,
  );
});
