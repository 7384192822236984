import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { GrowingTree, leafHash } from '#audit/merkle';
import { leafOf } from '#audit/leaf';
import { SqliteEventLog } from '#event-store/sqlite/sqlite-event-log';
import { controlPass } from './control-pass.js';
import { definitions, forge, type Forged } from './control.testing.js';
import { sentenceOf } from './question.js';
import { questionsFor } from './questions.js';

const matter = 'c--council';
const [application, grant, allocation, plan] = [`application-${matter}`, `grant-${matter}`, 'allocation-c', 'plan-c--council'];
const person = { presenter: 'person-presenter', decider: 'person-decider', signatory: 'person-signatory', registrar: 'person-registrar' };
const belonging = { matter, call: 'c' };

type Line = (data?: object, changed?: Partial<Forged>) => Forged;
const by =
  (stream: string, type: string, who: keyof typeof person | 'agency' | 'region' | 'process', at: string, data: object): Line =>
  (more = {}, changed = {}) => ({
    stream,
    type,
    data: { ...data, ...more },
    by: `person-${who}`,
    role: roles[who],
    at,
    more: belonging,
    ...changed,
  });
const roles = {
  presenter: 'ministry-presenter',
  decider: 'ministry-decider',
  signatory: 'applicant-signatory',
  registrar: 'ministry-registrar',
  agency: 'agency-coordinator',
  region: 'regional-coordinator',
  process: 'process',
};

const terms = { opens: '2026-01-01', closes: '2026-02-01', planComments: { from: '2026-01-10', to: '2026-01-20' }, largestShare: 7_000 };
const content = {
  eligibleCosts: [{ line: 'all', text: 'x', amount: 100_000 }],
  income: 0,
  ownFunding: 30_000,
  otherFunding: 0,
  amount: 70_000,
};
const sealed = (whose: string) => `v1.${whose}.AAAA`;

/** What happens in a matter in which all is right, event by event. */
const right = {
  planned: by('call-c', 'CallPlanned', 'presenter', '2026-01-01T00:00:00.000Z', {
    kind: 'regional-coordination',
    names: { fi: 'Haku' },
    organiser: 'ministry',
    goals: [],
    duties: [],
    terms,
  }),
  published: by('call-c', 'CallPublished', 'presenter', '2026-01-02T00:00:00.000Z', {}),
  commented: by(plan, 'PlanCommented', 'agency', '2026-01-15T00:00:00.000Z', {
    comment: 'one',
    version: 1,
    section: 'network',
    kind: 'question',
    text: 'x',
    author: 'person-agency',
  }),
  submitted: by(application, 'ApplicationSubmitted', 'signatory', '2026-01-25T00:00:00.000Z', {
    content,
    contentHash: '0'.repeat(64),
    arrival: { channel: 'this-system', arrivedAt: '2026-01-25T00:00:00.000Z' },
    person: person.signatory,
    signatory: sealed(person.signatory),
  }),
  barred: by(application, 'DisqualificationRecorded', 'registrar', '2026-02-02T00:00:00.000Z', { person: 'person-barred' }),
  proposed: by(application, 'DecisionProposed', 'presenter', '2026-02-10T00:00:00.000Z', {
    presenter: person.presenter,
    outcome: 'granted',
    amount: 70_000,
    grounds: 'x',
    conditions: [],
  }),
  reserved: by(allocation, 'AppropriationSet', 'decider', '2026-02-11T00:00:00.000Z', { amount: 70_000 }),
  decided: by(allocation, 'GrantDecided', 'decider', '2026-02-12T00:00:00.000Z', {
    application: matter,
    region: '19',
    applicant: 'council',
    outcome: 'granted',
    amount: 70_000,
    share: 7_000,
    conditions: [],
    paymentPlan: [],
    grounds: 'x',
    language: 'fi',
    translations: [],
    caseNumber: 'VM/1',
    presenter: person.presenter,
    presenterName: sealed(person.presenter),
    decider: person.decider,
    deciderName: sealed(person.decider),
    applicationRevision: 2,
  }),
  accepted: by(grant, 'GrantAccepted', 'signatory', '2026-02-13T00:00:00.000Z', { person: person.signatory }),
  requested: by(grant, 'PaymentRequested', 'signatory', '2026-02-14T00:00:00.000Z', { payment: 'p', instalment: 'whole', amount: 70_000 }),
  paymentDecided: by(grant, 'PaymentDecided', 'decider', '2026-02-15T00:00:00.000Z', {
    payment: 'p',
    amount: 70_000,
    grounds: 'x',
    decider: person.decider,
  }),
  sent: by(grant, 'PaymentSent', 'presenter', '2026-02-16T00:00:00.000Z', { payment: 'p', sender: person.presenter }),
  heard: by(grant, 'GrantHearingOpened', 'presenter', '2026-03-01T00:00:00.000Z', {
    hearing: 'h',
    concern: 'recovery',
    concerns: 'x',
    due: '2026-03-10',
  }),
  recovered: by(grant, 'RecoveryDecided', 'decider', '2026-03-11T00:00:00.000Z', {
    recovery: 'r',
    hearing: 'h',
    duty: 'mandatory',
    parts: [{ payment: 'p', amount: 1 }],
    bearsInterest: false,
    grounds: 'x',
    decider: person.decider,
  }),
} satisfies Record<string, Line>;

