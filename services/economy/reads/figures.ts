import type { Figure } from '#contracts/http.ts';
import type { Database } from '#platform/database.ts';
import { Parameters } from '../../district/conditions.ts';
import { listAddress } from '../../district/list-address.ts';
import type { Moment } from '../../district/moment.ts';
import { countBusinesses } from './businesses.ts';
import { type BusinessFilter, heldSql } from './filters.ts';
import { type Formula, formulaOf, formulas } from './formulas.ts';

export interface AreaFigures {
  /** null: the whole district, with what lies in no area. */
  areaId: string | null;
  figures: Figure[];
}

/**
 * Every formula for areas on a day. `touched` narrows to those areas and everything above them; without it all areas are answered, zeros
 * included, and the whole district first.
 */
export async function figuresOf(
  database: Database,
  moment: Moment,
  on: string,
  language: 'vi' | 'en',
  touched?: string[],
): Promise<AreaFigures[]> {
  const parameters = new Parameters();
  const date = `${parameters.add(on)}::date`;
  const counts = formulas.map(
    (formula, index) => `count(*) FILTER (WHERE ${formula.sql('s', () => date)}) AS f${index}`,
  );
  const ancestors = `geography.ancestors_at(${parameters.add(moment.district)}, ${parameters.add(moment.now)}::timestamptz, ${parameters.add(moment.day)}::date)`;
  const wanted = touched
    ? `SELECT DISTINCT ancestor_id FROM ancestors WHERE area_id = ANY(${parameters.add(touched)}::text[])`
    : 'SELECT area_id AS ancestor_id FROM ancestors WHERE area_id = ancestor_id';
  const { rows } = await database.query<Record<string, number> & { area_id: string | null }>(
    `WITH ancestors AS MATERIALIZED (SELECT area_id, ancestor_id FROM ${ancestors}), wanted AS (${wanted}),
     held AS MATERIALIZED (
       SELECT v.area_id, ${counts.join(', ')} FROM economy.business_versions v JOIN economy.status_spans s ON s.district = v.district AND s.business_id = v.business_id
       WHERE ${heldSql(moment, on, parameters)} GROUP BY v.area_id)
     SELECT a.ancestor_id AS area_id, ${sums('held')} FROM wanted JOIN ancestors a USING (ancestor_id) LEFT JOIN held ON held.area_id = a.area_id GROUP BY 1
     ${touched ? '' : `UNION ALL SELECT NULL, ${sums('held')} FROM held`} ORDER BY 1 NULLS FIRST`,
    parameters.values,
  );
  return rows.map((row) => ({
    areaId: row.area_id,
    figures: formulas.map((formula, index) =>
      figureOf(formula, row[`f${index}`]!, listOf(moment, on, row.area_id, formula.id), language),
    ),
  }));
}

const sums = (table: string) =>
  formulas.map((_, index) => `COALESCE(sum(${table}.f${index}), 0)::bigint AS f${index}`).join(', ');

/** One formula for one area, or for the whole district. */
export async function figureFor(
  database: Database,
  moment: Moment,
  filter: BusinessFilter & { formula: string; on: string },
  language: 'vi' | 'en',
): Promise<Figure> {
  const value = await countBusinesses(database, moment, filter);
  const list = listOf(moment, filter.on, filter.areaId ?? null, filter.formula);
  return figureOf(formulaOf(filter.formula), value, list, language);
}

function figureOf(formula: Formula, value: number, list: string, language: 'vi' | 'en'): Figure {
  return {
    formula: formula.id,
    formulaVersion: formula.version,
    value,
    unit: formula.unit,
    numerator: value,
    denominator: null,
    list,
    explanation: formula.explanation[language],
  };
}

const listOf = (moment: Moment, on: string, areaId: string | null, formula: string) =>
  listAddress('/api/economy/businesses', moment, { areaId: areaId ?? undefined, on }, { formula });
