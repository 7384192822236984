import { describe, expect, it } from '@jest/globals';
import { publicRecord, specOf } from '#kernel/decider.testing';
import { application } from './application.decider.js';

const { given } = specOf(application);
const known = { call: { stage: 'closed', kind: 'regional-coordination', terms: {}, isSelected: false } } as const;
const command = { call: 'c', region: '19', applicant: 'hospital' } as const;
const recorded = { type: 'ApplicationRecordedFromSource', data: command } as const;

describe('an application of the public record', () => {
  it('is recorded once, of a call that there is, with its source', () => {
    given().knowing(known).when('RecordApplicationFromSource', command, { source: publicRecord }).then([recorded]);
    given(recorded).knowing(known).when('RecordApplicationFromSource', command, { source: publicRecord }).thenNothing();
    given().knowing({ call: { stage: 'absent' } }).when('RecordApplicationFromSource', command, { source: publicRecord }).thenRefused('application-call-unknown', { call: 'c' });
    given().knowing(known).when('RecordApplicationFromSource', command).thenFault(/names the source/);
  });

  it('is one for a call and a region', () => {
    expect(application.key({ call: 'a-1', region: '19' })).not.toBe(application.key({ call: 'a', region: '19' }));
    expect(application.belongs?.(command)).toEqual({ call: 'c', region: '19', matter: 'c--19' });
  });
});