/** The same with some of it left out or said otherwise. */
function matterWith(changed: Partial<Record<keyof typeof right, Forged | undefined>> = {}): readonly Forged[] {
  const names = Object.keys(right) as (keyof typeof right)[];
  return names.flatMap((name) => (name in changed ? (changed[name] ?? []) : right[name]()));
}

describe('the control questions', () => {
  const questions = questionsFor(definitions);
  let folder: string;
  let log: SqliteEventLog;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'controls-'));
    log = SqliteEventLog.open(join(folder, 'log.db'));
  });
  afterEach(async () => {
    await log.close();
    rmSync(folder, { recursive: true });
  });

  const found = async (events: readonly Forged[]) => {
    await forge(log, events);
    const { witnesses, unreadable } = await controlPass(log, definitions, questions);
    expect(unreadable.count).toBe(0);
    return [...witnesses].flatMap(([question, { named }]) => named.map(({ type, details }) => ({ question, type, details })));
  };

  it('find nothing in a matter in which all is right, and say over which events', async () => {
    await forge(log, matterWith());
    const report = await controlPass(log, definitions, questions);
    expect([...report.witnesses.values()].every(({ count }) => count === 0)).toBe(true);
    expect(report.witnesses.size).toBe(14);
    const { events } = await log.readTexts();
    const tree = new GrowingTree();
    const leaves = events.filter(({ stream }) => stream !== 'log');
    for (const event of leaves) tree.append(leafHash(leafOf(event)));
    expect(report).toMatchObject({
      events: leaves.length,
      position: leaves.at(-1)?.position,
      root: tree.root().toString('base64'),
      unreadable: { count: 0 },
    });
  });

  const { presenter, decider } = person;
  const later = '2026-02-20T00:00:00.000Z';
  it.each<readonly [rule: string, question: string, at: string, events: readonly Forged[]]>([
    ['a payment is decided before the grant is', 'payment-before-acceptance', 'PaymentDecided', matterWith({ decided: undefined })],
    [
      'a payment is asked for before the grant is accepted',
      'payment-before-acceptance',
      'PaymentRequested',
      matterWith({ accepted: undefined }),
    ],
    ['a payment is sent that was not decided', 'payment-before-acceptance', 'PaymentSent', matterWith({ paymentDecided: undefined })],
    ['a payment is sent twice', 'payment-sent-twice', 'PaymentSent', [...matterWith(), right.sent({}, { at: '2026-03-12T00:00:00.000Z' })]],
    [
      'more is granted than the share of the costs',
      'amount-above-ceiling',
      'GrantDecided',
      matterWith({ planned: right.planned({ terms: { ...terms, largestShare: 6_999 } }) }),
    ],
    [
      'more is granted than was applied for',
      'amount-above-ceiling',
      'GrantDecided',
      matterWith({ submitted: right.submitted({ content: { ...content, amount: 69_999 } }) }),
    ],
    [
      'more is granted than is reserved',
      'amount-above-ceiling',
      'GrantDecided',
      matterWith({ reserved: right.reserved({ amount: 69_999 }) }),
    ],
    [
      'more is paid than is granted',
      'amount-above-ceiling',
      'PaymentDecided',
      matterWith({ paymentDecided: right.paymentDecided({ amount: 70_001 }) }),
    ],
    ['money is recovered without a hearing', 'recovery-without-hearing', 'RecoveryDecided', matterWith({ heard: undefined })],
    [
      'money is recovered after a hearing about something else',
      'recovery-without-hearing',
      'RecoveryDecided',
      matterWith({ heard: right.heard({ concern: 'suspension' }) }),
    ],
    [
      'money is recovered while the grantee has time to answer',
      'recovery-without-hearing',
      'RecoveryDecided',
      matterWith({ heard: right.heard({ due: '2026-03-11' }) }),
    ],
    [
      'who presented decides',
      'presenter-decides',
      'GrantDecided',
      matterWith({ decided: right.decided({ decider: presenter }, { by: presenter }) }),
    ],
    [
      'who presented decides, and another presenter is named',
      'presenter-decides',
      'GrantDecided',
      matterWith({
        decided: right.decided(
          { presenter: 'person-other', presenterName: sealed('person-other'), decider: presenter, deciderName: sealed(presenter) },
          { by: presenter },
        ),
      }),
    ],
    [
      'who presented decides a payment',
      'presenter-decides',
      'PaymentDecided',
      matterWith({ paymentDecided: right.paymentDecided({ decider: presenter }, { by: presenter }) }),
    ],
    [
      'somebody decides who is disqualified',
      'disqualified-acts',
      'GrantDecided',
      matterWith({ barred: right.barred({ person: decider }) }).filter(
        ({ type }) => !type.startsWith('Payment') && type !== 'RecoveryDecided',
      ),
    ],
    [
      'a decision is taken without the role',
      'actor-without-role',
      'GrantDecided',
      matterWith({ decided: right.decided({}, { role: 'ministry-presenter' }) }),
    ],
    [
      'a coordinator comes from another region',
      'actor-without-role',
      'GoalSet',
      [
        ...matterWith(),
        {
          ...right.commented(),
          type: 'GoalSet',
          data: { goal: 'g' },
          role: 'regional-coordinator',
          at: '2026-03-12T00:00:00.000Z',
          more: { region: '19', actor: { id: 'person-region', role: 'regional-coordinator', region: '18' } },
        },
      ],
    ],
    [
      'an application of another call is decided',
      'decision-outside-call',
      'GrantDecided',
      matterWith({ submitted: undefined }).filter(({ type }) => type !== 'DecisionProposed'),
    ],
    ['a call is decided that is not published', 'decision-outside-call', 'GrantDecided', matterWith({ published: undefined })],
    [
      'a call is decided that is still open',
      'decision-outside-call',
      'GrantDecided',
      matterWith({ planned: right.planned({ terms: { ...terms, closes: '2026-02-12' } }) }),
    ],
    [
      'a late application is granted something',
      'late-as-in-time',
      'GrantDecided',
      matterWith({
        submitted: right.submitted({ arrival: { channel: 'paper', arrivedAt: '2026-02-01T22:00:00.000Z' } }),
        proposed: undefined,
      }),
    ],
    [
      'a comment is made after the window',
      'comment-outside-window',
      'PlanCommented',
      matterWith({ commented: right.commented({}, { at: '2026-01-20T22:00:00.000Z' }) }),
    ],
    [
      'a name is stored in the clear',
      'personal-in-clear',
      'GrantDecided',
      matterWith({ decided: right.decided({ deciderName: 'Raimo Ratkaisu' }) }),
    ],
    [
      'a name is sealed for another person',
      'personal-in-clear',
      'GrantDecided',
      matterWith({ decided: right.decided({ deciderName: sealed(presenter) }) }),
    ],
    [
      'an event of a matter is filed under another one, where nobody who asks for the matter finds it',
      'filed-elsewhere',
      'PaymentSent',
      matterWith({ sent: right.sent({}, { more: { matter: 'c--other', call: 'c' } }) }),
    ],
    [
      'a decision is filed under no matter',
      'filed-elsewhere',
      'GrantDecided',
      matterWith({ decided: right.decided({}, { more: { call: 'c' } }) }),
    ],
    [
      'something is recorded before what stands before it',
      'clock-backwards',
      'GrantAccepted',
      matterWith({
        accepted: right.accepted({}, { at: later }),
        requested: right.requested({}, { at: later }),
        paymentDecided: right.paymentDecided({}, { at: later }),
        sent: right.sent({}, { at: later }),
      }).flatMap((one) =>
        one.type === 'GrantAccepted'
          ? [
              { ...right.commented(), type: 'PlanCommentWithdrawn', data: { comment: 'one', reason: 'x' }, at: '2026-02-20T00:01:00.001Z' },
              one,
            ]
          : [one],
      ),
    ],
  ])('find that %s', async (_rule, question, type, events) => {
    expect(await found(events)).toContainEqual(expect.objectContaining({ question, type }));
  });

  it('say it in a sentence of three languages, with every detail filled in', async () => {
    const said = await found(
      matterWith({ decided: right.decided({ decider: presenter, amount: 80_000 }, { role: 'provider', by: presenter }), heard: undefined }),
    );
    expect(said.length).toBeGreaterThan(3);
    for (const { question, details } of said) {
      const asked = questions.find(({ key }) => key === question) as (typeof questions)[number];
      expect(Object.values(sentenceOf(asked, details)).join('\n')).not.toMatch(/\{|undefined/);
    }
  });

  it('find a gap where an event was taken out, and name what cannot be read at all', async () => {
    await forge(log, [...matterWith(), right.sent({}, { at: '2026-03-12T00:00:00.000Z' })]);
    const db = new DatabaseSync(join(folder, 'log.db'));
    db.exec("DELETE FROM events WHERE type = 'PaymentRequested'; UPDATE events SET data = '{' WHERE type = 'RecoveryDecided'");
    db.close();
    const { witnesses, unreadable } = await controlPass(log, definitions, questions);
    const gap = { stream: grant, revision: 2, details: { stream: grant, revision: 2, expected: 1 } };
    expect(witnesses.get('revision-gap')).toMatchObject({ count: 2, named: [gap, { revision: 6 }] });
    expect(unreadable).toMatchObject({ count: 1, named: [{ type: 'RecoveryDecided', stream: grant }] });
  });
});
