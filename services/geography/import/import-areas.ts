import type { MultiPolygon } from 'geojson';
import type { EventData } from '#contracts/catalogue.ts';
import { type Database, inTransaction, type Transaction } from '#platform/database.ts';
import { recogniseCoordinates } from './coordinates.ts';
import { findCoverageFaults } from './coverage-faults.ts';
import { guessMapping } from './guess-mapping.ts';
import { type AreaLevel, type NamedArea, nameArea } from './name-areas.ts';
import { readFeatures } from './read-features.ts';
import type { AreaImportReport, AreaMapping } from './report.ts';
import { checkRings, type Polygons } from './rings.ts';
import { shapeAreas } from './shape-areas.ts';

export type AreaRevision = EventData<'area-revised'>;

export interface AreaImportOptions {
  /** First day on which the borders hold, YYYY-MM-DD. */
  validFrom: string;
  /** Level of features that do not say theirs. */
  level?: AreaLevel;
  /** Properties that are known; the others are guessed. */
  mapping?: Partial<AreaMapping>;
  /** Coordinate system, such as "EPSG:32648"; left out: recognised. */
  crs?: string;
  /** Centre of the district, to recognise metres. */
  near?: { lon: number; lat: number };
  /** The area above those without a parent; its outline is joined from them when the file does not draw it. */
  root?: { areaId: string; name: string };
  /** Overlaps and gaps up to this are slivers, m². The default tells rounding from faults in the layers that we know. */
  toleranceM2?: number;
  /** Where the borders are from. */
  source?: string;
}

export interface AreaImport {
  report: AreaImportReport;
  /** Data of `area-revised`, parents before children. */
  areas: AreaRevision[];
  /** Place in the file's `features` of each area that it draws, by id. */
  indexes: ReadonlyMap<string, number>;
}

type Candidate = NamedArea & { index: number; polygons: Polygons };

/**
 * Reads a GeoJSON layer of areas: names each feature, checks rings, validity, overlaps, gaps and names, repairs what can be repaired and says
 * so, refuses the rest with its reason. Nothing is written: the database only computes.
 *
 * @throws Problem 422 when the file as a whole cannot be read
 */
export async function importAreas(database: Database, text: string, options: AreaImportOptions): Promise<AreaImport> {
  const collection = readFeatures(text);
  const mapping = guessMapping(collection.features, options.mapping);
  const coordinates = recogniseCoordinates(collection, options.crs, options.near);
  const refused: AreaImportReport['refused'] = [];
  const candidates: Candidate[] = [];
  const seen = new Map<string, number>();
  for (const feature of collection.features) {
    const { index } = feature;
    const named = nameArea(feature, mapping, options.level ?? 'ward');
    if ('reason' in named) {
      refused.push({ index, ...named });
      continue;
    }
    const { id, name } = named;
    const earlier = seen.get(id);
    const rings = checkRings(feature.geometry, coordinates.toWgs84);
    if (earlier !== undefined) refused.push({ index, id, name, reason: `has the id of feature ${earlier}` });
    else if ('reason' in rings) refused.push({ index, id, name, reason: rings.reason });
    else if (options.near && isFarOff(rings.polygons, options.near))
      refused.push({ index, id, name, reason: farOff(rings.polygons) });
    else {
      seen.set(id, index);
      const repairs = [...named.repairs, ...rings.repairs];
      candidates.push({ ...named, index, polygons: rings.polygons, repairs });
    }
  }
  return inTransaction(database, async (transaction) => {
    const shapes = await shapeAreas(transaction, candidates);
    const accepted: (Candidate & { geometry: MultiPolygon })[] = [];
    for (const [i, candidate] of candidates.entries()) {
      const { geometry, repair } = shapes[i]!;
      const { index, id, name } = candidate;
      if (!geometry) refused.push({ index, id, name, reason: `${repair ?? 'outline'}: no area is left` });
      else accepted.push({ ...candidate, geometry, repairs: [...candidate.repairs, ...(repair ? [repair] : [])] });
    }
    // Nested levels lie on each other by nature: faults are looked for among areas of the finest level.
    const faults = await withFinestLevel(transaction, accepted, () =>
      findCoverageFaults(transaction, options.toleranceM2 ?? 100),
    );
    const { parents, derivedParents } = await deriveParents(transaction, accepted, options);
    const report: AreaImportReport = {
      features: collection.features.length,
      accepted: accepted.length,
      refused: refused.sort((a, b) => (a.index ?? -1) - (b.index ?? -1)),
      repairs: accepted
        .filter((area) => area.repairs.length)
        .map(({ index, id, name, repairs }) => ({ index, id, name, what: repairs })),
      ...faults,
      duplicateNames: findDuplicateNames(accepted),
      derivedParents,
      // What the layer replaces is found by whoever knows the district.
      ended: [],
      unclear: [],
      moved: [],
      mapping,
      coordinates: { system: coordinates.system, how: coordinates.how },
    };
    const revisions = accepted.map((area) => revisionOf(area, options));
    const indexes = new Map(accepted.map(({ id, index }) => [id, index]));
    return { report, areas: [...parents, ...byLevel(revisions)], indexes };
  });
}

