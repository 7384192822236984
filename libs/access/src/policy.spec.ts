import { describe, expect, it } from '@jest/globals';
import { actingRole, mayRead, readPolicy } from './policy.js';

describe('who may do what', () => {
  it('takes the first admitted role that the caller has', () => {
    expect(actingRole(['ministry-registrar', 'ministry-presenter'], { roles: ['ministry-presenter', 'ministry-auditor'] })).toBe(
      'ministry-presenter',
    );
    expect(actingRole(['ministry-decider'], { roles: ['ministry-presenter'] })).toBeUndefined();
    expect(actingRole(['ministry-decider'], { roles: [] })).toBeUndefined();
  });

  it('keeps a regional coordinator within their region', () => {
    const coordinator = { roles: ['regional-coordinator'], region: '19' };
    expect(actingRole(['regional-coordinator'], coordinator, { region: '19' })).toBe('regional-coordinator');
    expect(actingRole(['regional-coordinator'], coordinator, { region: '12' })).toBeUndefined();
    expect(actingRole(['regional-coordinator'], coordinator)).toBeUndefined();
    expect(actingRole(['regional-coordinator'], { roles: ['regional-coordinator'] })).toBeUndefined();
  });

  it.each(['applicant-signatory', 'provider'])('keeps the %s within their organisation', (role) => {
    const caller = { roles: [role], organisation: 'council-19' };
    expect(actingRole([role], caller, { organisation: 'council-19' })).toBe(role);
    expect(actingRole([role], caller, { organisation: 'council-12' })).toBeUndefined();
    expect(actingRole([role], { roles: [role] }, {})).toBeUndefined();
  });

  it('gives the auditor everything to read', () => {
    for (const what of Object.keys(readPolicy) as (keyof typeof readPolicy)[])
      expect(mayRead(what, { roles: ['ministry-auditor'] })).toBe(true);
  });

  it('shows those without a token nothing that the table names', () => {
    for (const what of Object.keys(readPolicy) as (keyof typeof readPolicy)[]) expect(mayRead(what, undefined)).toBe(false);
  });
});
