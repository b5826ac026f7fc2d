import * as turf from '@turf/turf';
import fc from 'fast-check';
import type { Polygon } from 'geojson';
import { describe, expect, it } from 'vitest';
import { closeRing, openRing } from './closed-ring.ts';
import { contains, labelPoint, type Ring, signedArea, type Vertex } from './planar.ts';
import { type Subdivision, subdivideWard } from './subdivide.ts';

const CENTRE: Vertex = [106.72, 10.73];
const polygonOf = (ring: Ring): Polygon => ({ type: 'Polygon', coordinates: [closeRing(ring)] });
const ringOf = (cell: Subdivision) => openRing(cell.geometry.coordinates[0]!);

/** Star-shaped outlines of ward size around a point, mostly concave, of either winding. */
const wardOutline = fc
  .tuple(fc.array(fc.double({ min: 0.3, max: 1, noNaN: true }), { minLength: 4, maxLength: 30 }), fc.boolean())
  .map(([radii, clockwise]): Ring => {
    const ring = radii.map((radius, i): Vertex => {
      const angle = (2 * Math.PI * i) / radii.length;
      return [CENTRE[0] + 0.02 * radius * Math.cos(angle), CENTRE[1] + 0.02 * radius * Math.sin(angle)];
    });
    return clockwise ? ring.toReversed() : ring;
  });
const count = fc.integer({ min: 1, max: 45 });
const seed = fc.integer({ min: 0, max: 2 ** 32 - 1 });

describe('subdivideWard', () => {
  it('gives the wanted number of counter-clockwise cells, numbered from 1, that sum to the ward', () => {
    fc.assert(
      fc.property(wardOutline, count, seed, (ring, wanted, start) => {
        const cells = subdivideWard(polygonOf(ring), wanted, start);
        expect(cells.map((cell) => cell.properties.ordinal)).toEqual(Array.from({ length: wanted }, (_, i) => i + 1));
        const areas = cells.map((cell) => signedArea(ringOf(cell)));
        expect(Math.min(...areas)).toBeGreaterThan(0);
        const total = areas.reduce((sum, area) => sum + area, 0);
        expect(Math.abs(total / Math.abs(signedArea(ring)) - 1)).toBeLessThan(1e-9);
      }),
      { numRuns: 60, seed: 7 },
    );
  });

  it('covers each point of the ward by exactly one cell, and none outside', () => {
    const unit = fc.double({ min: -1, max: 1, noNaN: true });
    fc.assert(
      fc.property(
        wardOutline,
        count,
        seed,
        fc.array(fc.tuple(unit, unit), { minLength: 40, maxLength: 40 }),
        (...given) => {
          const [ring, wanted, start, offsets] = given;
          const rings = subdivideWard(polygonOf(ring), wanted, start).map(ringOf);
          for (const [x, y] of offsets) {
            // An odd shift keeps sampled points off the outline's own vertices.
            const point: Vertex = [CENTRE[0] + 0.02 * x + 1.234567e-7, CENTRE[1] + 0.02 * y + 7.654321e-7];
            const holders = rings.filter((cell) => contains(cell, point)).length;
            expect(holders).toBe(contains(ring, point) ? 1 : 0);
          }
        },
      ),
      { numRuns: 60, seed: 7 },
    );
  });

  it('runs each inner edge once each way, so that neighbours share their vertices', () => {
    fc.assert(
      fc.property(wardOutline, count, seed, (ring, wanted, start) => {
        const edges = new Map<string, Vertex>();
        for (const cell of subdivideWard(polygonOf(ring), wanted, start).map(ringOf)) {
          cell.forEach((from, i) => {
            const to = cell[(i + 1) % cell.length]!;
            expect(edges.has(`${from}>${to}`)).toBe(false);
            edges.set(`${from}>${to}`, [(from[0] + to[0]) / 2, (from[1] + to[1]) / 2]);
          });
        }
        for (const [edge, middle] of edges) {
          const [from, to] = edge.split('>');
          if (!edges.has(`${to}>${from}`)) expect(distanceToOutline(middle, ring)).toBeLessThan(1e-9);
        }
      }),
      { numRuns: 60, seed: 7 },
    );
  });

  it('makes simple cells, each with a label point inside', () => {
    fc.assert(
      fc.property(wardOutline, count, seed, (ring, wanted, start) => {
        for (const cell of subdivideWard(polygonOf(ring), wanted, start)) {
          expect(turf.kinks(cell.geometry).features).toHaveLength(0);
          expect(contains(ringOf(cell), labelPoint(ringOf(cell)))).toBe(true);
        }
      }),
      { numRuns: 40, seed: 7 },
    );
  });

  it('repeats itself for a seed and differs for another', () => {
    const square = polygonOf([
      [0, 0],
      [1, 0],
      [1, 1],
      [0, 1],
    ]);
    expect(subdivideWard(square, 9, 1)).toEqual(subdivideWard(square, 9, 1));
    expect(subdivideWard(square, 9, 1)).not.toEqual(subdivideWard(square, 9, 2));
  });

  it('keeps cells of a square near to one size', () => {
    const cells = subdivideWard(
      polygonOf([
        [0, 0],
        [1, 0],
        [1, 1],
        [0, 1],
      ]),
      32,
      5,
    );
    const areas = cells.map((cell) => signedArea(ringOf(cell)));
    expect(Math.max(...areas) / Math.min(...areas)).toBeLessThan(2.5);
  });

  it('refuses a wrong count and a polygon with a hole, naming the bound', () => {
    const square = polygonOf([
      [0, 0],
      [1, 0],
      [1, 1],
      [0, 1],
    ]);
    expect(() => subdivideWard(square, 0, 1)).toThrow('count: 0 must be a whole number >= 1');
    expect(() => subdivideWard(square, 2.5, 1)).toThrow('count: 2.5');
    const holed: Polygon = { ...square, coordinates: [...square.coordinates, ...square.coordinates] };
    expect(() => subdivideWard(holed, 2, 1)).toThrow('2 rings, must be exactly 1');
  });
});

function distanceToOutline(point: Vertex, ring: Ring): number {
  return Math.min(
    ...ring.map((a, i) => {
      const b = ring[(i + 1) % ring.length]!;
      const length = Math.hypot(b[0] - a[0], b[1] - a[1]);
      const along = ((point[0] - a[0]) * (b[0] - a[0]) + (point[1] - a[1]) * (b[1] - a[1])) / length;
      const t = Math.min(Math.max(along / length, 0), 1);
      return Math.hypot(point[0] - a[0] - t * (b[0] - a[0]), point[1] - a[1] - t * (b[1] - a[1]));
    }),
  );
}
