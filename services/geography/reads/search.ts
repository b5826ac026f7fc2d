import type { Database } from '#platform/database.ts';
import { bareName, plainName } from '../plain-name.ts';
import type { PlaceMoment } from './moment.ts';
import { type NamedPlace, type RankedPlace, rankNames } from './rank-names.ts';

export interface Found extends NamedPlace, RankedPlace {
  similarity: number;
  level: string | null;
  parentId: string | null;
  /** Names above it, nearest first: tells two of a name apart. */
  within: string[];
  lon: number | null;
  lat: number | null;
}

/** Places by name, with, without or with wrong accents, or nearly so (trigrams). */
export async function searchPlaces(
  database: Database,
  moment: PlaceMoment,
  query: string,
  limit: number,
): Promise<{ ambiguous: boolean; candidates: Found[] }> {
  const plain = plainName(query);
  if (!plain) return { ambiguous: false, candidates: [] };
  const { rows } = await database.query<Omit<Found, 'match' | 'score'>>(
    `WITH named AS (
       SELECT area_id AS id, 'area' AS kind, level, parent_id AS "parentId", name, name_plain, label AS at FROM geography.area_versions
       WHERE district = $1 AND known_at <= $2 AND known_until > $2 AND valid_from <= $3 AND valid_until > $3
       UNION ALL
       SELECT feature_id, kind, NULL, NULL, name, name_plain, ST_PointOnSurface(geom) FROM geography.map_features
       WHERE kind <> 'surrounding' AND district = $1 AND known_at <= $2 AND known_until > $2
     )
     SELECT id, kind, level, "parentId", name, name_plain AS "namePlain", greatest(similarity(name_plain, $4), 0.9 * word_similarity($5, name_plain)) AS similarity, round(ST_X(at)::numeric, 6) AS lon, round(ST_Y(at)::numeric, 6) AS lat,
       ARRAY(WITH RECURSIVE above AS (
         SELECT a.area_id, a.parent_id, a.name, 1 AS step FROM named n JOIN geography.areas_at($1, $2, $3) a ON a.area_id = named."parentId" WHERE n.id = named.id
         UNION ALL
         SELECT a.area_id, a.parent_id, a.name, step + 1 FROM above JOIN geography.areas_at($1, $2, $3) a ON a.area_id = above.parent_id WHERE step < 8)
       SELECT name FROM above ORDER BY step) AS within
     FROM named
     WHERE name_plain LIKE '%' || replace(replace($5, '%', ''), '_', '') || '%' OR similarity(name_plain, $4) > 0.3 OR word_similarity($5, name_plain) > 0.5
     ORDER BY name_plain = $4 DESC, name_plain LIKE '% ' || $5 DESC, similarity(name_plain, $4) DESC, id LIMIT 60`,
    [moment.district, moment.knownAt, moment.day, plain, bareName(plain)],
  );
  const ranked = rankNames(query, rows);
  return { ...ranked, candidates: ranked.candidates.slice(0, limit) };
}
