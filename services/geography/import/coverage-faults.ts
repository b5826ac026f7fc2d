import type { Transaction } from '#platform/database.ts';
import type { AreaImportReport } from './report.ts';

type Faults = Pick<AreaImportReport, 'overlaps' | 'gaps' | 'slivers'>;

/**
 * Where the areas in `incoming_areas` lie on each other, and what ground they enclose without covering it. Faults of less than
 * `toleranceM2` are counted and not told one by one.
 */
export async function findCoverageFaults(transaction: Transaction, toleranceM2: number): Promise<Faults> {
  const { rows: overlaps } = await transaction.query<{ a: string; b: string; m2: number }>(
    `SELECT a.id AS a, b.id AS b, m2 FROM incoming_areas a JOIN incoming_areas b ON a.id < b.id AND a.geom && b.geom AND ST_Intersects(a.geom, b.geom)
     CROSS JOIN LATERAL (SELECT ST_Area(ST_CollectionExtract(ST_Intersection(a.geom, b.geom), 3)::geography) AS m2) shared
     WHERE m2 > 0 ORDER BY m2 DESC, a.id, b.id`,
  );
  const { rows: gaps } = await transaction.query<{ near: string[]; m2: number }>(
    `WITH whole AS MATERIALIZED (SELECT (ST_Dump(ST_Union(geom))).geom FROM incoming_areas),
     holes AS MATERIALIZED (SELECT ST_MakePolygon(ST_ExteriorRing(ring.geom)) AS geom FROM whole CROSS JOIN LATERAL ST_DumpRings(geom) ring
                            WHERE ring.path[1] > 0)
     SELECT ST_Area(holes.geom::geography) AS m2,
       ARRAY(SELECT id FROM incoming_areas a WHERE a.geom && holes.geom AND ST_Intersects(a.geom, holes.geom) ORDER BY id) AS near
     FROM holes ORDER BY m2 DESC, near`,
  );
  const large = <Fault extends { m2: number }>(faults: Fault[]) => faults.filter(({ m2 }) => m2 > toleranceM2);
  return {
    overlaps: large(overlaps).map(({ a, b, m2 }) => ({ a, b, areaKm2: m2 / 1e6 })),
    gaps: large(gaps).map(({ near, m2 }) => ({ areaKm2: m2 / 1e6, near })),
    slivers: {
      overlaps: overlaps.length - large(overlaps).length,
      gaps: gaps.length - large(gaps).length,
      toleranceM2,
    },
  };
}
