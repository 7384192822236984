import { diffWordsWithSpace } from 'diff';
import { planSections, type PlanSection } from './plan.events.js';
import type { PlanTexts } from './plan.facts.js';

export const sectionChanges = ['added', 'removed', 'changed'] as const;
export const pieceKinds = ['kept', 'added', 'removed'] as const;

/** A run of text that both versions have, or only one of them. */
export interface Piece {
  readonly kind: (typeof pieceKinds)[number];
  readonly text: string;
}

export interface SectionDifference {
  readonly section: PlanSection;
  readonly change: (typeof sectionChanges)[number];
  readonly pieces: readonly Piece[];
}

/** Beyond so many words a section is shown as written anew: finding the least difference takes the square of it. */
const mostChangedWords = 200;

/** How the later texts differ from the earlier ones: the sections that do, in their order, word by word. */
export function differenceOf(earlier: PlanTexts, later: PlanTexts): readonly SectionDifference[] {
  return planSections.flatMap((section): SectionDifference[] => {
    const [before, after] = [earlier[section], later[section]];
    if (before === after) return [];
    if (before === undefined) return [{ section, change: 'added', pieces: [{ kind: 'added', text: after as string }] }];
    if (after === undefined) return [{ section, change: 'removed', pieces: [{ kind: 'removed', text: before }] }];
    return [{ section, change: 'changed', pieces: piecesOf(before, after) }];
  });
}

function piecesOf(before: string, after: string): readonly Piece[] {
  const parts = diffWordsWithSpace(before, after, { maxEditLength: mostChangedWords });
  if (!parts)
    return [
      { kind: 'removed', text: before },
      { kind: 'added', text: after },
    ];
  return parts.map(({ added, removed, value }) => ({ kind: added ? 'added' : removed ? 'removed' : 'kept', text: value }));
}
