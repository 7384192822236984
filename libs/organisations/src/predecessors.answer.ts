import type { Instant } from '#kernel/helsinki-time';
import { valueAt } from '#kernel/timeline';
import type { Rows } from '#view-store/view-store';
import type { OrganisationRow } from './organisations.projection.js';

/** More organisations than these are succeeded by no one. */
const most = 1_000;

/** The organisations that this one has succeeded by the instant, and those that these had succeeded. */
export async function predecessorsOf(organisation: string, rows: Rows<OrganisationRow>, at: Instant): Promise<readonly string[]> {
  const found = new Set<string>();
  for (let successors = [organisation]; successors.length > 0;) {
    const succeeded = await rows.find({ where: { successor: { in: successors } }, limit: most });
    successors = succeeded
      .filter((row) => successors.includes(valueAt(row.succeededBy, at) ?? ''))
      .map(({ _id }) => _id)
      .filter((id) => id !== organisation && !found.has(id));
    for (const id of successors) found.add(id);
  }
  return [...found];
}
