import type { Position } from '#kernel/envelope';
import type { Checkpoint, Poison } from '#view-store/view-store';

/** What stays the same in a view's life. */
export interface KnownOfView {
  /** The log that this server reads. */
  readonly log: string;
  /** The projection's version in this program, and the oldest version whose rows it can read. */
  readonly version: number;
  readonly readableSince: number;
  /** Whether other servers may fold the view, too. */
  readonly isShared: boolean;
}

/**
 * - `followed`: another server folds the view, or none does.
 * - `opening`: it is this server's part, and is being brought up to the log from where the store says it is.
 * - `folding`: the tail's pages are folded into it, unless it is paused.
 * - `rebuilding`: its rows are of another version. Nothing is folded into them, and they are served where they can be read,
 *   until the rebuild is done.
 * - `closing`: nothing more is folded, and what reacts to its rows ends what is under way.
 */
export type Phase = 'followed' | 'opening' | 'folding' | 'rebuilding' | 'closing';

/** A view as one server has it. */
export interface ViewLife {
  readonly known: KnownOfView;
  readonly phase: Phase;
  /** Whether this server holds the view's share of the work. */
  readonly isHeld: boolean;
  /** The checkpoint of the rows that are served, as far as this server knows it. */
  readonly shown: Checkpoint | undefined;
  /** The event before which the view is paused. */
  readonly pausedAt: Poison | undefined;
  /** Whether the rows in the store are of another log, and none are shown therefore. */
  readonly isForeign: boolean;
  /** Counts the openings: what an earlier one reports is of no account. */
  readonly attempt: number;
  /** How often in a row the present phase could not be got through. */
  readonly failures: number;
}

/** What happens to a view. */
export type LifeEvent =
  /** The view's share of the work is this server's from now on. */
  | { readonly type: 'held' }
  /** The share is not this server's any more. */
  | { readonly type: 'lost' }
  /** A look at the store found this. `since` is what was shown when the look began. */
  | { readonly type: 'seen'; readonly found: Checkpoint | undefined; readonly since: Checkpoint | undefined }
  /** The store says this while nothing is folded. */
  | { readonly type: 'checked'; readonly found: Checkpoint | undefined }
  /** An opening has got its rows: caught up with the log, or of another version that is to be rebuilt. */
  | {
      readonly type: 'opened';
      readonly attempt: number;
      readonly checkpoint: Checkpoint | undefined;
      readonly pausedAt: Poison | undefined;
    }
  /** An opening found rows of a newer version of the program. */
  | { readonly type: 'found-newer'; readonly attempt: number; readonly version: number }
  | ({ readonly type: 'opening-failed'; readonly attempt: number } & Failure)
  /** What reacts to the rows has taken them. */
  | { readonly type: 'begun' }
  | ({ readonly type: 'begin-failed' } & Failure)
  /** A page was folded. */
  | { readonly type: 'folded'; readonly checkpoint: Checkpoint | undefined; readonly pausedAt: Poison | undefined }
  | ({ readonly type: 'fold-failed' } & Failure)
  /** An operator had the projection skip an event. */
  | { readonly type: 'skipped'; readonly event: string }
  /** A rebuild has put its rows in the place of those that were served. */
  | { readonly type: 'rebuilt'; readonly checkpoint: Checkpoint | undefined; readonly pausedAt: Poison | undefined }
  /** A rebuild could fold nothing, and the rows that are served stay. */
  | { readonly type: 'not-rebuilt'; readonly pausedAt: Poison | undefined }
  | ({ readonly type: 'rebuild-failed'; readonly attempt: number } & Failure)
  /** What reacts to the rows has ended what was under way. */
  | { readonly type: 'ended' };

interface Failure {
  readonly reason: string;
  /** Whether another server was faster: no reason to worry anybody. */
  readonly isSuperseded?: boolean;
}

/** What is to be done. `begin`, `end` and `check` are done before the next page is folded. */
export type Effect =
  /** Open the rows, and bring them up to the log; after a pause that grows with the failures. */
  | { readonly do: 'open'; readonly attempt: number; readonly failures: number }
  /** Rebuild the view; after a pause that grows with the failures. It is urgent where nothing can be answered meanwhile. */
  | { readonly do: 'rebuild'; readonly attempt: number; readonly failures: number; readonly isUrgent: boolean }
  /** Hand the rows to what reacts to them. */
  | { readonly do: 'begin' }
  /** Have what reacts to the rows end what is under way. */
  | { readonly do: 'end' }
  /** Ask the store once more, now that nothing is folded. */
  | { readonly do: 'check' }
  /** Leave the share of the work to other servers. */
  | { readonly do: 'decline' }
  /** Tell who listens that rows have changed. */
  | { readonly do: 'tell-changed'; readonly position: Position }
  /** Answer who waits for the view. */
  | { readonly do: 'answer' }
  | { readonly do: 'report'; readonly what: string; readonly details: object };

/** What a view's life is after something happened, and what is to be done. */
export interface Step {
  readonly life: ViewLife;
  readonly effects: readonly Effect[];
}

