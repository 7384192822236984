import * as application from '#applications/application.commands';
import * as call from '#calls/call.commands';
import * as organisation from '#organisations/organisation.commands';
import * as allocation from '#decisions/allocation.commands';
import * as programme from '#network/programme.commands';
import type { Command } from '#kernel/decider';
import { instant } from '#kernel/helsinki-time';
import { entry, omit } from '#kernel/keyed';
import type { RegionCode } from '#kernel/region';
import type { When } from '#kernel/when';
import * as operatingModel from '#guidance/operating-model.commands';
import history from '../data/history.json' with { type: 'json' };
import regions from '../data/regions.json' with { type: 'json' };
import texts from '../data/texts.json' with { type: 'json' };

/** One thing that the public record says: the command that records it, the time it is about, and the pages that say it. */
export interface Step {
  readonly type: new () => Command;
  readonly content: object;
  readonly effectiveAt: When;
  readonly references: readonly string[];
}

type Fact = { id: string; what: string; source: string[] } & Partial<{
  date: string;
  from: string;
  to: string;
  at: string;
  month: string;
  months: string[];
  period: string;
  count: number;
  cents: number;
  approxCents: number;
  basisPoints: number;
  useFrom: string;
  useUntil: string;
  kinds: string[];
  regions: string[];
  notApplied: string[];
  left: string[];
  inhabitantsApprox: number;
}>;

/** The record begins with the pilot call. A name or a role that no page dates is recorded from there, or from its call's opening. */
const beginning = '2018-04-05';
const ministry = 'ministry-of-finance';
const agency = 'digital-support-agency';
const laplandHospitals = 'lapland-hospital-district';
const council = (region: string) => `council-${region}`;

const regionalCoordination = 'regional-coordination';
/** The day of the news on the grants of 2020. */
const grantedOn = '2020-10-21';

const model = 'digital-support';

export const calls = { pilots: 'pilot-2018', first: 'coordination-2019', second: 'coordination-2020' } as const;

/** Everything the record says, in an order in which it can be recorded. */
export function steps(): readonly Step[] {
  return [...organisations(), ...operatingModels(), ...pilots(), ...roundOf2019(), ...roundOf2020(), ...participation()];
}

function organisations(): readonly Step[] {
  const change = fact('vrk-to-dvv');
  return [
    step(organisation.RegisterOrganisation, beginning, ['000', '002', 'outside: general knowledge of the names'], {
      organisation: ministry,
      kind: 'ministry',
      names: { fi: 'Valtiovarainministeriö', sv: 'Finansministeriet', en: 'Ministry of Finance' },
    }),
    step(organisation.RegisterOrganisation, beginning, change.source, {
      organisation: agency,
      kind: 'agency',
      names: { fi: 'Väestörekisterikeskus', sv: 'Befolkningsregistercentralen', en: 'Population Register Centre' },
    }),
    step(organisation.RenameOrganisation, dateOf(change), change.source, {
      organisation: agency,
      names: {
        fi: 'Digi- ja väestötietovirasto',
        sv: 'Myndigheten för digitalisering och befolkningsdata',
        en: 'Digital and Population Data Services Agency',
      },
    }),
    ...regions.regions.map(({ code, council: names }) =>
      step(organisation.RegisterOrganisation, beginning, [`outside: ${regions.councilNames.split(',')[0]}`], {
        organisation: council(code),
        kind: code === '21' ? 'government-of-aland' : 'regional-council',
        names,
        region: code,
      }),
    ),
    step(organisation.RegisterOrganisation, beginning, ['003', 'outside: general knowledge of the Finnish name'], {
      organisation: laplandHospitals,
      kind: 'hospital-district',
      names: { fi: 'Lapin sairaanhoitopiiri', sv: 'Lapplands sjukvårdsdistrikt' },
      region: '19',
    }),
  ];
}

/** The operating model as each page tells of it: from the day of the page, else from the first one on which it can have said so. */
function operatingModels(): readonly Step[] {
  return texts.model.map(({ from, source, sections, reason }, index) =>
    index === 0
      ? step(operatingModel.PublishOperatingModel, beginning, source, { model, names: names.model, sections })
      : step(operatingModel.ReviseOperatingModel, from, source, { model, sections, reason }),
  );
}

