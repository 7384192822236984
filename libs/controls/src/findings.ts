import type { ControlReport, NamedEvent } from './control-pass.js';
import { sentenceOf, type Question } from './question.js';

/** Most events that are named of each question: the query has more. */
const mostNamed = 20;

/** What the questions found, a line for each event, for operators and auditors; empty where it is nothing. */
export function findingsIn({ witnesses, unreadable }: ControlReport, questions: readonly Question[]): readonly string[] {
  const lines = questions.flatMap((question) => {
    const { count = 0, named = [] } = witnesses.get(question.key) ?? {};
    const shown = named.slice(0, mostNamed).map((one) => `${question.key}: ${nameOf(one)}: ${sentenceOf(question, one.details).en}`);
    return [...shown, ...more(question.key, count)];
  });
  const unread = unreadable.named.slice(0, mostNamed).map((one) => `${nameOf(one)} cannot be read as its type says`);
  return [...lines, ...unread, ...more('events that cannot be read', unreadable.count)];
}

function nameOf({ event, type, stream, revision }: NamedEvent): string {
  return `${type}, revision ${revision} of ${stream} (${event})`;
}

function more(what: string, count: number): readonly string[] {
  return count > mostNamed ? [`${what}: ${count - mostNamed} more`] : [];
}