/** A view before anything is known of it. */
export function newLife(known: KnownOfView): ViewLife {
  return { known, phase: 'followed', isHeld: false, shown: undefined, pausedAt: undefined, isForeign: false, attempt: 0, failures: 0 };
}

/** Whether rows of this version are left to other servers, which can read them. */
export function isLeftToOthers({ version, isShared }: KnownOfView, found: number): boolean {
  return isShared && found > version;
}

/** The version of the projection that the rows are of. */
export function versionOf({ shown, known }: ViewLife): number {
  return shown?.version ?? known.version;
}

/** Whether the rows are of another version of the projection. */
export function isOutdated(life: ViewLife): boolean {
  return versionOf(life) !== life.known.version;
}

/** Whether this version of the program can read the rows. */
export function isReadable(life: ViewLife): boolean {
  const version = versionOf(life);
  return life.shown?.position !== undefined && version <= life.known.version && version >= life.known.readableSince;
}

/** Whether the rows are this server's to serve: it folds them, or rebuilds them. */
export function isServedHere({ phase }: ViewLife): boolean {
  return phase === 'folding' || phase === 'rebuilding';
}

/** Whether a page of the tail is folded into the view. */
export function isGoingOn({ phase, pausedAt }: ViewLife): boolean {
  return phase === 'folding' && pausedAt === undefined;
}

/**
 * `followed`: another server folds it; `unattended`: no server does just now. `rebuilding`: rows of an older version of
 * the projection are served until those of this one are ready.
 */
export type ProjectionState = 'catching-up' | 'live' | 'followed' | 'unattended' | 'rebuilding' | 'paused' | 'stopped';

/** What a view is said to do, given how the tail stands and whether any server does the view's share of the work. */
export function stateOf(life: ViewLife, tail: 'catching-up' | 'live' | 'broken', isAttended: boolean): ProjectionState {
  if (life.pausedAt) return 'paused';
  if (tail === 'broken') return 'stopped';
  if (!isReadable(life)) return 'catching-up';
  if (!life.isHeld && !isAttended) return 'unattended';
  if (isOutdated(life)) return 'rebuilding';
  if (!life.isHeld) return 'followed';
  return life.phase === 'folding' && tail === 'live' ? 'live' : 'catching-up';
}

/** The next state of a view's life, and what is to be done. Pure: who carries the effects out reports what comes of them. */
export function step(life: ViewLife, event: LifeEvent): Step {
  return (on[event.type] as (life: ViewLife, event: LifeEvent) => Step)(life, event);
}

const on: { readonly [Type in LifeEvent['type']]: (life: ViewLife, event: Extract<LifeEvent, { type: Type }>) => Step } = {
  held: (life) => {
    if (life.phase === 'followed') return opening({ ...life, isHeld: true });
    return stay({ ...life, isHeld: true });
  },

  lost: (life) => {
    const lost = { ...life, isHeld: false, failures: 0 };
    if (isServedHere(life)) return { life: { ...lost, phase: 'closing' }, effects: [{ do: 'end' }] };
    return stay({ ...lost, phase: life.phase === 'closing' ? 'closing' : 'followed' });
  },

  seen: (life, { found, since }) => {
    if (isServedHere(life)) return { life, effects: isElsewhere(life.shown, found) ? [{ do: 'check' }] : [] };
    // What has been shown meanwhile is later than what the look found.
    return life.shown !== since ? stay(life) : show(life, found);
  },

  checked: (life, { found }) => {
    if (!isServedHere(life) || !isElsewhere(life.shown, found)) return stay(life);
    const shown = show(life, found);
    return { life: { ...shown.life, phase: 'closing' }, effects: [...shown.effects, { do: 'end' }] };
  },

  opened: (life, { attempt, checkpoint, pausedAt }) => {
    if (!isOpening(life, attempt)) return stay(life);
    // Another server has moved the view on since its rows were read.
    if (goesBack(life, checkpoint)) return opening({ ...life, failures: life.failures + 1 });
    const opened: ViewLife = { ...life, phase: 'folding', shown: checkpoint, pausedAt, isForeign: false };
    const beginning = [...begin(opened), ...tellChanged(checkpoint?.changed)];
    if (!isOutdated(opened)) return { life: opened, effects: beginning };
    return { life: { ...opened, phase: 'rebuilding', failures: 0 }, effects: [...beginning, rebuild(opened, 0)] };
  },

  'found-newer': (life, { attempt, version }) => {
    if (!isOpening(life, attempt)) return stay(life);
    const known = life.known.version;
    const what = 'a view is of a newer version of the program: it is left to others';
    return {
      life: { ...life, phase: 'followed', isHeld: false, failures: 0 },
      effects: [report(what, { version, known }), { do: 'decline' }],
    };
  },

  'opening-failed': (life, { attempt, ...failure }) => {
    if (!isOpening(life, attempt)) return stay(life);
    const next = opening({ ...life, failures: life.failures + 1 });
    return { life: next.life, effects: [...reportOnce(life, notOpened, failure), ...next.effects] };
  },

  begun: (life) => ({ life: isServedHere(life) ? { ...life, failures: 0 } : life, effects: [{ do: 'answer' }] }),

  'begin-failed': (life, failure) => {
    if (!isServedHere(life)) return stay(life);
    return {
      life: { ...life, phase: 'closing', failures: life.failures + 1 },
      effects: [...reportOnce(life, notOpened, failure), { do: 'end' }],
    };
  },

  folded: (life, { checkpoint, pausedAt }) => {
    // A page that is under way when the view is lost is folded to its end.
    if (life.phase !== 'folding' && life.phase !== 'closing') return stay(life);
    const isNews = pausedAt !== undefined && pausedAt !== life.pausedAt;
    return {
      life: { ...life, shown: checkpoint, pausedAt },
      effects: isNews ? [report('a projection is paused at an event that it cannot fold', pausedAt)] : [],
    };
  },

  'fold-failed': (life, { reason, isSuperseded }) => {
    if (life.phase !== 'folding') return stay(life);
    return {
      life: { ...life, phase: 'closing' },
      effects: [...(isSuperseded ? [] : [report('a view cannot be folded on', { reason })]), { do: 'end' }],
    };
  },

  skipped: (life, { event }) => {
    if (!isServedHere(life) || life.pausedAt?.event !== event) return stay(life);
    return { life: { ...life, pausedAt: undefined }, effects: life.phase === 'rebuilding' ? [rebuild(life, 0)] : [] };
  },

  rebuilt: (life, { checkpoint, pausedAt }) => {
    const changed = tellChanged(checkpoint?.position);
    // The server that folds the view has moved it on since.
    if (!isServedHere(life) && goesBack(life, checkpoint)) return { life, effects: changed };
    const rebuilt = { ...life, shown: checkpoint, pausedAt, isForeign: false };
    if (!isServedHere(life)) return { life: rebuilt, effects: changed };
    const folding: ViewLife = { ...rebuilt, phase: 'folding', failures: 0 };
    return { life: folding, effects: [...begin(folding), ...changed] };
  },

  'not-rebuilt': (life, { pausedAt }) => stay(isServedHere(life) ? { ...life, pausedAt } : life),

  'rebuild-failed': (life, { attempt, ...failure }) => {
    if (life.phase !== 'rebuilding' || life.attempt !== attempt) return stay(life);
    const what = 'a view could not be rebuilt, and it will be tried again';
    const failures = life.failures + 1;
    return { life: { ...life, failures }, effects: [...reportOnce(life, what, failure), rebuild(life, failures)] };
  },

  ended: (life) => {
    if (life.phase !== 'closing') return stay(life);
    return life.isHeld ? opening(life) : stay({ ...life, phase: 'followed' });
  },
};