function pilots(): readonly Step[] {
  const window = fact('pilot-call-window');
  const [opens, closes] = [window.from as string, window.to as string];
  const selected = fact('pilots-selected');
  const implementer = (region: string) => (region === '19' ? laplandHospitals : council(region));
  return [
    step(call.PlanCall, opens, [...window.source, '002'], {
      call: calls.pilots,
      kind: 'pilot',
      names: names.pilots,
      organiser: ministry,
      goals: texts.pilotGoals,
      duties: texts.pilotDuties.map((text, index) => ({ key: `pilot-${index + 1}`, text })),
      terms: { opens, closes },
    }),
    step(call.PublishCall, opens, window.source, { call: calls.pilots }),
    step(call.CloseCall, closes, window.source, { call: calls.pilots }),
    statement(calls.pilots, closes, 'pilot-call-applicants', ({ count }) => ({ count, applicants: count })),
    ...(selected.regions ?? []).map((region) =>
      step(application.RecordApplicationFromSource, closes, selected.source, { call: calls.pilots, region }),
    ),
    step(
      call.RecordSelectionFromSource,
      fact('pilots-start').period as string,
      [...new Set([...selected.source, ...fact('pilot-implementers').source])],
      {
        call: calls.pilots,
        selected: (selected.regions ?? []).map((region) => ({ region, implementer: implementer(region) })),
        statement: statements['pilots-selected'],
        inhabitantsApprox: selected.inhabitantsApprox,
      },
    ),
    statement(calls.pilots, fact('pilots-start').period as string, 'pilots-start', () => ({})),
  ];
}

function roundOf2019(): readonly Step[] {
  const [opening, closing, comments, share, use, reporting, eligible, money, applied] = [
    fact('call-2019-opens'),
    fact('call-2019-closes'),
    fact('plan-comments-2019'),
    fact('max-share-2019'),
    fact('use-until-2020'),
    fact('reporting-2020'),
    fact('eligible-applicants-2019'),
    fact('appropriation-2019'),
    fact('applicants-2019'),
  ];
  const opens = dateOf(opening);
  const closes = instant(closing.at as string);
  const deadlineDay = closing.at?.slice(0, 10) as string;
  const sources = [opening, closing, comments, share, use, reporting, eligible].flatMap(({ source }) => source);
  return [
    step(call.PlanCall, opens, [...new Set(sources)].sort(), {
      call: calls.first,
      kind: 'regional-coordination',
      names: names.coordination,
      organiser: ministry,
      goals: [purpose],
      duties: coordinatorDuties,
      terms: {
        opens,
        closes,
        planComments: daysOf(comments),
        eligibleApplicants: eligible.kinds,
        periodOfUse: { from: share.useFrom, to: use.useUntil },
        reporting: daysOf(reporting),
        largestShare: share.basisPoints,
      },
    }),
    step(call.PublishCall, opens, opening.source, { call: calls.first }),
    ...contacts.map(({ references, ...contact }) => step(call.NameCallContact, opens, references, { call: calls.first, ...contact })),
    statement(calls.first, fact('plans-2019').month as string, 'plans-2019', () => ({})),
    step(call.CloseCall, closes, closing.source, { call: calls.first }),
    ...(applied.regions ?? []).map((region) =>
      step(application.RecordApplicationFromSource, deadlineDay, applied.source, { call: calls.first, region }),
    ),
    statement(calls.first, deadlineDay, 'applicants-2019', () => ({
      count: applied.regions?.length,
      applicants: applied.regions?.length,
      regions: applied.regions as RegionCode[],
    })),
    step(call.RecordSourceStatement, deadlineDay, applied.source, {
      call: calls.first,
      fact: 'not-applied-2019',
      statement: statements['not-applied-2019'],
      regions: applied.notApplied,
    }),
    step(allocation.SetAppropriation, '2019-11-11', money.source, { call: calls.first, amount: money.cents }),
    statement(calls.first, fact('start-2019').months?.[0] as string, 'start-2019', () => ({ from: '2019-11-01', until: '2019-12-31' })),
    statement(calls.first, fact('network-widened').month as string, 'network-widened', () => ({ count: 14 })),
  ];
}

