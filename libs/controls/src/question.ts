import type { EventOf, Recorded } from '#kernel/envelope';
import type { EventDefinitions } from '#kernel/event-schema';
import { entry } from '#kernel/keyed';
import type { Language } from '#kernel/localized-text';
import { filledTexts, type Details, type ErrorText } from '#kernel/refused';

type InAllLanguages = Readonly<Record<Language, string>>;

/** What a question found at an event: the details of its sentence; undefined where all is as it must be. */
export type Found = Details | undefined;

/** What a question says of itself. */
interface Says {
  /** Names it for ever. */
  readonly key: string;
  /** What must not be, in a few words. */
  readonly title: InAllLanguages;
  /** By what it is judged. */
  readonly about: InAllLanguages;
  /** The sentence about a witness; `{name}` stands for the detail of that name. */
  readonly finding: ErrorText;
}

/** A control question as it is put to a log: one fold over all events, which says at which of them the rule is broken. */
export interface Question extends Says {
  /** The types of events that it asks about; every type without them. */
  readonly types?: readonly string[];
  /** A fold that has seen nothing yet. It is told every event of these types in the order of the log. */
  readonly fresh: () => (event: Recorded) => Found;
}

/**
 * A question about some types of events. The state is changed in place: a log is long.
 *
 * @typeParam State what must be remembered of earlier events
 */
export function question<State, Definitions extends EventDefinitions>({
  start,
  on,
  ...says
}: Says & {
  readonly start: () => State;
  /** Only names the types: what a question knows of an event is its own. */
  readonly events: Definitions;
  readonly on: { readonly [Type in keyof Definitions & string]: (state: State, event: EventOf<Definitions, Type>) => Found | void };
}): Question {
  const handlers = on as Readonly<Record<string, (state: State, event: never) => Found | void>>;
  return {
    ...says,
    types: Object.keys(on),
    fresh: () => {
      const state = start();
      return (event) => entry(handlers, event.type)?.(state, event as never) ?? undefined;
    },
  };
}

/** A question about every event, whatever its type. */
export function questionOfAll<State>({
  start,
  each,
  ...says
}: Says & { readonly start: () => State; readonly each: (state: State, event: Recorded) => Found }): Question {
  return {
    ...says,
    fresh: () => {
      const state = start();
      return (event) => each(state, event);
    },
  };
}

/** The sentence about a witness with its details, in each language. */
export function sentenceOf({ finding }: Question, details: Details): InAllLanguages {
  return filledTexts(finding, details);
}

const answers = {
  none: {
    fi: 'ei yhtään {events} tapahtumassa kohtaan {position} asti, juuri {root}',
    sv: 'ingen i {events} händelser fram till positionen {position}, rot {root}',
    en: 'none in {events} events up to position {position}, root {root}',
  },
  some: {
    fi: '{count} kpl {events} tapahtumassa kohtaan {position} asti, juuri {root}',
    sv: '{count} i {events} händelser fram till positionen {position}, rot {root}',
    en: '{count} in {events} events up to position {position}, root {root}',
  },
} satisfies Record<string, ErrorText>;

/** How often a rule is broken, and in which events: they are named by the last position and the root of their Merkle tree. */
export function answerTo(
  count: number,
  over: { readonly events: number; readonly position?: string | undefined; readonly root: string },
): InAllLanguages {
  return filledTexts(answers[count === 0 ? 'none' : 'some'], {
    count,
    events: over.events,
    position: over.position ?? '-',
    root: over.root,
  });
}
