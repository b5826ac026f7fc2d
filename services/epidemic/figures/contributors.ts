import sql, { raw, type Sql } from 'sql-template-tag';

/**
 * SQL, for WITH: whose rows make up an area: its own where it has any; else those of the uppermost areas below it that have.
 * `<name>_contributors(area_id, contributor)`; every area comes once for each contributor, and no contributor lies below another of the same area.
 * Wants `areasSql`.
 *
 * @param rows a query in the same WITH that has `area_id`
 */
export function contributorsSql(name: string, rows: string): Sql {
  const named = (part: string) => raw(`${name}_${part}`);
  const [areas, upper, contributors] = [named('areas'), named('upper'), named('contributors')];
  return sql`${areas} AS (SELECT DISTINCT area_id FROM ${raw(rows)}),
${upper} AS (
  SELECT area_id FROM ${areas} WHERE NOT EXISTS (
    SELECT 1 FROM paths WHERE paths.area_id = ${areas}.area_id AND ancestor_id <> paths.area_id AND ancestor_id IN (SELECT area_id FROM ${areas}))
),
${contributors} AS (
  SELECT area_id, area_id AS contributor FROM ${areas}
  UNION ALL
  SELECT paths.ancestor_id, ${upper}.area_id FROM ${upper} JOIN paths USING (area_id)
  WHERE paths.ancestor_id NOT IN (SELECT area_id FROM ${areas})
)`;
}