const notOpened = 'a view cannot be taken up, and it will be tried again';

function stay(life: ViewLife): Step {
  return { life, effects: [] };
}

function opening(life: ViewLife): Step {
  const attempt = life.attempt + 1;
  return { life: { ...life, phase: 'opening', attempt }, effects: [{ do: 'open', attempt, failures: life.failures }] };
}

function rebuild(life: ViewLife, failures: number): Effect {
  return { do: 'rebuild', attempt: life.attempt, failures, isUrgent: !isReadable(life) };
}

function isOpening(life: ViewLife, attempt: number): boolean {
  return life.phase === 'opening' && life.attempt === attempt;
}

/** Shows what the store says, unless it is of another log. */
function show(life: ViewLife, found: Checkpoint | undefined): Step {
  const isForeign = found !== undefined && found.log !== life.known.log;
  const shown = isForeign ? undefined : found;
  const isNews = shown?.changed !== life.shown?.changed;
  return {
    life: { ...life, shown, pausedAt: shown?.stoppedAt, isForeign },
    effects: [
      ...(isForeign && !life.isForeign
        ? [report('a view is of another log: it is not read', { found: found.log, log: life.known.log })]
        : []),
      ...(isNews ? tellChanged(shown?.changed) : []),
    ],
  };
}

/** Whether the store has other rows than those that are folded here, or somebody else has moved them on. */
function isElsewhere(shown: Checkpoint | undefined, found: Checkpoint | undefined): boolean {
  return (['log', 'position', 'version'] as const).some((what) => shown?.[what] !== found?.[what]);
}

/** Whether what was shown would be taken back. Other rows may do that: those of another version, and those that replace a paused view's. */
function goesBack({ shown, pausedAt }: ViewLife, to: Checkpoint | undefined): boolean {
  if (pausedAt || shown?.position === undefined || to?.log !== shown.log || to.version !== shown.version) return false;
  return (to.position ?? '') < shown.position;
}

function begin(life: ViewLife): readonly Effect[] {
  return isReadable(life) ? [{ do: 'begin' }] : [];
}

function tellChanged(position: Position | undefined): readonly Effect[] {
  return position === undefined ? [] : [{ do: 'tell-changed', position }];
}

function report(what: string, details: object): Effect {
  return { do: 'report', what, details };
}

function reportOnce({ failures }: ViewLife, what: string, { reason, isSuperseded }: Failure): readonly Effect[] {
  return failures > 0 || isSuperseded ? [] : [report(what, { reason })];
}
