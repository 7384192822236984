import { describe, it } from '@jest/globals';
import { publicRecord, specOf } from '#kernel/decider.testing';
import { call } from './call.decider.js';

const { given } = specOf(call);
const key = { call: 'c' };
const terms = {
  opens: '2019-08-20',
  closes: '2019-10-15T13:15:00.000Z',
  planComments: { from: '2019-09-23', to: '2019-10-04' },
  eligibleApplicants: ['regional-council' as const],
  applicationsPer: 'applicant' as const,
  periodOfUse: { from: '2019-11-01', to: '2020-10-31' },
  reporting: { from: '2020-11-01', to: '2020-12-31' },
  largestShare: 7_000,
  vatEligible: false,
  transferAllowed: true,
  criteria: [{ key: 'breadth', text: { fi: 'Laajuus' } }],
  legalBasis: { fi: 'Valtionavustuslaki 688/2001' },
  appeal: { fi: 'Oikaisuvaatimus' },
  languages: ['fi' as const, 'sv' as const],
};
const content = {
  kind: 'regional-coordination' as const,
  names: { fi: 'Haku', sv: 'Utlysning' },
  organiser: 'ministry',
  goals: [],
  duties: [],
};
const planned = { type: 'CallPlanned', data: { ...content, terms } } as const;
const plannedWithGaps = { type: 'CallPlanned', data: { ...content, terms: { opens: '2018-04-05', closes: '2018-05-08' } } } as const;
const published = { type: 'CallPublished', data: {} } as const;
const closed = { type: 'CallClosed', data: {}, effectiveAt: '2019-10-15T13:15:00.000Z' } as const;
const cancelled = { type: 'CallCancelled', data: { reason: 'r' } } as const;
const extendedTo = (closes: string) => ({ type: 'CallDeadlineExtended', data: { closes, reason: 'r' } }) as const;

const open = '2019-09-01T00:00:00Z';
const lastInstant = '2019-10-15T13:15:00.000Z';
const tooLate = '2019-10-15T13:15:00.001Z';
const closes = '15.10.2019 16.15';