function roundOf2020(): readonly Step[] {
  const [window, comments, money, granted] = [
    fact('call-2020-window'),
    fact('plan-comments-2020'),
    fact('appropriation-2020'),
    fact('granted-2020'),
  ];
  const [opens, closes] = [window.from as string, window.to as string];
  return [
    step(call.PlanCall, opens, [...new Set([...window.source, ...comments.source, ...money.source])], {
      call: calls.second,
      kind: 'regional-coordination',
      // Its own pages are none of those that were read.
      names: omit(names.coordination, 'original'),
      organiser: ministry,
      goals: [],
      duties: [],
      terms: { opens, closes, planComments: daysOf(comments), periodOfUse: { from: money.useFrom, to: money.useUntil } },
    }),
    step(call.PublishCall, opens, window.source, { call: calls.second }),
    step(allocation.SetAppropriation, opens, money.source, { call: calls.second, amount: money.cents }),
    statement(calls.second, opens, 'appropriation-2020', () => ({})),
    step(call.CloseCall, closes, window.source, { call: calls.second }),
    statement(calls.second, grantedOn, 'granted-2020', ({ approxCents }) => ({
      count: 14,
      applicants: 14,
      approximateAmount: approxCents,
    })),
    step(call.RecordSourceStatement, grantedOn, granted.source, {
      call: calls.second,
      fact: 'left-2020',
      statement: statements['left-2020'],
      regions: granted.left,
    }),
  ];
}

/** Which regions took part and when: the pilots from their start, those that applied in 2019 from the widening, and three until the news that they dropped out. */
function participation(): readonly Step[] {
  const [selected, starts, applied, widened, granted] = [
    fact('pilots-selected'),
    fact('pilots-start'),
    fact('applicants-2019'),
    fact('network-widened'),
    fact('granted-2020'),
  ];
  const pilotRegions = selected.regions ?? [];
  const joining = (regions: readonly string[], since: When, ...facts: readonly Fact[]) => {
    const references = [...new Set(facts.flatMap(({ source }) => source))].sort();
    return regions.map((region) => step(programme.JoinProgramme, since, references, { programme: regionalCoordination, region }));
  };
  return [
    ...joining(pilotRegions, starts.period as string, selected, starts),
    ...joining(
      (applied.regions ?? []).filter((region) => !pilotRegions.includes(region)),
      widened.month as string,
      applied,
      widened,
    ),
    ...(granted.left ?? []).map((region) =>
      step(programme.LeaveProgramme, grantedOn, granted.source, { programme: regionalCoordination, region }),
    ),
  ];
}

const { names, purpose, statements } = texts;

const coordinatorDuties = history.coordinatorDuties.map(({ id, onlyPilots }) => ({
  key: id,
  text: entry(texts.coordinatorDuties, id),
  ...(onlyPilots && { onlyPilots }),
}));

/** The pages name officials. Their names stay out: the office stands for them. */
const contacts = [
  {
    contact: 'digitalisation-specialist',
    office: {
      fi: 'Erityisasiantuntija, valtiovarainministeriö, Julkisen hallinnon tieto- ja viestintätekninen osasto / Julk ICT, Digitalisaatio',
      sv: 'Specialsakkunnig, finansministeriet, Julkisen hallinnon tieto- ja viestintätekninen osasto / Julk ICT, Digitalisaatio',
      en: 'Special adviser, Ministry of Finance, Public Sector ICT Department (Julk ICT), Digitalisation',
      original: ['fi', 'sv'],
    },
    references: ['000', '002'],
  },
  {
    contact: 'information-policy-official',
    office: {
      fi: 'Neuvotteleva virkamies, valtiovarainministeriö, Julkisen hallinnon tieto- ja viestintätekninen osasto / Julk ICT, Tietopolitiikka',
      sv: 'Konsultativ tjänsteman, finansministeriet, avdelningen för den offentliga förvaltningens informations- och kommunikationsteknik (Julk ICT), informationspolitik',
      en: 'Ministerial adviser, Ministry of Finance, Public Sector ICT Department (Julk ICT), information policy',
      original: ['fi'],
    },
    references: ['002'],
  },
];

function fact(id: string): Fact {
  const found = (history.facts as Fact[]).find((one) => one.id === id);
  if (!found) throw new RangeError(`the record has no fact ${id}`);
  return found;
}

function dateOf({ id, date }: Fact): string {
  if (!date) throw new RangeError(`the fact ${id} has no date`);
  return date;
}

function daysOf({ from, to }: Fact) {
  return { from, to };
}

function step(type: new () => Command, effectiveAt: When, references: readonly string[], content: object): Step {
  return { type, content, effectiveAt, references };
}

function statement(callKey: string, effectiveAt: When, id: string, more: (found: Fact) => object): Step {
  const found = fact(id);
  return step(call.RecordSourceStatement, effectiveAt, found.source, {
    call: callKey,
    fact: id,
    statement: entry(statements, id),
    ...more(found),
  });
}
