import type { Transaction } from '#platform/database.ts';
import type { Entry } from '#platform/projection.ts';

type Revision = Entry<{ data: { areaId: string; parentId: string | null; abolished?: boolean } }>;

/**
 * Entries in stretches, in the order given. A revision of an area that others name as their parent can close a circle, so it is a stretch of its own: whether
 * it does is then asked of the rows as they stood when it was said, however the journal was cut into batches. Pure.
 *
 * @param parents areas that rows name as a parent
 */
export function stretchesOf<Item extends Revision>(revisions: readonly Item[], parents: ReadonlySet<string>): Item[][] {
  const named = new Set(parents);
  const stretches: Item[][] = [];
  let open: Item[] | undefined;
  for (const revision of revisions) {
    const { parentId } = revision.event.data;
    if (parentId !== null) named.add(parentId);
    if (mayClose(revision, named)) {
      stretches.push([revision]);
      open = undefined;
    } else if (open) open.push(revision);
    else {
      open = [revision];
      stretches.push(open);
    }
  }
  return stretches;
}

/** Nothing ends in an area that nobody names, nor goes on from one that names nobody. */
export const mayClose = ({ event: { data } }: Revision, parents: ReadonlySet<string>): boolean =>
  data.parentId !== null && !data.abolished && parents.has(data.areaId);

/** Which of the areas rows name as a parent, as known now. */
export async function parentsAmong(
  transaction: Transaction,
  district: string,
  areaIds: readonly string[],
): Promise<Set<string>> {
  const { rows } = await transaction.query<{ parent_id: string }>(
    `SELECT DISTINCT parent_id FROM geography.area_versions
     WHERE district = $1 AND parent_id = ANY($2) AND known_until = 'infinity'`,
    [district, areaIds],
  );
  return new Set(rows.map((row) => row.parent_id));
}

/**
 * Looks whether an area is above itself on any day, as known now. The door refuses that too, by what it has heard; two requests at one moment do not hear of each
 * other, and the journal has both.
 *
 * @throws Error that names the circle: the event is parked, and the figures go on
 */
export async function assertNoCircle(transaction: Transaction, district: string, areaId: string): Promise<void> {
  const { rows } = await transaction.query<{ circle: string }>(
    `WITH RECURSIVE up AS (
       SELECT area_id, parent_id, valid_from, valid_until, ARRAY[area_id] AS walked FROM geography.area_versions
       WHERE district = $1 AND area_id = $2 AND known_until = 'infinity' AND parent_id IS NOT NULL
       UNION ALL
       SELECT a.area_id, a.parent_id, greatest(a.valid_from, up.valid_from), least(a.valid_until, up.valid_until), up.walked || a.area_id
       FROM up JOIN geography.area_versions a ON a.district = $1 AND a.area_id = up.parent_id AND a.known_until = 'infinity'
         AND a.valid_from < up.valid_until AND a.valid_until > up.valid_from
       WHERE up.parent_id <> ALL (up.walked)
     )
     SELECT array_to_string(walked || parent_id, ' → ') AS circle FROM up WHERE parent_id = $2 LIMIT 1`,
    [district, areaId],
  );
  const [row] = rows;
  if (row) throw new Error(`not a circle of parents: ${row.circle}`);
}
