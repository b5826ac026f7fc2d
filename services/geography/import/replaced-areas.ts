import type { Words } from '#contracts/words.ts';
import type { Database } from '#platform/database.ts';
import type { AreaRevision } from './import-areas.ts';

/** An area that lies on ground of the new layer and is not in it. Shares are parts of its own ground, 0 to 1. */
export interface ReplacedArea {
  areaId: string;
  name: string;
  level: AreaRevision['level'];
  coveredShare: number;
  successors: { areaId: string; share: number }[];
}

export interface Replacement {
  /** End the day before the new borders hold. */
  ended: ReplacedArea[];
  /** Covered in part: people have to say whether they end or stay. */
  unclear: ReplacedArea[];
  /** Areas below an ended one, and the area above them from now on. */
  moved: { areaId: string; name: string; parentId: string }[];
  /** The events of it. */
  revisions: AreaRevision[];
}

/** Covered so far: the area is replaced, what is left are slivers between two surveys. */
const replacedShare = 0.95;
/** Covered no further: the new layer only touches it. */
const touchedShare = 0.05;

/** What people said of areas that the layer covers in part. */
export interface SaidOfAreas {
  ends: readonly string[];
  keeps: readonly string[];
}

/**
 * Which of the known areas a new layer replaces. A layer of a level lies where others of that level lay: an area that it does not name and covers
 * (95 %) ends, one that it covers in part is asked about, one that it does not cover stays. So a file of three corrected wards ends none of the other seven,
 * and a reform leaves no old ward beside the new ones. An area that holds from the same day or later would vanish altogether: that is asked about too.
 *
 * @param areas of the file, with those joined from them
 */
export async function replacedAreas(
  database: Database,
  district: string,
  areas: readonly AreaRevision[],
  validFrom: string,
  { ends, keeps }: SaidOfAreas,
): Promise<Replacement> {
  const drawn = areas.filter(({ geometry }) => geometry !== null);
  const { rows } = await database.query<
    ReplacedArea & { parentId: string | null; code: string | null; vanishes: boolean }
  >(
    `WITH incoming AS MATERIALIZED (
       SELECT id, level, ST_MakeValid(ST_SetSRID(ST_GeomFromGeoJSON(geojson), 4326)) AS geom FROM unnest($3::text[], $4::text[], $5::text[]) AS t (id, level, geojson)),
     old AS MATERIALIZED (
       SELECT area_id, parent_id, level, name, code, geom, valid_from >= $2::date AS vanishes FROM geography.area_versions
       WHERE district = $1 AND known_until = 'infinity' AND valid_from <= $2::date AND valid_until > $2::date AND geom IS NOT NULL
         AND area_id <> ALL($3::text[]) AND level IN (SELECT level FROM incoming)),
     shares AS MATERIALIZED (
       SELECT old.area_id, incoming.id, least(1, ST_Area(ST_Intersection(old.geom, incoming.geom)::geography) / nullif(ST_Area(old.geom::geography), 0)) AS share
       FROM old JOIN incoming ON incoming.level = old.level AND ST_Intersects(old.geom, incoming.geom)),
     -- Of all together: new areas that lie on each other cover their ground once.
     covered AS MATERIALIZED (
       SELECT old.area_id, least(1, ST_Area(ST_Intersection(old.geom, ST_Union(incoming.geom))::geography) / nullif(ST_Area(old.geom::geography), 0)) AS "coveredShare"
       FROM old JOIN incoming ON incoming.level = old.level AND ST_Intersects(old.geom, incoming.geom) GROUP BY old.area_id, old.geom)
     SELECT area_id AS "areaId", parent_id AS "parentId", level, name, code, vanishes, "coveredShare",
       json_agg(json_build_object('areaId', id, 'share', round(share::numeric, 4)) ORDER BY share DESC, id) FILTER (WHERE share >= 0.0001) AS successors
     FROM old JOIN shares USING (area_id) JOIN covered USING (area_id) WHERE "coveredShare" > $6 GROUP BY area_id, parent_id, level, name, code, vanishes, "coveredShare" ORDER BY level, area_id`,
    [
      district,
      validFrom,
      drawn.map(({ areaId }) => areaId),
      drawn.map(({ level }) => level),
      drawn.map(({ geometry }) => JSON.stringify(geometry)),
      touchedShare,
    ],
  );
  const isEnded = (area: (typeof rows)[number]) =>
    ends.includes(area.areaId) ||
    (area.coveredShare >= replacedShare && !area.vanishes && !keeps.includes(area.areaId));
  const ended = rows.filter(isEnded);
  const unclear = rows.filter((area) => !isEnded(area) && !keeps.includes(area.areaId));
  const below = await areasBelow(
    database,
    district,
    ended.map(({ areaId }) => areaId),
    areas,
    validFrom,
  );
  return {
    ended: ended.map(told),
    unclear: unclear.map(told),
    moved: below.map(({ areaId, name, parentId }) => ({ areaId, name, parentId: parentId! })),
    revisions: [
      ...ended.map(
        ({ areaId, parentId, level, name, code, successors }): AreaRevision => ({
          areaId,
          parentId,
          level,
          name,
          ...(code ? { code } : {}),
          validFrom,
          abolished: true,
          geometry: null,
          successors,
        }),
      ),
      ...below,
    ],
  };
}

