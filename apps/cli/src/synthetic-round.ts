import type { Role } from '#access/policy';
import { derivedId } from '#kernel/derived-id';
import { dayOf, instantOf } from '#kernel/helsinki-time';
import { regionCodes, type RegionCode } from '#kernel/region';

/** One command of a synthetic round: what, by whom, and when. */
export interface Step {
  readonly at: number;
  readonly command: string;
  readonly content: object;
  readonly role: Role;
  readonly region?: RegionCode;
  readonly organisation?: string;
}

const day = 86_400_000;
const hour = 3_600_000;
/** From the start of one round to that of the next: a million events cover some seven years. */
export const roundsApart = 2 * day;
const namespace = '8d1b6a0e-3f0c-5e7b-9c55-0f6a4f8f2d31';
const sections = ['objectives', 'network', 'needs-and-supply', 'communication', 'evaluation', 'budget', 'schedule'] as const;
const words =
  'digituki alue verkosto palvelu asiointi neuvonta kirjasto kunta koulutus laite tarve tarjonta vertaistuki etätuki viestintä arviointi tavoite osallisuus kumppani saavutettavuus'.split(
    ' ',
  );

/** The council of a region, which applies. */
export function councilOf(region: RegionCode): string {
  return `synteettinen-liitto-${region}`;
}

/** Numbers from 0 to 1 that follow from a seed (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/**
 * The commands of one fictional round, in the order of their time: the call, and in every region a plan with its comments
 * and answers, an application, its assessment and the proposal of a decision. The same seed and number make the same commands.
 */
export function syntheticRound(seed: number, number: number, start: number): readonly Step[] {
  const random = randomFrom(seed * 1_000_003 + number);
  const some = (most: number) => Math.floor(random() * (most + 1));
  const text = (length: number) => Array.from({ length }, () => words[some(words.length - 1)]).join(' ');
  const call = `synteettinen-${seed}-${number}`;
  const today = dayOf(instantOf(start));
  const steps: Step[] = [];
  const by = (role: Role, region?: RegionCode) => (at: number, command: string, content: object) =>
    steps.push({ at: start + at, command, content, role, ...(region && { region }) });
  const closing = 26 * day;

  const ministry = by('ministry-presenter');
  const terms = {
    opens: today,
    closes: instantOf(start + 20 * day),
    planComments: { from: today, to: dayOf(instantOf(start + 14 * day)) },
    eligibleApplicants: ['regional-council'],
    applicationsPer: 'region',
    periodOfUse: { from: dayOf(instantOf(start + 30 * day)), to: dayOf(instantOf(start + 395 * day)) },
    reporting: { from: dayOf(instantOf(start + 396 * day)), to: dayOf(instantOf(start + 456 * day)) },
    largestShare: 7_000,
    vatEligible: false,
    transferAllowed: true,
    criteria: [{ key: 'breadth', text: { fi: 'Laajuus', sv: 'Bredd' } }],
    legalBasis: { fi: 'Synteettinen' },
    appeal: { fi: 'Synteettinen' },
    languages: ['fi', 'sv'],
  };
  const names = { fi: `Synteettinen haku ${number}`, sv: `Syntetisk utlysning ${number}` };
  ministry(0, 'PlanCall', {
    call,
    kind: 'regional-coordination',
    names,
    organiser: 'synteettinen-ministerio',
    goals: [names],
    duties: [],
    terms,
  });
  ministry(1, 'PublishCall', { call });
  for (const language of ['fi', 'sv']) {
    ministry(2, 'PublishCallMaterial', {
      call,
      material: `guide-${language}`,
      title: text(5),
      language,
      address: `https://synthetic.example/${call}/${language}`,
      sha256: derivedId(namespace, `${call} ${language}`).replaceAll('-', '').padEnd(64, '0'),
    });
  }
  if (some(9) === 0) ministry(15 * day, 'ExtendCallDeadline', { call, closes: instantOf(start + 25 * day), reason: text(8) });
  ministry(closing, 'CloseCall', { call });

  for (const region of regionCodes) {
    const plan = { call, region };
    const coordinator = by('regional-coordinator', region);
    const agency = by('agency-coordinator');
    const section = () => sections[some(sections.length - 1)] as string;
    let at = 10 + some(12 * hour);
    const later = () => (at += 1_000 + some(5 * hour));
    coordinator(at, 'DraftPlan', { ...plan, sections: sections.map((one) => ({ section: one, text: text(30) })) });
    let version = 1;
    const revise = () => (
      coordinator(later(), 'RevisePlan', { ...plan, sections: [{ section: section(), text: text(40) }] }),
      (version += 1)
    );
    for (let times = 2 + some(4); times > 0; times--) revise();
    for (let goal = 1 + some(2); goal > 0; goal--)
      coordinator(later(), 'SetGoal', {
        ...plan,
        goal: `goal-${goal}`,
        indicator: text(4),
        unit: 'kpl',
        baseline: some(100),
        target: 100 + some(900),
        by: terms.periodOfUse.to,
      });
    coordinator(later(), 'SubmitPlanForComment', { ...plan, version });
    const commented = version;
    const comments = Array.from({ length: 2 + some(8) }, (_, index) => derivedId(namespace, `${call} ${region} ${index}`));
    for (const comment of comments)
      agency(later(), 'CommentOnPlan', {
        ...plan,
        comment,
        version: commented,
        section: section(),
        kind: ['suggestion', 'concern', 'question'][some(2)],
        text: text(20),
        authorName: 'Synteettinen Kommentoija',
      });
    revise();
    for (const comment of comments)
      coordinator(later(), 'AnswerPlanComment', {
        ...plan,
        comment,
        ...(some(1) === 0 ? { resolvedBy: version } : { text: text(15) }),
        authorName: 'Synteettinen Vastaaja',
      });
    coordinator(later(), 'FinalisePlan', { ...plan, version });

    const application = { application: `${call}--${region}` };
    const own = { ...application, organisation: councilOf(region) };
    const costs = 5_000_000 + some(20_000_000);
    const amount = Math.floor(costs / 2);
    const content = () => ({
      planVersion: version,
      eligibleCosts: [{ line: 'salaries', text: text(2), amount: costs }],
      income: 0,
      ownFunding: costs - amount,
      otherFunding: 0,
      amount,
      parts: [{ part: 'summary', text: text(60) }],
    });
    coordinator(later(), 'StartApplication', { ...own, region });
    for (let times = 1 + some(2); times > 0; times--)
      coordinator(later(), 'ReviseApplication', { ...application, region, content: content() });
    by('applicant-signatory', region)(later(), 'SubmitApplication', { ...own, signatoryName: 'Synteettinen Allekirjoittaja' });
    by('ministry-registrar')(later(), 'ReceiveApplication', { ...application, caseNumber: `${call}/${region}` });
    at = closing;
    if (some(3) === 0) {
      ministry(later(), 'RequestSupplement', {
        ...application,
        supplement: 'costs',
        asks: text(15),
        due: dayOf(instantOf(start + closing + 20 * day)),
      });
      by('applicant-signatory', region)(later(), 'SupplementApplication', { ...own, supplement: 'costs', text: text(20) });
    }
    ministry(later(), 'AssessApplication', { ...application, criterion: 'breadth', score: some(100), grounds: text(25) });
    ministry(later(), 'ProposeDecision', { ...application, outcome: 'granted', amount, grounds: text(25), conditions: [] });
  }
  return steps.sort((a, b) => a.at - b.at);
}
