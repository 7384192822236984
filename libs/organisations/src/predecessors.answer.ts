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

/** Who has stepped into the organisation’s matters by the instant, one after the other. */
export async function successorsOf(organisation: string, rows: Rows<OrganisationRow>, at: Instant): Promise<readonly string[]> {
  const found: string[] = [];
  for (let one: string | undefined = organisation; one !== undefined;) {
    const row: OrganisationRow | undefined = await rows.get(one);
    one = row && valueAt(row.succeededBy, at);
    if (one === undefined || one === organisation || found.includes(one)) return found;
    found.push(one);
  }
  return found;
}