describe('a call', () => {
  it('is planned once, by an organisation that is registered', () => {
    const plan = { ...key, ...content, terms };
    given()
      .knowing({ organiser: { isRegistered: true } })
      .when('PlanCall', plan, { at: open })
      .then([planned]);
    given()
      .knowing({ organiser: { isRegistered: false } })
      .when('PlanCall', plan)
      .thenRefused('organiser-unknown', { organiser: 'ministry' });
    given(planned)
      .knowing({ organiser: { isRegistered: true } })
      .when('PlanCall', plan)
      .thenRefused('call-exists');
  });

  it('is corrected by part before it is published, and not after it', () => {
    const duty = { key: 'plan', text: { fi: 'Suunnittelee' } };
    given(planned)
      .when('ReviseCallPlan', { ...key, names: { fi: 'Oikea nimi' } })
      .then([{ type: 'CallPlanRevised', data: { names: { fi: 'Oikea nimi' } } }]);
    given(planned)
      .when('ReviseCallPlan', { ...key, names: content.names, goals: [{ fi: 'Tavoite' }], duties: [duty] })
      .then([{ type: 'CallPlanRevised', data: { goals: [{ fi: 'Tavoite' }], duties: [duty] } }]);
    given(planned, { type: 'CallPlanRevised', data: { duties: [duty] } })
      .when('ReviseCallPlan', { ...key, names: content.names, duties: [duty] })
      .thenNothing();
    given(planned)
      .when('ReviseCallPlan', { ...key, duties: [duty, duty] })
      .thenRefused('key-twice');
    given(planned, published)
      .when('ReviseCallPlan', { ...key, goals: [] })
      .thenRefused('call-published');
    given(planned, cancelled)
      .when('ReviseCallPlan', { ...key, goals: [] })
      .thenRefused('call-cancelled');
    given()
      .when('ReviseCallPlan', { ...key, goals: [] })
      .thenRefused('call-unknown');
  });

  it.each([
    ['terms.opens', { opens: '2019-10-16' }],
    ['terms.planComments', { planComments: { from: '2019-10-04', to: '2019-09-23' } }],
    ['terms.periodOfUse', { periodOfUse: { from: '2020-10-31', to: '2019-11-01' } }],
    ['terms.reporting', { reporting: { from: '2020-12-31', to: '2020-11-01' } }],
  ])('has no window that ends before it begins: %s', (field, wrong) => {
    given()
      .knowing({ organiser: { isRegistered: true } })
      .when('PlanCall', { ...key, ...content, terms: { ...terms, ...wrong } })
      .thenRefused('window-backwards', { field });
    given(planned)
      .when('AmendCallTerms', { ...key, terms: { ...terms, ...wrong }, reason: 'r' }, { at: open })
      .thenRefused('window-backwards', { field });
  });

  it.each([
    ['comments-after-closing', { planComments: { from: '2019-09-23', to: '2019-10-16' } }],
    ['use-before-closing', { periodOfUse: { from: '2019-10-15', to: '2020-10-31' } }],
    ['reporting-before-use', { reporting: { from: '2019-10-31', to: '2020-12-31' } }],
    ['key-twice', { criteria: [...terms.criteria, ...terms.criteria] }],
  ])('has windows that follow each other, and no key twice: %s', (code, wrong) => {
    const organiser = { isRegistered: true };
    const plan = { ...key, ...content, terms: { ...terms, ...wrong } };
    given().knowing({ organiser }).when('PlanCall', plan).thenRefused(code);
    given()
      .knowing({ organiser })
      .when('PlanCall', plan, { source: publicRecord })
      .then([{ type: 'CallPlanned', data: { ...content, terms: plan.terms } }]);
    given(planned)
      .when('AmendCallTerms', { ...key, terms: plan.terms, reason: 'r' }, { at: open })
      .thenRefused(code);
  });

  it('is commented on until the day of closing at the latest, and not extended into its period of use', () => {
    const sameDay = { ...terms, planComments: { from: '2019-09-23', to: '2019-10-15' } };
    given(planned)
      .when('AmendCallTerms', { ...key, terms: sameDay, reason: 'r' }, { at: open })
      .then([{ type: 'CallTermsAmended', data: { terms: sameDay, reason: 'r' } }]);
    given(planned, published)
      .when('ExtendCallDeadline', { ...key, closes: '2019-11-01', reason: 'r' }, { at: open })
      .thenRefused('use-before-closing', { from: '2019-11-01' });
  });

  it('has duties with keys of their own, and is granted by a ministry or an agency that is there', () => {
    const duty = { key: 'network', text: { fi: 'Verkosto' } };
    const plan = { ...key, ...content, terms };
    given()
      .knowing({ organiser: { isRegistered: true } })
      .when('PlanCall', { ...plan, duties: [duty, duty] })
      .thenRefused('key-twice', { key: 'network' });
    given()
      .knowing({ organiser: { isRegistered: true, kind: 'company' } })
      .when('PlanCall', plan)
      .thenRefused('organiser-grants-nothing', { organiser: 'ministry' });
    given()
      .knowing({ organiser: { isRegistered: true, kind: 'agency', succession: { by: 'other', from: '2019-01-01' } } })
      .when('PlanCall', plan, { at: open })
      .thenRefused('organiser-unknown', { organiser: 'ministry' });
  });

  it.each([
    ['opens', { opens: '2052-08-20', closes: undefined, planComments: undefined, periodOfUse: undefined, reporting: undefined }],
    ['closes', { closes: '2052-10-15', periodOfUse: undefined, reporting: undefined }],
    ['planComments', { planComments: { from: '2019-09-23', to: '2052-10-04' }, closes: undefined }],
    ['periodOfUse', { periodOfUse: { from: '2019-11-01', to: '2052-10-31' } }],
    ['reporting', { reporting: { from: '2020-11-01', to: '2052-12-31' } }],
  ])('is asked about where a day of its terms is further away than usual: %s', (name, slip) => {
    const said = Object.fromEntries(Object.entries({ ...terms, ...slip }).filter(([, value]) => value !== undefined)) as typeof terms;
    const plan = { ...key, ...content, terms: said };
    const organiser = { isRegistered: true };
    const far = { field: `terms.${name}` };
    given().knowing({ organiser }).when('PlanCall', plan, { at: open }).thenRefused('terms-far-away', far);
    const meant = [{ type: 'CallPlanned', data: { ...content, terms: said } }] as const;
    given()
      .knowing({ organiser })
      .when('PlanCall', { ...plan, isFarDayMeant: true }, { at: open })
      .then(meant);
    given().knowing({ organiser }).when('PlanCall', plan, { at: open, source: publicRecord }).then(meant);
    const amend = { ...key, terms: said, reason: 'r' };
    given(planned).when('AmendCallTerms', amend, { at: open }).thenRefused('terms-far-away', far);
    given(planned)
      .when('AmendCallTerms', { ...amend, isFarDayMeant: true }, { at: open })
      .then([{ type: 'CallTermsAmended', data: { terms: said, reason: 'r' } }]);
    // What was meant once is not asked about again.
    const other = { ...said, vatEligible: true };
    given(...meant)
      .when('AmendCallTerms', { ...amend, terms: other }, { at: open })
      .then([{ type: 'CallTermsAmended', data: { terms: other, reason: 'r' } }]);
  });

  it('is asked about where its deadline is moved further away than usual', () => {
    const { periodOfUse: _u, reporting: _r, ...before } = terms;
    const endless = { ...planned, data: { ...planned.data, terms: before } };
    const extend = { ...key, closes: '2052-10-29', reason: 'r' };
    const details = { field: 'terms.closes', day: '2052-10-29', days: 365 };
    given(endless, published).when('ExtendCallDeadline', extend, { at: open }).thenRefused('terms-far-away', details);
    given(endless, published)
      .when('ExtendCallDeadline', { ...extend, isFarDayMeant: true }, { at: open })
      .then([extendedTo('2052-10-29')]);
  });

  it('may open and close on one day', () => {
    const oneDay = { ...terms, opens: '2019-10-15', closes: '2019-10-15' };
    given()
      .knowing({ organiser: { isRegistered: true } })
      .when('PlanCall', { ...key, ...content, terms: oneDay }, { at: open })
      .then([{ type: 'CallPlanned', data: { ...content, terms: oneDay } }]);
  });

  it('is published when its terms are complete, and once', () => {
    given(planned).when('PublishCall', key, { at: open }).then([published]);
    given(planned, published).when('PublishCall', key, { at: open }).thenNothing();
    given().when('PublishCall', key).thenRefused('call-unknown');
  });

  it('is not published with a gap in its terms, unless a source says that it was', () => {
    given(plannedWithGaps)
      .when('PublishCall', key, { at: '2018-04-05' })
      .thenRefused('terms-incomplete', {
        missing: [
          'planComments',
          'eligibleApplicants',
          'applicationsPer',
          'periodOfUse',
          'reporting',
          'largestShare',
          'vatEligible',
          'transferAllowed',
          'criteria',
          'legalBasis',
          'appeal',
          'languages',
        ],
      });
    given(plannedWithGaps).when('PublishCall', key, { at: '2018-04-05', source: publicRecord }).then([published]);
  });

  it('is not published with a list of its terms empty', () => {
    for (const term of ['criteria', 'languages', 'eligibleApplicants'] as const)
      given({ ...planned, data: { ...planned.data, terms: { ...terms, [term]: [] } } })
        .when('PublishCall', key, { at: open })
        .thenRefused('terms-incomplete', { missing: [term] });
  });

  it('is not published after its deadline', () => {
    given(planned).when('PublishCall', key, { at: lastInstant }).then([published]);
    given(planned).when('PublishCall', key, { at: tooLate }).thenRefused('call-closed', { closes });
  });

  it('publishes material once it is published itself', () => {
    const material = {
      material: 'guide',
      title: 'Hakuohje',
      language: 'fi' as const,
      address: 'https://example.org/guide',
      sha256: 'a'.repeat(64),
    };
    given(planned, published)
      .when('PublishCallMaterial', { ...key, ...material })
      .then([{ type: 'CallMaterialPublished', data: material }]);
    const again = { type: 'CallMaterialPublished', data: material } as const;
    given(planned, published, again)
      .when('PublishCallMaterial', { ...key, ...material })
      .thenNothing();
    given(planned, published, again)
      .when('PublishCallMaterial', { ...key, ...material, sha256: 'b'.repeat(64) })
      .then([{ ...again, data: { ...material, sha256: 'b'.repeat(64) } }]);
    given(planned)
      .when('PublishCallMaterial', { ...key, ...material })
      .thenRefused('call-not-published');
  });

  it('names contacts from its plan on', () => {
    const contact = { contact: 'k-1', office: { fi: 'Neuvonta' }, name: 'Aino Esimerkki' };
    given(planned)
      .when('NameCallContact', { ...key, ...contact })
      .then([{ type: 'CallContactNamed', data: { ...contact, person: 'c--k-1' } }]);
    const named = { type: 'CallContactNamed', data: { ...contact, person: 'c--k-1' } } as const;
    given(planned, named)
      .when('NameCallContact', { ...key, ...contact })
      .thenNothing();
    given(planned, named)
      .when('NameCallContact', { ...key, ...contact, phone: '029 000 000' })
      .then([{ ...named, data: { ...named.data, phone: '029 000 000' } }]);
    given(planned, named)
      .when('NameCallContact', { ...key, contact: 'k-1', office: contact.office })
      .then([{ ...named, data: { contact: 'k-1', office: contact.office, person: 'c--k-1' } }]);
    given(planned, cancelled)
      .when('NameCallContact', { ...key, ...contact })
      .thenRefused('call-cancelled');
  });

  it('has its terms amended until its deadline and not an instant longer', () => {
    const amended = { ...terms, largestShare: 8_000 };
    const command = { ...key, terms: amended, reason: 'r' };
    given(planned, published)
      .when('AmendCallTerms', command, { at: lastInstant })
      .then([{ type: 'CallTermsAmended', data: { terms: amended, reason: 'r' } }]);
    given(planned, published).when('AmendCallTerms', command, { at: tooLate }).thenRefused('call-closed', { closes });
    given(planned, published)
      .when('AmendCallTerms', { ...key, terms, reason: 'r' }, { at: open })
      .thenNothing();
  });

  it('has the days of reporting corrected after it closed, and nothing else of its terms', () => {
    const reporting = { from: '2020-11-01', to: '2021-01-31' };
    const corrected = { ...terms, reporting };
    const command = (amended: object) => ({ ...key, terms: { ...corrected, ...amended }, reason: 'r' });
    given(planned, published, closed)
      .when('AmendCallTerms', command({}), { at: tooLate })
      .then([{ type: 'CallTermsAmended', data: { terms: corrected, reason: 'r' } }]);
    given(planned, published, closed)
      .when('AmendCallTerms', command({ largestShare: 6_000 }), { at: tooLate })
      .thenRefused('call-closed', { closes });
    given(planned, published, closed)
      .when('AmendCallTerms', command({ reporting: { from: '2019-10-31', to: '2021-01-31' } }), { at: tooLate })
      .thenRefused('reporting-before-use');
  });

  it('keeps its terms complete and its deadline at least as late once it is published', () => {
    const { appeal: _, ...gap } = terms;
    given(planned, published)
      .when('AmendCallTerms', { ...key, terms: gap, reason: 'r' }, { at: open })
      .thenRefused('terms-incomplete', { missing: ['appeal'] });
    const sooner = { ...terms, closes: '2019-10-14' };
    given(planned, published)
      .when('AmendCallTerms', { ...key, terms: sooner, reason: 'r' }, { at: open })
      .thenRefused('deadline-shortened', { current: closes });
    given(planned)
      .when('AmendCallTerms', { ...key, terms: sooner, reason: 'r' }, { at: open })
      .then([{ type: 'CallTermsAmended', data: { terms: sooner, reason: 'r' } }]);
  });

  it('has its deadline extended to a later time, before the present one has passed', () => {
    const to = (time: string) => ({ ...key, closes: time, reason: 'r' });
    given(planned, published)
      .when('ExtendCallDeadline', to('2019-10-29T14:15:00.000Z'), { at: lastInstant })
      .then([extendedTo('2019-10-29T14:15:00.000Z')]);
    given(planned, published)
      .when('ExtendCallDeadline', to('2019-10-29T14:15:00.000Z'), { at: tooLate })
      .thenRefused('call-closed', { closes });
    given(planned, published)
      .when('ExtendCallDeadline', to('2019-10-14'), { at: open })
      .thenRefused('deadline-not-later', { current: closes, closes: '14.10.2019 24.00' });
    given(planned, published, extendedTo('2019-10-29')).when('ExtendCallDeadline', to('2019-10-29'), { at: tooLate }).thenNothing();
    given(planned).when('ExtendCallDeadline', to('2019-10-29'), { at: open }).thenRefused('call-not-published');
  });

  it('closes at its deadline, after an extension at the new one, across the change to winter time', () => {
    given(planned, published).when('CloseCall', key, { at: '2019-10-15T13:14:59.999Z' }).thenRefused('call-open', { closes });
    given(planned, published).when('CloseCall', key, { at: lastInstant }).thenRefused('call-open', { closes });
    given(planned, published).when('CloseCall', key, { at: tooLate }).then([closed]);
    given(planned, published).when('CloseCall', key, { at: lastInstant, source: publicRecord }).then([closed]);
    const extended = [planned, published, extendedTo('2019-10-29')];
    given(...extended)
      .when('CloseCall', key, { at: '2019-10-29T20:59:59.999Z' })
      .thenRefused('call-open', { closes: '29.10.2019 24.00' });
    given(...extended)
      .when('CloseCall', key, { at: '2019-10-30T06:00:00.000Z' })
      .then([{ ...closed, effectiveAt: '2019-10-29T21:59:59.999Z' }]);
    given(planned, published, closed).when('CloseCall', key, { at: tooLate }).thenNothing();
  });

  it.each([
    ['ExtendCallDeadline', { ...key, closes: '2019-10-29', reason: 'r' }],
    ['AmendCallTerms', { ...key, terms: { ...terms, closes: '2019-10-29' }, reason: 'r' }],
    ['CancelCall', { ...key, reason: 'r' }],
  ] as const)('stays closed once that is on the record, also at the very instant of closing: %s', (name, command) => {
    given(planned, published, closed).when(name, command, { at: lastInstant }).thenRefused('call-closed', { closes });
  });

  it('neither closes nor is extended without a deadline', () => {
    const endless = { type: 'CallPlanned', data: { ...content, terms: {} } } as const;
    given(endless, published).when('CloseCall', key, { at: tooLate }).thenRefused('deadline-missing');
    given(endless, published)
      .when('ExtendCallDeadline', { ...key, closes: '2030-01-01', reason: 'r' }, { at: tooLate })
      .thenRefused('deadline-missing');
  });

  it('is cancelled before its deadline, and is not changed any more', () => {
    given(planned, published)
      .when('CancelCall', { ...key, reason: 'r' }, { at: open })
      .then([cancelled]);
    given(planned, published)
      .when('CancelCall', { ...key, reason: 'r' }, { at: tooLate })
      .thenRefused('call-closed', { closes });
    given(planned, published, cancelled)
      .when('CancelCall', { ...key, reason: 'again' }, { at: open })
      .thenNothing();
    for (const name of ['PublishCall', 'CloseCall'] as const)
      given(planned, cancelled).when(name, key, { at: open }).thenRefused('call-cancelled');
    given(planned, cancelled)
      .when('AmendCallTerms', { ...key, terms, reason: 'r' }, { at: open })
      .thenRefused('call-cancelled');
  });

  it('records what a source says of it, with the source', () => {
    const said = { fact: 'applicants', statement: { fi: 'Hakemuksia tuli kymmenestä maakunnasta' }, count: 10 };
    given(planned, closed)
      .when('RecordSourceStatement', { ...key, ...said }, { source: publicRecord })
      .then([{ type: 'SourceStatementRecorded', data: said }]);
    given(planned)
      .when('RecordSourceStatement', { ...key, ...said })
      .thenFault(/names the source/);
    given()
      .when('RecordSourceStatement', { ...key, ...said }, { source: publicRecord })
      .thenRefused('call-unknown');
  });

  it('records the selection of a source once', () => {
    const selection = { selected: [{ region: '19' as const, implementer: 'hospital' }], statement: { en: 's' } };
    const event = { type: 'SelectionRecordedFromSource', data: selection } as const;
    given(planned, closed)
      .when('RecordSelectionFromSource', { ...key, ...selection }, { source: publicRecord })
      .then([event]);
    given(planned, closed, event)
      .when('RecordSelectionFromSource', { ...key, ...selection }, { source: publicRecord })
      .thenRefused('selection-recorded');
  });
});
