import type { Border } from '#contracts/http/border.ts';
import type { Database } from '#platform/database.ts';
import type { Moment } from '../../district/moment.ts';
import { knownBy } from '../../district/places.ts';

/** The border around each group of areas, without those between them, as known at the moment; null where none of them has a border. */
export async function readOutlines(
  database: Database,
  moment: Moment,
  groups: readonly (readonly string[])[],
): Promise<(Border | null)[]> {
  if (groups.length === 0) return [];
  const group: number[] = [];
  const areaIds: string[] = [];
  groups.forEach((ids, index) => {
    for (const id of ids) {
      group.push(index);
      areaIds.push(id);
    }
  });
  const { rows } = await database.query<{ group: number; outline: Border | null }>(
    `SELECT wanted.index AS "group", ST_AsGeoJSON(ST_Union(geom), 6)::json AS outline
     FROM unnest($4::int[], $5::text[]) AS wanted(index, area_id) JOIN geography.areas_at($1, $2, $3::date) USING (area_id)
     WHERE geom IS NOT NULL GROUP BY wanted.index`,
    [moment.district, knownBy(moment), moment.day, group, areaIds],
  );
  const outlines = new Map(rows.map((row) => [row.group, row.outline]));
  return groups.map((_, index) => outlines.get(index) ?? null);
}
