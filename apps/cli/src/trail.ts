import { mapSealed } from '#kernel/event-schema';
import { helsinkiClock } from '#kernel/helsinki-time';
import { inLanguage, type Language } from '#kernel/localized-text';
import { matterPattern } from '#kernel/schemas';
import { when } from '#kernel/when';
import { openTrail } from '#system/open-trail';
import { CannotStart, readSettings } from '#system/settings';
import { causeTrees } from '#trail/causes';
import type { Change } from '#trail/changes';
import type { Difference, Known, ReplayStep, Sight, Trail, TrailEntry } from '#trail/trail';
import { outcomes, type Outcome, type TrailFilter } from '#trail/trail-index';
import { print } from './print.js';

/** What stands in the place of what only those read who have a role: the tools open no sealed text. */
const sealed = '(sealed)';
const pageSize = 100;

export interface TrailOptions {
  readonly call?: true;
  readonly type?: readonly string[];
  readonly actor?: string;
  readonly role?: string;
  readonly organisation?: string;
  readonly region?: string;
  readonly from?: string;
  readonly to?: string;
  readonly text?: string;
  readonly outcome?: Outcome;
  readonly changes?: true;
  readonly json?: true;
  readonly language: Language;
}

/** Prints what happened in a matter, a call or a stream, or in the whole log, and what was tried: each cause before its effects. */
export async function trail(of: string | undefined, options: TrailOptions): Promise<void> {
  const { changes, json, language, type, from, to, outcome, call, ...equal } = options;
  const filter: TrailFilter = {
    ...equal,
    ...aboutOf(of, call),
    ...(type && { types: type }),
    ...(outcome && { outcomes: [outcome] }),
    ...(from !== undefined && { recordedFrom: timeOf(from) }),
    ...(to !== undefined && { recordedTo: timeOf(to) }),
  };
  await withTrail(async (asked) => {
    const entries = await all(asked, filter);
    const trees = causeTrees(entries.map((entry) => ({ entry, id: entry.event.id, causedBy: causeOf(entry) })));
    for (const { depth, item } of trees) {
      const difference = changes && (await asked.differenceOf(item.entry, tools));
      if (json) print(JSON.stringify({ depth, ...item.entry, ...(difference && { changes: difference.changes }) }));
      else printEntry(item.entry, language, '  '.repeat(depth), difference?.changes ?? []);
    }
    if (!json) print(`${entries.length} ${entries.length === 1 ? 'entry' : 'entries'}`);
  });
}

export interface ReplayOptions {
  readonly knownAt?: string;
  readonly asOf?: string;
  readonly language: Language;
}

/** Prints how a row of a view came to be: what each event changed in it. */
export async function replay(view: string, key: string, { knownAt, asOf, language }: ReplayOptions): Promise<void> {
  const followed = {
    view,
    key,
    ...(knownAt !== undefined && { knownAt: timeOf(knownAt) }),
    ...(asOf !== undefined && { asOf: timeOf(asOf) }),
  };
  await withTrail(async (asked) => {
    let after: string | undefined;
    let steps: readonly ReplayStep[];
    do {
      const page = await asked.replay(followed, { after, limit: pageSize, fromEnd: false }, tools);
      ({ items: steps } = page);
      for (const { entry, changes } of steps) printEntry(entry, language, '', changes);
      after = steps.at(-1)?.entry.event.position;
      if (!page.hasLater && page.stoppedAt !== undefined) print(`the view is paused at ${page.stoppedAt}`);
      if (!page.hasLater) return;
    } while (steps.length > 0);
  });
}

export interface CompareOptions {
  readonly from: string;
  readonly to: string;
  readonly fromAsOf?: string;
  readonly toAsOf?: string;
}

/** Prints what differs in a view, or in one of its rows, between two moments of what was known. */
export async function compareView(view: string, key: string | undefined, { from, to, fromAsOf, toAsOf }: CompareOptions): Promise<void> {
  await withTrail(async (asked) => {
    const { rows, differing, differences } = await asked.compare(view, key, knownOf(from, fromAsOf), knownOf(to, toAsOf), tools);
    for (const difference of differences) {
      print(difference.key);
      printChanges(difference, '  ');
    }
    print(
      `${differing} of ${rows} ${rows === 1 ? 'row differs' : 'rows differ'}${differences.length < differing ? `; the first ${differences.length} are shown` : ''}`,
    );
  });
}

/** As the tools see it: everything but what is sealed. */
const tools: Sight = {
  dataFor: (event) => Promise.resolve(mapSealed(event.data, () => sealed)),
  open: () => Promise.resolve(sealed),
};

/** Opens the trail of this installation, whether or not a server runs on it. */
async function withTrail(work: (trail: Trail) => Promise<void>): Promise<void> {
  const opened = await openTrail(readSettings(process.env));
  try {
    await work(opened.trail);
  } finally {
    await opened.close();
  }
}

async function all(asked: Trail, filter: TrailFilter): Promise<readonly TrailEntry[]> {
  const entries: TrailEntry[] = [];
  for (let after: string | undefined; ; after = entries.at(-1)?.event.position) {
    const { items, hasLater } = await asked.search(filter, { after, limit: pageSize, fromEnd: false }, tools);
    entries.push(...items);
    if (!hasLater) return entries;
  }
}

function aboutOf(of: string | undefined, isCall: true | undefined): TrailFilter {
  if (of === undefined) return {};
  if (isCall) return { call: of };
  return new RegExp(matterPattern).test(of) ? { matter: of } : { stream: of };
}

function causeOf({ event: { metadata } }: TrailEntry): string | undefined {
  return metadata.causationId === metadata.commandId ? undefined : metadata.causationId;
}

function printEntry({ event, sentence, outcome }: TrailEntry, language: Language, indent: string, changes: readonly Change[]): void {
  const { recordedAt, effectiveAt = recordedAt, actor } = event.metadata;
  const about = effectiveAt === recordedAt ? '' : `, about ${effectiveAt}`;
  print(`${indent}${helsinkiClock(recordedAt)}${about}  ${inLanguage(sentence, [language]).text}`);
  const came = outcome === outcomes[0] ? '' : ` ${outcome}`;
  print(
    `${indent}  ${event.type}${came}, revision ${event.revision} of ${event.stream}, by ${actor.id} (${event.metadata.command ?? 'command not recorded'})`,
  );
  printChanges({ changes }, `${indent}  `);
}

function printChanges({ changes }: Pick<Difference, 'changes'>, indent: string): void {
  for (const change of changes) {
    const told = (side: 'before' | 'after') => (side in change ? JSON.stringify(change[side]) : '-');
    print(`${indent}${change.path}: ${told('before')} → ${told('after')}`);
  }
}

function timeOf(text: string): string {
  try {
    return when(text);
  } catch (error) {
    throw new CannotStart((error as Error).message, { cause: error });
  }
}

function knownOf(text: string, asOf: string | undefined): Known {
  const known = /^[0-9a-f]{32}$/.test(text) ? { position: text } : { knownAt: timeOf(text) };
  return asOf === undefined ? known : { ...known, asOf: timeOf(asOf) };
}
