import { describe, expect, it } from '@jest/globals';
import { publicRecord, specOf } from '#kernel/decider.testing';
import { application } from './application.decider.js';

const { given } = specOf(application);
const known = {
  call: {
    stage: 'closed',
    isPublished: true,
    kind: 'regional-coordination',
    terms: {},
    isSelected: false,
    materials: {},
    described: { names: {}, goals: [], duties: [] },
    contacts: {},
  },
} as const;
const command = { call: 'c', region: '19', applicant: 'hospital' } as const;
const recorded = { type: 'ApplicationRecordedFromSource', data: command } as const;

describe('an application of the public record', () => {
  it('is recorded once, of a call that there is, with its source', () => {
    given().knowing(known).when('RecordApplicationFromSource', command, { source: publicRecord }).then([recorded]);
    given(recorded).knowing(known).when('RecordApplicationFromSource', command, { source: publicRecord }).thenNothing();
    given()
      .knowing({ call: { stage: 'absent' } })
      .when('RecordApplicationFromSource', command, { source: publicRecord })
      .thenRefused('application-call-unknown', { call: 'c' });
    given()
      .knowing(known)
      .when('RecordApplicationFromSource', command)
      .thenFault(/names the source/);
  });

  it('is one for a call and a region', () => {
    expect(application.key({ call: 'a-1', region: '19' })).not.toBe(application.key({ call: 'a', region: '19' }));
    expect(application.belongs?.(command)).toEqual({ call: 'c', region: '19', matter: 'c--19' });
  });

  it('is not handled here', () => {
    given(recorded)
      .knowing(known)
      .when('RequestSupplement', { application: 'c--19', supplement: 's', asks: 'x', due: '2030-01-01' })
      .thenRefused('application-of-the-record');
    const received = { application: 'c--19', caseNumber: 'VM/1/2019', organisation: 'hospital', region: '19' as const };
    given(recorded)
      .knowing({ ...known, applicant: { isRegistered: true } })
      .when('ReceiveApplication', received)
      .thenRefused('application-of-the-record');
  });
});

describe('a command to an application', () => {
  it('belongs to its call and matter, which its key says', () => {
    const start = { application: 'coordination-2019--council-19', region: '19', organisation: 'council-19' } as const;
    expect(application.key(start)).toBe('coordination-2019--council-19');
    expect(application.belongs?.(start)).toEqual({ call: 'coordination-2019', matter: 'coordination-2019--council-19', region: '19' });
    const { StartApplication, SubmitApplication, ReceiveApplication } = application.needs;
    expect(StartApplication.call.key(start)).toBe('coordination-2019');
    expect(StartApplication.applicant.key(start)).toBe('council-19');
    expect(SubmitApplication.plan.key(start)).toBe('coordination-2019--council-19');
    expect('ofRegion' in StartApplication).toBe(false);
    expect(ReceiveApplication.ofRegion.key({ ...start, caseNumber: 'VM/1/2019' })).toBe('coordination-2019--19');
  });
});
