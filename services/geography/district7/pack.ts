import type { MultiPolygon, Polygon } from 'geojson';
import { closeRing, openRing } from './closed-ring.ts';
import { drawNeighbourhoods } from './neighbourhoods.ts';
import { type PackFiles, readPackFiles, type WardRow } from './pack-files.ts';
import type { Area, DistrictPack } from './pack-types.ts';
import { labelPoint, type Ring } from './planar.ts';
import { shareWhole } from './share-whole.ts';
import { shareVertices } from './shared-vertices.ts';

export type * from './pack-types.ts';

/** District 7 as this folder draws it: read from its files, with the tổ dân phố drawn anew, the same each time. */
export function loadDistrict7Pack(): DistrictPack {
  return loadDistrictPack(import.meta.dirname);
}

/**
 * A district pack from any folder of the shape that README.md describes.
 *
 * @throws Error naming file and place when a file is missing or a value is wrong, or a ward has a line but no outline
 */
export function loadDistrictPack(folder: string): DistrictPack {
  const files = readPackFiles(folder);
  const wards = files.wards.map((row) => wardArea(row, files));
  const { ageGroups, waterways, surroundings, roads, places, planningZones } = files;
  return {
    district: files.district,
    areas: [districtArea(wards, files), ...wards, ...neighbourhoodAreas(wards, files)],
    ageGroups,
    waterways,
    surroundings,
    roads,
    places,
    planningZones,
  };
}

function districtArea(wards: Area[], files: PackFiles): Area {
  const { id, gsoCode, name, nameAscii } = files.district;
  return {
    id,
    level: 'district',
    parentId: null,
    gsoCode,
    name: name.vi,
    nameAscii,
    ...shape(openRing(files.districtOutline.coordinates[0]!)),
    population: wards.reduce((sum, ward) => sum + ward.population, 0),
    households: wards.reduce((sum, ward) => sum + ward.households, 0),
    // The sum is the census figure; its households are not published for the district.
    estimated: false,
    source: 'outline drawn for this pack; population of the 2019 census',
  };
}

function wardArea(row: WardRow, files: PackFiles): Area {
  const { id, gsoCode, name, nameAscii, population, households, estimated } = row;
  return {
    id,
    level: 'ward',
    parentId: files.district.id,
    gsoCode,
    name,
    nameAscii,
    ...shape(openRing(outlineOf(id, files).coordinates[0]!)),
    population,
    households,
    estimated,
    source: `outline drawn for this pack; population by method ${row.method}`,
  };
}

/** All tổ dân phố, sharing their vertices also across ward borders. */
function neighbourhoodAreas(wards: Area[], files: PackFiles): Area[] {
  const { neighbourhoodsWanted, neighbourhoodSeed } = files.district;
  const counts = shareWhole(
    neighbourhoodsWanted,
    wards.map((ward) => ward.population),
  );
  const drawn = wards.flatMap((ward, i) =>
    drawNeighbourhoods(ward, outlineOf(ward.id, files), counts[i]!, neighbourhoodSeed),
  );
  const rings = shareVertices(drawn.map(({ outline }) => openRing(outline.coordinates[0]!)));
  return drawn.map(({ outline: _, ...area }, i) => ({ ...area, ...shape(rings[i]!) }));
}

function outlineOf(wardId: string, files: PackFiles): Polygon {
  const outline = files.wardOutlines.get(wardId);
  if (!outline) throw new Error(`topology.json: no ward "${wardId}", which wards.csv lists`);
  return outline;
}

function shape(ring: Ring): { geometry: MultiPolygon; labelPoint: [number, number] } {
  const [longitude, latitude] = labelPoint(ring);
  return {
    geometry: { type: 'MultiPolygon', coordinates: [[closeRing(ring)]] },
    labelPoint: [longitude, latitude],
  };
}
