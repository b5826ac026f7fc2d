import type { Figure } from '#contracts/http.ts';
import type { Database } from '#platform/database.ts';
import { knownSql, Parameters } from '../../district/conditions.ts';
import { listAddress } from '../../district/list-address.ts';
import type { Moment } from '../../district/moment.ts';
import { formulas } from './formulas.ts';

export interface AreaFigures {
  /** null: the whole district, with what lies in no area. */
  areaId: string | null;
  figures: Figure[];
}

/**
 * Every formula for areas. `touched` narrows to those areas and everything above them; without it all areas are answered, zeros included,
 * and the whole district first.
 */
export async function figuresOf(
  database: Database,
  moment: Moment,
  language: 'vi' | 'en',
  touched?: string[],
): Promise<AreaFigures[]> {
  const parameters = new Parameters();
  const district = parameters.add(moment.district);
  const counts = formulas.map(
    (formula, index) => `count(*) FILTER (WHERE ${formula.sql('v', moment, parameters)}) AS f${index}`,
  );
  const known = `v.district = ${district} AND ${knownSql('v', moment, parameters)}`;
  const ancestors = `geography.ancestors_at(${district}, ${parameters.add(moment.now)}::timestamptz, ${parameters.add(moment.day)}::date)`;
  const wanted = touched
    ? `SELECT DISTINCT ancestor_id FROM ancestors WHERE area_id = ANY(${parameters.add(touched)}::text[])`
    : `SELECT area_id AS ancestor_id FROM ancestors WHERE area_id = ancestor_id`;
  const { rows } = await database.query<Record<string, number> & { area_id: string | null }>(
    `WITH ancestors AS MATERIALIZED (SELECT area_id, ancestor_id FROM ${ancestors}), wanted AS (${wanted})
     SELECT a.ancestor_id AS area_id, ${counts.join(', ')}
     FROM wanted JOIN ancestors a USING (ancestor_id)
     LEFT JOIN urban_order.violation_versions v ON v.area_id = a.area_id AND ${known}
     GROUP BY a.ancestor_id
     ${touched ? '' : `UNION ALL SELECT NULL, ${counts.join(', ')} FROM urban_order.violation_versions v WHERE ${known}`}
     ORDER BY 1 NULLS FIRST`,
    parameters.values,
  );
  return rows.map((row) => ({
    areaId: row.area_id,
    figures: formulas.map((formula, index) => ({
      formula: formula.id,
      formulaVersion: formula.version,
      value: row[`f${index}`]!,
      unit: formula.unit,
      numerator: row[`f${index}`]!,
      denominator: null,
      list: listAddress(
        '/api/urban-order/violations',
        moment,
        { areaId: row.area_id ?? undefined },
        { formula: formula.id },
      ),
      explanation: formula.explanation[language],
    })),
  }));
}