const told = ({ areaId, name, level, coveredShare, successors }: ReplacedArea): ReplacedArea => ({
  areaId,
  name,
  level,
  coveredShare: Math.round(coveredShare * 1000) / 1000,
  successors,
});

/** Areas whose parent ends and that stay: from the day on they belong to the new area of the parent's level on which most of them lies. */
async function areasBelow(
  database: Database,
  district: string,
  ended: readonly string[],
  areas: readonly AreaRevision[],
  validFrom: string,
): Promise<AreaRevision[]> {
  if (ended.length === 0) return [];
  const drawn = areas.filter(({ geometry }) => geometry !== null);
  const { rows } = await database.query<
    AreaRevision & { code: string | null; nameEnglish: string | null; source: string | null }
  >(
    `WITH incoming AS MATERIALIZED (
       SELECT id, level, ST_MakeValid(ST_SetSRID(ST_GeomFromGeoJSON(geojson), 4326)) AS geom FROM unnest($3::text[], $4::text[], $5::text[]) AS t (id, level, geojson)),
     held AS (SELECT * FROM geography.area_versions WHERE district = $1 AND known_until = 'infinity' AND valid_from <= $2::date AND valid_until > $2::date)
     SELECT child.area_id AS "areaId", above.id AS "parentId", child.level, child.name, child.name_english AS "nameEnglish", child.code,
       child.estimated, child.source, ST_AsGeoJSON(child.geom, 9)::json AS geometry
     FROM held AS child JOIN held AS parent ON parent.area_id = child.parent_id CROSS JOIN LATERAL (
       SELECT id FROM incoming WHERE incoming.level = parent.level AND ST_Intersects(incoming.geom, child.geom)
       ORDER BY ST_Area(ST_Intersection(incoming.geom, child.geom)) DESC, id LIMIT 1) AS above
     WHERE child.parent_id = ANY($6) AND child.area_id <> ALL($3::text[]) AND child.area_id <> ALL($6) AND child.geom IS NOT NULL ORDER BY child.area_id`,
    [
      district,
      validFrom,
      drawn.map(({ areaId }) => areaId),
      drawn.map(({ level }) => level),
      drawn.map(({ geometry }) => JSON.stringify(geometry)),
      ended,
    ],
  );
  return rows.map(({ code, nameEnglish, source, ...area }) => ({
    ...area,
    validFrom,
    ...(code ? { code } : {}),
    ...(nameEnglish ? { nameEnglish } : {}),
    ...(source ? { source } : {}),
  }));
}

/** Ids of the areas that hold on a day, as known now. */
export async function knownAreas(database: Database, district: string, onDay: string): Promise<string[]> {
  const { rows } = await database.query<{ area_id: string }>(
    `SELECT area_id FROM geography.areas_at($1, '9999-01-01Z', $2::date)`,
    [district, onDay],
  );
  return rows.map(({ area_id }) => area_id);
}

/** What is asked of an area that is covered in part. */
export const askAbout = ({ areaId, name, coveredShare }: ReplacedArea): Words => {
  const share = Math.round(coveredShare * 100);
  return {
    vi: `lớp mới phủ ${share} % của “${name}” mà không nêu tên: hãy nói --ends ${areaId} (kết thúc) hoặc --keeps ${areaId} (còn hiệu lực)`,
    en: `the new layer covers ${share} % of “${name}” and does not name it: say --ends ${areaId} or --keeps ${areaId}`,
  };
};
