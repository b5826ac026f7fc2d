import type { Database } from '#platform/database.ts';
import { readDistricts } from '../reads/districts.ts';

/** What a collection holds: areas of a level, map features of a kind, or violations at public grain. */
export type CollectionKind =
  | { table: 'areas'; level: string }
  | { table: 'map-features'; kind: string }
  | { table: 'violations' };

export interface Collection {
  /** `q7.ward`: a district's id has no dot. */
  id: string;
  district: string;
  kind: CollectionKind;
  title: string;
  description: string;
  /** [west, south, east, north], degrees; null: nothing known. */
  bbox: [number, number, number, number] | null;
  /** First and last moment, RFC 3339; null: open. */
  interval: [string | null, string | null] | null;
}

const titles: Record<string, [string, string]> = {
  district: ['district', 'outline of the district as it holds on a day (datetime)'],
  ward: ['wards (phường)', 'outlines as they hold on a day (datetime)'],
  neighbourhood: ['neighbourhoods (tổ dân phố)', 'outlines as they hold on a day (datetime); see `estimated`'],
  waterway: ['waterways', 'rivers, canals and streams of the base map'],
  road: ['roads', 'main roads of the base map'],
  place: ['places', 'health stations and hospitals'],
  'planning-zone': ['planning zones', 'land use; see `verified`'],
  violation: ['violations', 'reported breaches of building and urban order: kind, state, day and place; no person'],
};

/** Every collection there is something in, of every district. */
export async function readCollections(database: Database): Promise<Collection[]> {
  const districts = await readDistricts(database);
  const { rows } = await database.query<{ district: string; kind: string; source: CollectionKind['table'] }>(
    `SELECT DISTINCT district, level AS kind, 'areas' AS source FROM geography.area_versions WHERE known_until = 'infinity'
     UNION SELECT DISTINCT district, kind, 'map-features' FROM geography.map_features WHERE known_until = 'infinity'
     UNION SELECT d.district, 'violation', 'violations' FROM geography.districts d
       WHERE EXISTS (SELECT 1 FROM geography.points p WHERE p.district = d.district AND p.layer = 'violations' AND z_order IS NOT NULL)`,
  );
  const order = Object.keys(titles);
  return districts.flatMap((district) =>
    rows
      .filter((row) => row.district === district.district)
      .sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind))
      .map(({ kind, source }): Collection => {
        const [title, description] = titles[kind] ?? [kind, ''];
        return {
          id: `${district.district}.${kind}`,
          district: district.district,
          kind:
            source === 'areas'
              ? { table: source, level: kind }
              : source === 'violations'
                ? { table: source }
                : { table: source, kind },
          title: `${district.name}: ${title}${district.exercise ? ' (exercise)' : ''}`,
          description,
          bbox: district.bbox,
          interval: source === 'areas' ? [null, null] : null,
        };
      }),
  );
}
