import sql, { empty, join, raw, type Sql } from 'sql-template-tag';
import type { Figure } from '#contracts/http.ts';
import type { Words } from '#contracts/words.ts';
import type { Database } from '#platform/database.ts';
import { bordersChanged, dividedBefore, namesOfAreas, readAreaChanges } from '../district/area-changes.ts';
import { topArea } from '../district/conditions.ts';
import type { Moment } from '../district/moment.ts';

/** One number, one definition: list, map, total, figures and announcements all count the rows for which `condition` holds. */
export interface Formula {
  id: string;
  version: number;
  unit: string;
  explanation: Words;
  /** SQL condition on a row, looked at from the moment. */
  condition: (moment: Moment) => Sql;
}

export type Language = keyof Words;

export interface AreaFigures {
  /** null: the whole district, with what lies in no area. */
  areaId: string | null;
  figures: Figure[];
}

/** Ids of formulas, as a query parameter wants them. */
export const idsOf = (formulas: readonly Formula[]) => formulas.map(({ id }) => id) as [string, ...string[]];

/** @throws RangeError for an id that no formula has */
export function formulaOf(formulas: readonly Formula[], id: string): Formula {
  const formula = formulas.find((one) => one.id === id);
  if (!formula) throw new RangeError(`"${id}" is no formula; known: ${idsOf(formulas).join(', ')}`);
  return formula;
}

/**
 * Every formula for areas. Rows are counted by their own area first, and those sums go up to the areas above. `touched` narrows to those areas and
 * everything above them; without it all areas are answered, zeros included, and the whole district first. What lies in no known area counts in the top one,
 * which therefore belongs to every answer. Of an area that was made of parts of others nothing is known where one of those has rows that a formula counts: nobody published which
 * of them lie in which part.
 */
export async function readFigures(
  database: Database,
  moment: Moment,
  counted: {
    formulas: readonly Formula[];
    /** From where the formulas look, when not from the moment: another day, say. */
    lookingFrom?: Moment;
    /** Rows `v` of the district with an area, known at the moment: what stands after FROM, and after WHERE. */
    from: Sql;
    known: Sql;
    /** Address of the rows that a formula counts in an area; null: in the whole district. */
    listOf: (areaId: string | null, formula: string) => string;
  },
  language: Language,
  touched?: readonly string[],
): Promise<AreaFigures[]> {
  const { formulas, from, known, lookingFrom = moment } = counted;
  const named = (index: number) => raw(`f${index}`);
  const counts = formulas.map(
    ({ condition }, index) => sql`count(*) FILTER (WHERE ${condition(lookingFrom)}) AS ${named(index)}`,
  );
  const sums = join(
    formulas.map((_, index) => sql`COALESCE(sum(held.${named(index)}), 0)::bigint AS ${named(index)}`),
    ', ',
  );
  const wanted = touched
    ? sql`SELECT ancestor_id FROM ancestors WHERE area_id = ANY(${touched}::text[]) UNION SELECT area_id FROM top WHERE area_id IS NOT NULL`
    : sql`SELECT area_id AS ancestor_id FROM ancestors WHERE area_id = ancestor_id`;
  const whole = touched ? empty : sql`UNION ALL SELECT NULL, ${sums} FROM held`;
  const { rows } = await database.query<Record<`f${number}`, number> & { area_id: string | null }>(
    sql`WITH ancestors AS MATERIALIZED (
       SELECT area_id, ancestor_id FROM geography.ancestors_at(${moment.district}, ${moment.now}::timestamptz, ${moment.day}::date)),
     top AS MATERIALIZED (SELECT ${topArea(moment)} AS area_id),
     wanted AS (${wanted}),
     held AS MATERIALIZED (
       SELECT CASE WHEN v.area_id IN (SELECT area_id FROM ancestors) THEN v.area_id ELSE (SELECT area_id FROM top) END AS area_id, ${join(counts, ', ')}
       FROM ${from} WHERE ${known} GROUP BY 1)
     SELECT a.ancestor_id AS area_id, ${sums} FROM wanted JOIN ancestors a USING (ancestor_id) LEFT JOIN held ON held.area_id = a.area_id GROUP BY 1
     ${whole} ORDER BY 1 NULLS FIRST`,
  );
  const divisionOf = await readDivisions(database, moment, { from, known, counts });
  return rows.map(({ area_id: areaId, ...row }) => {
    const division = divisionOf(areaId);
    return {
      areaId,
      figures: formulas.map((formula, index) => {
        const figure = figureOf(formula, row[`f${index}`]!, counted.listOf(areaId, formula.id), language);
        if (!division || division.counts[index] === 0) return figure;
        const note = bordersChanged(division.names);
        return { ...figure, value: null, numerator: null, reason: 'borders-changed', note };
      }),
    };
  });
}

/** Of an area that was made of parts of others: their names, and how many of their rows each formula counts. */
type DivisionOf = (areaId: string | null) => { names: string[]; counts: number[] } | undefined;

async function readDivisions(
  database: Database,
  moment: Moment,
  { from, known, counts }: { from: Sql; known: Sql; counts: Sql[] },
): Promise<DivisionOf> {
  const changes = await readAreaChanges(database, moment);
  const divided = [...new Set([...changes.values()].flatMap((change) => change.divided))];
  if (divided.length === 0) return () => undefined;
  const [names, { rows }] = [
    await namesOfAreas(database, moment),
    await database.query<Record<`f${number}`, number> & { area_id: string }>(
      sql`SELECT v.area_id, ${join(counts, ', ')} FROM ${from} WHERE ${known} AND v.area_id = ANY(${divided}::text[]) GROUP BY 1`,
    ),
  ];
  const byArea = new Map(rows.map((row) => [row.area_id, row]));
  return (areaId) => {
    const parts = areaId === null ? [] : dividedBefore(changes, areaId);
    if (parts.length === 0) return undefined;
    return {
      names: parts.map((part) => names.get(part) ?? part),
      counts: counts.map((_, index) =>
        parts.reduce((sum, part) => sum + Number(byArea.get(part)?.[`f${index}`] ?? 0), 0),
      ),
    };
  };
}

/** A count as a figure. */
export const figureOf = (formula: Formula, value: number, list: string, language: Language): Figure => ({
  formula: formula.id,
  formulaVersion: formula.version,
  value,
  unit: formula.unit,
  numerator: value,
  denominator: null,
  list,
  explanation: formula.explanation[language],
});
