import { type PointFeed, pointFeeds } from '#contracts/feeds.ts';
import type { Database } from '#platform/database.ts';
import { readDistricts } from '../reads/districts.ts';

/** What a collection holds: areas of a level, map features of a kind, or the points of a feed whose data are public. */
export type CollectionKind =
  | { table: 'areas'; level: string }
  | { table: 'map-features'; kind: string }
  | { table: 'points'; feed: PointFeed };

export interface Collection {
  /** `q7.ward`: a district's id has no dot. */
  id: string;
  district: string;
  timeZone: string;
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
};

/** Feeds that are published as collections: public data only. */
const publishedFeeds = () =>
  pointFeeds().filter(({ points }) => points.collection !== undefined && points.dataClass === 'public');

/** Every collection there is something in, of every district. */
export async function readCollections(database: Database): Promise<Collection[]> {
  const districts = await readDistricts(database);
  const published = publishedFeeds();
  const { rows } = await database.query<{ district: string; name: string; source: CollectionKind['table'] }>(
    `SELECT DISTINCT district, level AS name, 'areas' AS source FROM geography.area_versions WHERE known_until = 'infinity'
     UNION SELECT DISTINCT district, kind, 'map-features' FROM geography.map_features WHERE known_until = 'infinity' AND kind <> 'surrounding'
     UNION SELECT d.district, layer, 'points' FROM geography.districts d CROSS JOIN unnest($1::text[]) AS layer
       WHERE EXISTS (SELECT 1 FROM geography.points p WHERE p.district = d.district AND p.layer = layer AND z_order IS NOT NULL)`,
    [published.map(({ name }) => name)],
  );
  const order = [...Object.keys(titles), ...published.map(({ name }) => name)];
  return districts.flatMap((district) =>
    rows
      .filter((row) => row.district === district.district)
      .sort((a, b) => order.indexOf(a.name) - order.indexOf(b.name))
      .map(({ name, source }): Collection => {
        const { kind, id, title, description } = described(name, source, published);
        return {
          id: `${district.district}.${id}`,
          district: district.district,
          timeZone: district.timeZone,
          kind,
          title: `${district.name}: ${title}${district.exercise ? ' (exercise)' : ''}`,
          description,
          bbox: district.bbox,
          interval: source === 'areas' ? [null, null] : null,
        };
      }),
  );
}

function described(
  name: string,
  source: CollectionKind['table'],
  published: PointFeed[],
): { kind: CollectionKind; id: string; title: string; description: string } {
  const feed = source === 'points' ? published.find((candidate) => candidate.name === name) : undefined;
  if (feed) return { kind: { table: 'points', feed }, ...feed.points.collection! };
  const [title, description] = titles[name] ?? [name, ''];
  const kind: CollectionKind =
    source === 'areas' ? { table: 'areas', level: name } : { table: 'map-features', kind: name };
  return { kind, id: name, title, description };
}
