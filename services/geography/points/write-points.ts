import type { Transaction } from '#platform/database.ts';
import type { WithBirths } from '../../district/births.ts';
import { readRegisters, writeRegisters } from '../../district/registers.ts';
import { type CellChanges, cellColumns } from './cell-changes.ts';
import type { PointDetails, PointState } from './point-state.ts';
import { zOrderOf } from './z-order.ts';

const columns = (points: PointState[]) => [
  points.map((point) => point.entity),
  points.map((point) => point.at?.x ?? null),
  points.map((point) => point.at?.y ?? null),
  points.map((point) => (point.at ? zOrderOf(point.at) : null)),
  points.map((point) => point.day),
  points.map((point) => point.dayIsFallback),
  points.map((point) => point.happenedAt),
  points.map((point) => point.category),
  points.map((point) => point.status),
  points.map((point) => point.statusSince),
  points.map((point) => point.firstSequence),
  points.map((point) => point.sequence),
  points.map((point) => point.order),
  points.map(logOf),
];

/** What a row says beside what its birth said: nearly always nothing. */
function logOf({ applied, isBorn, said, source }: PointState): string | null {
  if (isBorn && !said && !source && applied.length === 0) return null;
  // The source of a birth stands in place of what was said, until more was said.
  return JSON.stringify({ applied, isBorn, said: said ? writeRegisters(said) : (source ?? null) });
}

/** As `logOf` wrote it: registers are a list. */
const saidOf = (written: string | null): Pick<PointState, 'said' | 'source'> =>
  written === null
    ? {}
    : written.startsWith('[')
      ? { said: readRegisters<WithBirths<PointDetails>>(written) }
      : { source: written };

const incoming = `unnest($3::text[], $4::integer[], $5::integer[], $6::bigint[], $7::date[], $8::boolean[], $9::timestamptz[], $10::smallint[],
  $11::smallint[], $12::date[], $13::bigint[], $14::bigint[], $15::text[], $16::json[])
  AS t (entity, x, y, z_order, day, day_is_fallback, happened_at, category, status, status_since, first_sequence, sequence, birth_order, log)`;
const fromLog = {
  applied: `CASE WHEN t.log IS NULL THEN '{}' ELSE ARRAY(SELECT json_array_elements_text(t.log->'applied')) END`,
  isBorn: `coalesce((t.log->>'isBorn')::boolean, true)`,
  said: `t.log->>'said'`,
};

/** New entities; one that is there already stays as it is. Answers the entities that were new. */
export async function insertPoints(
  transaction: Transaction,
  district: string,
  layer: string,
  points: PointState[],
): Promise<Set<string>> {
  const { rows } = await transaction.query<{ entities: string[] | null }>(
    `WITH inserted AS (INSERT INTO geography.points (district, layer, entity, x, y, z_order, day, day_is_fallback, happened_at, category, status, status_since, first_sequence,
       sequence, applied, is_born, birth_order, said)
     SELECT $1, $2, entity, x, y, z_order, day, day_is_fallback, happened_at, category, status, status_since, first_sequence, sequence,
       ${fromLog.applied}, ${fromLog.isBorn}, birth_order, ${fromLog.said}
     FROM ${incoming} ON CONFLICT DO NOTHING RETURNING entity)
     SELECT CASE WHEN count(*) < cardinality($3) THEN coalesce(array_agg(entity), '{}') END AS entities FROM inserted`,
    [district, layer, ...columns(points)],
  );
  // Nearly always all are new, and their names need not come back.
  return new Set(rows[0]!.entities ?? points.map((point) => point.entity));
}

export async function updatePoints(
  transaction: Transaction,
  district: string,
  layer: string,
  points: PointState[],
): Promise<void> {
  await transaction.query(
    `UPDATE geography.points p SET x = t.x, y = t.y, z_order = t.z_order, day = t.day, day_is_fallback = t.day_is_fallback, happened_at = t.happened_at, category = t.category,
       status = t.status, status_since = t.status_since, sequence = t.sequence, first_sequence = t.first_sequence, is_born = ${fromLog.isBorn},
       birth_order = t.birth_order, said = ${fromLog.said}, applied = ${fromLog.applied}
     FROM ${incoming} WHERE p.district = $1 AND p.layer = $2 AND p.entity = t.entity`,
    [district, layer, ...columns(points)],
  );
}

export async function readPoints(
  transaction: Transaction,
  district: string,
  layer: string,
  entities: string[],
): Promise<Map<string, PointState>> {
  const { rows } = await transaction.query<
    Omit<PointState, 'said'> & { x: number | null; y: number; said: string | null }
  >(
    `SELECT entity, x, y, day, day_is_fallback AS "dayIsFallback", happened_at AS "happenedAt", category, status, status_since AS "statusSince", first_sequence AS "firstSequence",
       sequence, applied, is_born AS "isBorn", birth_order AS "order", said FROM geography.points WHERE district = $1 AND layer = $2 AND entity = ANY($3)`,
    [district, layer, entities],
  );
  return new Map(
    rows.map(({ x, y, said, ...row }) => [
      row.entity,
      {
        ...row,
        at: x === null ? null : { x, y },
        ...saidOf(said),
      },
    ]),
  );
}

const numbered = Array.from({ length: cellColumns }, (_, i) => `count_${i}`);
/** Adds to the counts of some categories; the others of a new cell are 0. */
const addCounts = (
  names: string[],
) => `INSERT INTO geography.point_cells AS c (district, layer, cell, ${names.join(', ')})
  SELECT $1, $2, * FROM unnest($3::bigint[], ${names.map((_, i) => `$${i + 4}::integer[]`).join(', ')})
  ON CONFLICT (district, layer, cell) DO UPDATE SET ${names.map((name) => `${name} = c.${name} + excluded.${name}`).join(', ')}`;
const dropEmpty = `DELETE FROM geography.point_cells WHERE district = $1 AND layer = $2 AND cell = ANY($3::bigint[])
  AND ${numbered.map((name) => `${name} = 0`).join(' AND ')}`;

export async function changeCells(
  transaction: Transaction,
  district: string,
  layer: string,
  changes: CellChanges,
): Promise<void> {
  const { cells, counts } = changes.columns();
  if (!cells.length) return;
  const touched = numbered.filter((_, i) => counts[i]!.some((count) => count !== 0));
  const values = counts.filter((column) => column.some((count) => count !== 0));
  await transaction.query(addCounts(touched), [district, layer, cells, ...values]);
  // A row of zeros would be the one trace of what batches the journal was read in.
  const lessened = cells.filter((_, i) => counts.some((column) => column[i]! < 0));
  if (lessened.length) await transaction.query(dropEmpty, [district, layer, lessened]);
}
