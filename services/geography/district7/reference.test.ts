/**
 * Against ward polygons of another origin (choisy/vietnam63, MIT, made a clean coverage), which are not in this
 * repository: they are looked for beside it, or where VX_SHARED says.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as turf from '@turf/turf';
import { parse } from 'csv-parse/sync';
import type { Feature, FeatureCollection, MultiPolygon, Polygon } from 'geojson';
import { describe, expect, it } from 'vitest';
import { type Area, loadDistrict7Pack } from './pack.ts';

type Real = Feature<Polygon | MultiPolygon, { name: string; gso_code: string }>;

const shared = process.env.VX_SHARED ?? join(import.meta.dirname, '../../../../shared');
const folder = join(shared, 'data/hcmc-wards');
const present = existsSync(join(folder, 'wards_district7_clean.geojson'));
if (!present) console.log('skipped: the reference wards are not at ../shared/data/hcmc-wards (set VX_SHARED)');

const LEAST_OVERLAP = 0.88;

describe.skipIf(!present)('the drawn wards against the reference', () => {
  // Vitest runs this body even when the tests are skipped, so nothing is read before a test asks.
  const read = (file: string) => readFileSync(join(folder, file), 'utf8');
  const wards = loadDistrict7Pack().areas.filter((area) => area.level === 'ward');
  const realWards = () => (JSON.parse(read('wards_district7_clean.geojson')) as FeatureCollection).features as Real[];
  const pairs = () => {
    const real = realWards();
    return wards.map((ward): [Area, Real] => {
      const match = real.find((item) => item.properties.gso_code === ward.gsoCode);
      if (!match) throw new Error(`reference: no ward of gso_code ${ward.gsoCode}`);
      return [ward, match];
    });
  };

  it('has the same code and name for each', () => {
    expect(realWards()).toHaveLength(10);
    for (const [ward, match] of pairs()) expect(ward.name).toBe(match.properties.name);
  });

  it(`overlaps each with intersection over union >= ${LEAST_OVERLAP}`, () => {
    for (const [ward, match] of pairs()) {
      const both = turf.featureCollection<Polygon | MultiPolygon>([turf.feature(ward.geometry), match]);
      const ratio = turf.area(turf.intersect(both)!) / turf.area(turf.union(both)!);
      expect(ratio, ward.id).toBeGreaterThanOrEqual(LEAST_OVERLAP);
    }
  });

  it('has the same total area within 3 %', () => {
    const ours = pairs().reduce((sum, [ward]) => sum + turf.area(ward.geometry), 0);
    const theirs = pairs().reduce((sum, [, match]) => sum + turf.area(match), 0);
    expect(Math.abs(ours / theirs - 1)).toBeLessThan(0.03);
  });

  it('has the same neighbours', () => {
    const rows: Record<string, string>[] = parse(read('district7_wards.csv'), { columns: true });
    const expected = new Map(rows.map((row) => [row.name!, row.neighbours!.split('; ').sort()]));
    for (const ward of wards) expect(neighboursOf(ward, wards), ward.name).toEqual(expected.get(ward.name));
  });

  it('is our own drawing: no vertex within 10 m of one of theirs', () => {
    const theirs = pairs().flatMap(([, match]) => turf.coordAll(match));
    for (const ward of wards) {
      for (const vertex of turf.coordAll(ward.geometry)) {
        const nearest = Math.min(...theirs.map((other) => turf.distance(vertex, other, { units: 'meters' })));
        expect(nearest, `${ward.id} ${vertex}`).toBeGreaterThan(10);
      }
    }
  });
});

/** Names of the wards that share an edge with this one; a shared corner is not enough. */
function neighboursOf(ward: Area, wards: Area[]): string[] {
  const edges = edgesOf(ward);
  return wards
    .filter(
      (other) => other !== ward && edgesOf(other).some(([from, to]) => edges.some(([a, b]) => a === to && b === from)),
    )
    .map((other) => other.name)
    .sort();
}

function edgesOf(ward: Area): [string, string][] {
  const positions = ward.geometry.coordinates[0]![0]!.map(String);
  return positions.slice(1).map((to, i) => [positions[i]!, to]);
}
