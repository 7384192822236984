/** An event as a finding names it: never with what it says. */
export interface NamedEvent {
  readonly id: string;
  readonly type: string;
  readonly stream: string;
  readonly revision: number;
}

/** Something that is not as it was proven. Leaves are counted from 0, as in proofs. */
export type Finding =
  | { readonly kind: 'altered' | 'inserted'; readonly leaf: number; readonly event: NamedEvent }
  | { readonly kind: 'moved'; readonly leaf: number; readonly event: NamedEvent; readonly after: NamedEvent | undefined }
  | {
      readonly kind: 'missing';
      readonly leaf: number;
      readonly count: number;
      readonly before: NamedEvent | undefined;
      readonly after: NamedEvent | undefined;
    }
  | { readonly kind: 'cut'; readonly leaf: number; readonly count: number; readonly last: NamedEvent | undefined }
  | { readonly kind: 'unlike-checkpoint'; readonly from: number; readonly to: number }
  | { readonly kind: 'tree-altered'; readonly size: number }
  /** Told before it is known what became of what. */
  | { readonly kind: 'unlike-tree'; readonly leaf: number }
  | { readonly kind: 'unreadable'; readonly leaf: number; readonly event: NamedEvent; readonly reason: string }
  | { readonly kind: 'out-of-turn'; readonly leaf: number; readonly event: NamedEvent; readonly due: number };

/** A finding in words, for operators and auditors. */
export function findingText(finding: Finding): string {
  switch (finding.kind) {
    case 'altered':
      return `leaf ${finding.leaf} was altered: ${named(finding.event)} is not the event that was recorded there`;
    case 'inserted':
      return `${named(finding.event)} was inserted before leaf ${finding.leaf}: it was never recorded there`;
    case 'moved':
      return `leaf ${finding.leaf} was moved: ${named(finding.event)} stands ${finding.after ? `after ${named(finding.after)}` : 'at the beginning'}`;
    case 'missing':
      return `${leaves(finding.leaf, finding.count)} ${finding.count === 1 ? 'is' : 'are'} missing ${between(finding.before, finding.after)}`;
    case 'cut':
      return `the end was cut: ${leaves(finding.leaf, finding.count)} ${finding.count === 1 ? 'is' : 'are'} missing ${finding.last ? `after ${named(finding.last)}, with which the log ends` : 'from a log that has none'}`;
    case 'unlike-checkpoint':
      return `the log is not the one of the checkpoint of ${finding.to} leaves: something among ${leaves(finding.from, finding.to - finding.from)} was altered, inserted or removed`;
    case 'tree-altered':
      return `the tree of ${finding.size} leaves was altered: its nodes are not those of its leaves`;
    case 'unlike-tree':
      return `from leaf ${finding.leaf} on the log is not as it was recorded: what became of what is being looked for`;
    case 'unreadable':
      return `${named(finding.event)}, leaf ${finding.leaf}, is not as events are written: ${finding.reason}`;
    case 'out-of-turn':
      return `${named(finding.event)}, leaf ${finding.leaf}, stands where revision ${finding.due} of its stream is due`;
  }
}

export function nameOf({ id, type, stream, revision }: NamedEvent): NamedEvent {
  return { id, type, stream, revision };
}

function named({ type, stream, revision, id }: NamedEvent): string {
  return `${type}, revision ${revision} of ${stream} (${id})`;
}

function leaves(from: number, count: number): string {
  return count === 1 ? `leaf ${from}` : `the leaves ${from} to ${from + count - 1}`;
}

function between(before: NamedEvent | undefined, after: NamedEvent | undefined): string {
  if (!before) return after ? `before ${named(after)}` : '';
  if (!after) return `after ${named(before)}`;
  const gap = before.stream === after.stream && after.revision > before.revision + 1;
  return `between ${named(before)} and ${named(after)}${gap ? `: a gap in the revisions of ${before.stream}` : ''}`;
}
