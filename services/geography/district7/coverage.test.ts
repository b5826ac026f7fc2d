import * as turf from '@turf/turf';
import type { MultiPolygon, Polygon } from 'geojson';
import { describe, expect, it } from 'vitest';
import { openRing } from './closed-ring.ts';
import { type Area, loadDistrict7Pack } from './pack.ts';
import { type Ring, signedArea, type Vertex } from './planar.ts';

const pack = loadDistrict7Pack();
const ringOf = (area: Area) => openRing(area.geometry.coordinates[0]![0]!);
const ringsAt = (level: Area['level']) => pack.areas.filter((area) => area.level === level).map(ringOf);

/**
 * Edges of a set of rings, each with how often it is run in its own direction and back. In a coverage with shared
 * vertices each inner edge is run once each way, and what is left, run one way only, is the outline.
 */
function outlineEdges(rings: Ring[]): { outline: Map<string, Vertex[]>; doubled: number } {
  const edges = new Map<string, Vertex[]>();
  let doubled = 0;
  for (const ring of rings) {
    ring.forEach((from, i) => {
      const to = ring[(i + 1) % ring.length]!;
      if (edges.has(`${from}>${to}`)) doubled++;
      edges.set(`${from}>${to}`, [from, to]);
    });
  }
  const outline = new Map([...edges].filter(([, [from, to]]) => !edges.has(`${to}>${from}`)));
  return { outline, doubled };
}

function isOneLoop(edges: Map<string, Vertex[]>): boolean {
  const next = new Map([...edges.values()].map(([from, to]) => [String(from), String(to)]));
  if (next.size !== edges.size) return false;
  const start = [...next.keys()][0]!;
  let at = next.get(start);
  let steps = 1;
  while (at !== undefined && at !== start && steps <= next.size) {
    at = next.get(at);
    steps++;
  }
  return at === start && steps === next.size;
}

describe('outlines', () => {
  it('are closed, simple and counter-clockwise', () => {
    for (const area of pack.areas) {
      const positions = area.geometry.coordinates[0]![0]!;
      expect(positions.length).toBeGreaterThanOrEqual(4);
      expect(positions.at(-1)).toEqual(positions[0]);
      expect(signedArea(ringOf(area)), area.id).toBeGreaterThan(0);
      expect(turf.kinks(area.geometry).features, area.id).toHaveLength(0);
      expect(new Set(positions.map(String)).size, area.id).toBe(positions.length - 1);
    }
  });

  it('of wards leave no gap and no overlap', () => {
    const { outline, doubled } = outlineEdges(ringsAt('ward'));
    expect(doubled).toBe(0);
    expect(isOneLoop(outline)).toBe(true);
    expect([...outline.keys()].sort()).toEqual([...outlineEdges(ringsAt('district')).outline.keys()].sort());
  });

  it('of neighbourhoods leave no gap and no overlap, also across ward borders', () => {
    const { outline, doubled } = outlineEdges(ringsAt('neighbourhood'));
    expect(doubled).toBe(0);
    expect(isOneLoop(outline)).toBe(true);
  });

  it('of neighbourhoods sum to their ward', () => {
    for (const ward of pack.areas.filter((area) => area.level === 'ward')) {
      const cells = pack.areas.filter((area) => area.parentId === ward.id);
      const total = cells.reduce((sum, cell) => sum + signedArea(ringOf(cell)), 0);
      expect(Math.abs(total / signedArea(ringOf(ward)) - 1), ward.id).toBeLessThan(1e-9);
    }
  });

  it('lie in the bounding box that district.json states, which is the tightest', () => {
    const box = turf.bbox(pack.areas[0]!.geometry);
    expect(box).toEqual(pack.district.bbox);
  });
});

describe('other drawings', () => {
  it('have simple river and zone outlines, and lines of two points or more', () => {
    for (const { id, geometry } of [...pack.waterways, ...pack.planningZones, ...pack.roads]) {
      if (geometry.type === 'LineString') expect(geometry.coordinates.length, id).toBeGreaterThanOrEqual(2);
      else expect(turf.kinks(geometry).features, id).toHaveLength(0);
    }
  });

  it('keep every planning zone within the district and apart from the others', () => {
    const zones = pack.planningZones.map((zone) => turf.feature<Polygon | MultiPolygon>(zone.geometry));
    const district = turf.feature<Polygon | MultiPolygon>(pack.areas[0]!.geometry);
    zones.forEach((zone, i) => {
      expect(turf.difference(turf.featureCollection([zone, district])), pack.planningZones[i]!.id).toBeNull();
      for (const other of zones.slice(i + 1)) {
        expect(turf.intersect(turf.featureCollection([zone, other])), pack.planningZones[i]!.id).toBeNull();
      }
    });
  });

  it('give each waterway a width and a protected strip in metres', () => {
    for (const { id, widthMetres, bufferMetres } of pack.waterways) {
      expect(widthMetres, id).toBeGreaterThanOrEqual(5);
      expect(bufferMetres, id).toBeGreaterThanOrEqual(10);
    }
  });

  it('keep the wide rivers off the land but for the touch of the bank', () => {
    const district = turf.feature<Polygon | MultiPolygon>(pack.areas[0]!.geometry);
    for (const { id, geometry } of pack.waterways) {
      if (geometry.type !== 'Polygon') continue;
      const overlap = turf.intersect(
        turf.featureCollection([turf.feature<Polygon | MultiPolygon>(geometry), district]),
      );
      expect(overlap ? turf.area(overlap) : 0, id).toBeLessThan(1);
    }
  });
});