/** Some 330 km: a border that begins farther from the district's centre is not of the district. */
const reachDegrees = 3;

const beginning = (polygons: Polygons) => polygons[0]![0]![0]!;

function isFarOff(polygons: Polygons, near: { lon: number; lat: number }): boolean {
  const [lon, lat] = beginning(polygons);
  return Math.hypot((lon - near.lon) * Math.cos((near.lat * Math.PI) / 180), lat - near.lat) > reachDegrees;
}

const farOff = (polygons: Polygons) =>
  `begins at ${beginning(polygons).join(', ')}, more than ${reachDegrees} degrees from the centre of the district`;

const levelOrder: AreaLevel[] = ['district', 'ward', 'neighbourhood'];
const byLevel = (areas: AreaRevision[]) =>
  areas.toSorted((a, b) => levelOrder.indexOf(a.level) - levelOrder.indexOf(b.level));

async function withFinestLevel<Result>(
  transaction: Transaction,
  accepted: NamedArea[],
  work: () => Promise<Result>,
): Promise<Result> {
  const finest = levelOrder.findLast((level) => accepted.some((area) => area.level === level));
  const others = accepted.filter((area) => area.level !== finest).map(({ id }) => id);
  if (!others.length) return work();
  await transaction.query('SAVEPOINT finest');
  await transaction.query('DELETE FROM incoming_areas WHERE id = ANY($1)', [others]);
  const result = await work();
  await transaction.query('ROLLBACK TO SAVEPOINT finest');
  return result;
}

function revisionOf(area: Candidate & { geometry: MultiPolygon }, options: AreaImportOptions): AreaRevision {
  const parentId = area.parentId ?? (options.root && options.root.areaId !== area.id ? options.root.areaId : null);
  return {
    areaId: area.id,
    parentId,
    level: area.level,
    name: area.name,
    ...(area.code ? { code: area.code } : {}),
    validFrom: options.validFrom,
    geometry: area.geometry as AreaRevision['geometry'],
    ...(area.repairs.length ? { repairs: area.repairs.slice(0, 20).map((text) => text.slice(0, 300)) } : {}),
    ...(options.source ? { source: options.source } : {}),
  };
}

/** Parents that are named and not drawn, and the root: outlines joined from their parts, the root's from all. */
async function deriveParents(transaction: Transaction, accepted: Candidate[], options: AreaImportOptions) {
  const drawn = new Set(accepted.map(({ id }) => id));
  const partsOf = new Map<string, { name: string; parts: string[] }>();
  for (const area of accepted) {
    if (area.parentId === null || drawn.has(area.parentId)) continue;
    const entry = partsOf.get(area.parentId) ?? { name: area.parentName ?? area.parentId, parts: [] };
    entry.parts.push(area.id);
    partsOf.set(area.parentId, entry);
  }
  const { root } = options;
  const groups = [...partsOf].map(([id, { name, parts }]) => ({ id, name, parts, parentId: root?.areaId ?? null }));
  if (root && !drawn.has(root.areaId) && !partsOf.has(root.areaId))
    groups.unshift({ id: root.areaId, name: root.name, parts: [...drawn], parentId: null });
  const parents: AreaRevision[] = [];
  for (const { id, name, parts, parentId } of groups) {
    const { rows } = await transaction.query<{ geometry: AreaRevision['geometry'] }>(
      'SELECT ST_AsGeoJSON(ST_Multi(ST_CollectionExtract(ST_MakeValid(ST_Union(geom)), 3)), 9)::json AS geometry FROM incoming_areas WHERE id = ANY($1)',
      [parts],
    );
    parents.push({
      areaId: id,
      parentId,
      level: 'district',
      name,
      validFrom: options.validFrom,
      geometry: rows[0]!.geometry,
      repairs: [`outline joined from ${parts.length} parts`],
      ...(options.source ? { source: options.source } : {}),
    });
  }
  return { parents, derivedParents: groups.map(({ id, name, parts }) => ({ id, name, parts: parts.length })) };
}

function findDuplicateNames(areas: NamedArea[]): AreaImportReport['duplicateNames'] {
  return [...Map.groupBy(areas, (area) => area.name.toLowerCase()).values()]
    .filter((group) => group.length > 1)
    .map((group) => ({
      name: group[0]!.name,
      ids: group.map(({ id }) => id),
      sameParent: new Set(group.map(({ parentId }) => parentId)).size < group.length,
    }));
}
