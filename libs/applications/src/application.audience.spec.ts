import { describe, expect, it } from '@jest/globals';
import type { Claims } from '#access/policy';
import { applicationAudience, isOwnApplication } from './application.audience.js';
import { selectionAudience } from './selection.audience.js';

const whose = { call: 'c', region: '19', applicant: 'council' } as const;
const draft = { ...whose, stage: 'draft', content: {} } as const;
const submitted = {
  ...whose,
  stage: 'submitted',
  arrival: { channel: 'this-system', arrivedAt: '2019-10-01T00:00:00.000Z' },
  saidAt: '2019-10-01T00:00:00.000Z',
  isLate: false,
  supplements: {},
  hearings: {},
  drafted: 0,
  disqualified: [],
  assessed: [],
  isDecided: false,
} as const;

const anyone = undefined;
const region = (code: string): Claims => ({ roles: ['regional-coordinator'], region: code });
const organisation = (key: string): Claims => ({ roles: ['applicant-signatory'], organisation: key });
const role = (name: string): Claims => ({ roles: [name] });

describe('who sees an application', () => {
  it.each([
    ['its region', region('19'), 'secret', 'public', true],
    ['its applicant', organisation('council'), 'secret', 'public', true],
    ['the auditor', role('ministry-auditor'), 'secret', 'secret', false],
    ['the presenter', role('ministry-presenter'), undefined, 'secret', false],
    ['the registrar', role('ministry-registrar'), undefined, 'secret', false],
    ['the analyst', role('agency-analyst'), 'internal', 'internal', false],
    ['the agency', role('agency-coordinator'), undefined, 'public', false],
    ['another region', region('18'), undefined, 'public', false],
    ['another organisation', organisation('town'), undefined, 'public', false],
    ['a coordinator of no region', role('regional-coordinator'), undefined, 'public', false],
    ['anyone', anyone, undefined, 'public', false],
  ])('%s', (_, reader, ofDraft, ofSubmitted, isOwn) => {
    expect(applicationAudience.sees({ stage: 'absent' }, reader)).toBeUndefined();
    expect(applicationAudience.sees(draft, reader)).toBe(ofDraft);
    expect(applicationAudience.sees(submitted, reader)).toBe(ofSubmitted);
    expect(applicationAudience.sees({ ...submitted, stage: 'withdrawn' }, reader)).toBe(ofSubmitted);
    expect(isOwnApplication(submitted, reader)).toBe(isOwn);
  });

  it('its owners, in full in what passes between them and the ministry, and not how the ministry prepares its decision', () => {
    for (const owner of [region('19'), organisation('council')]) {
      for (const event of ['ApplicationSubmitted', 'SupplementRequested', 'ApplicationSupplemented', 'HearingOpened', 'StatementGiven'])
        expect(applicationAudience.sees(submitted, owner, event)).toBe('secret');
      for (const event of ['DisqualificationRecorded', 'ApplicationAssessed', 'DecisionProposed', 'DecisionProposalWithdrawn'])
        expect(applicationAudience.sees(submitted, owner, event)).toBe('public');
    }
    for (const other of [anyone, region('18'), organisation('town'), role('agency-coordinator')])
      expect(applicationAudience.sees(submitted, other, 'SupplementRequested')).toBe('public');
    expect(applicationAudience.sees(submitted, role('agency-analyst'), 'ApplicationSubmitted')).toBe('internal');
  });

  it('everyone, where the public record told of it', () => {
    expect(applicationAudience.sees({ stage: 'recorded', region: '19' }, anyone)).toBe('public');
  });
});

describe('who sees how applications were compared', () => {
  it('the ministry and the analysts, and not the applicants', () => {
    expect(
      [role('ministry-presenter'), role('agency-analyst'), region('19'), anyone].map((reader) => selectionAudience.sees({}, reader)),
    ).toEqual(['internal', 'internal', undefined, undefined]);
  });
});
