import { mulberry32, seedFromText } from '@vungxanh/ml/numerics';
import type { Polygon } from 'geojson';
import type { Area } from './pack-types.ts';
import { shareWhole } from './share-whole.ts';
import { type Subdivision, subdivideWard } from './subdivide.ts';

/** A tổ dân phố before its outline is joined to those of the wards next door. */
export type DrawnNeighbourhood = Omit<Area, 'geometry' | 'labelPoint'> & { outline: Polygon };

/** A tổ is made of about so many households, more or less, whatever its area: weights lie within 1 ± this. */
const SIZE_SPREAD = 0.25;

/**
 * Draw a ward's tổ dân phố: outlines by seeded subdivision, the ward's people and households shared over them as whole
 * numbers. Everything about them is estimated, and says so.
 *
 * @param ward the ward, with its outline
 * @param count how many tổ
 * @param seed the district's seed; each ward's own is derived from it and the ward's id
 */
export function drawNeighbourhoods(ward: Area, outline: Polygon, count: number, seed: number): DrawnNeighbourhood[] {
  const wardSeed = (seedFromText(ward.id) ^ seed) >>> 0;
  const random = mulberry32(wardSeed + 1);
  const weights = Array.from({ length: count }, () => 1 + SIZE_SPREAD * (2 * random() - 1));
  const people = shareWhole(ward.population, weights);
  const households = shareWhole(ward.households, weights);
  return subdivideWard(outline, count, wardSeed).map((cell: Subdivision, index) => ({
    id: `${ward.id}-to-${String(cell.properties.ordinal).padStart(2, '0')}`,
    level: 'neighbourhood',
    parentId: ward.id,
    gsoCode: null,
    name: `Tổ ${cell.properties.ordinal}, ${lowerFirst(ward.name)}`,
    nameAscii: `To ${cell.properties.ordinal}, ${lowerFirst(ward.nameAscii)}`,
    population: people[index]!,
    households: households[index]!,
    estimated: true,
    source: `seeded subdivision of ${ward.id}, seed ${wardSeed}; outline and figures invented`,
    outline: cell.geometry,
  }));
}

/** "Phường Tân Phú" inside a sentence is "phường Tân Phú". */
function lowerFirst(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}
