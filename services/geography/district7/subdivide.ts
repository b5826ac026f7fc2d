import { mulberry32 } from '@vungxanh/ml/numerics';
import type { Feature, Polygon } from 'geojson';
import { type Cut, cutsAlongLine, leftShare } from './chord.ts';
import { closeRing, openRing } from './closed-ring.ts';
import { centroid, compactness, contains, type Ring, signedArea, type Vertex } from './planar.ts';
import { shareVertices } from './shared-vertices.ts';

/** `ordinal` counts from 1; neighbours in number are mostly neighbours on the ground. */
export type Subdivision = Feature<Polygon, { ordinal: number }>;

const ANGLES = 12;
const OFFSETS = 15;
/** A piece may miss its share of the area by so much, so that cells are not all of one size, as real ones are not. */
const UNEVENNESS = 0.12;

/**
 * Divide a polygon without holes into `count` cells with no gap and no overlap, by cutting it in two along a chord again
 * and again. Neighbouring cells have the very same vertices on their common border. The same seed gives the same cells.
 *
 * The cells are invented: nobody publishes the outlines of tổ dân phố. They are compact, of roughly equal area, and
 * good for showing and aggregating, not for saying on which side of a lane a house lies.
 *
 * @param polygon degrees, WGS84, any winding; concave is fine
 * @param count whole number, 1 or more
 * @throws RangeError when the count is not such a number, the polygon has holes, or a piece cannot be cut any further
 */
export function subdivideWard(polygon: Polygon, count: number, seed: number): Subdivision[] {
  if (!Number.isInteger(count) || count < 1) throw new RangeError(`count: ${count} must be a whole number >= 1`);
  if (polygon.coordinates.length !== 1) {
    throw new RangeError(`polygon: ${polygon.coordinates.length} rings, must be exactly 1 (no holes)`);
  }
  const ring = openRing(polygon.coordinates[0]!);
  const outline = signedArea(ring) > 0 ? ring : ring.toReversed();
  const cells = divide(outline, count, mulberry32(seed));
  return shareVertices(cells).map((cell, index) => ({
    type: 'Feature',
    properties: { ordinal: index + 1 },
    geometry: { type: 'Polygon', coordinates: [closeRing(cell)] },
  }));
}

function divide(ring: Ring, count: number, random: () => number): Ring[] {
  if (count === 1) return [ring];
  const firstCount = count >> 1;
  const jitter = 1 + UNEVENNESS * (2 * random() - 1);
  const wantedShare = (firstCount / count) * (count === 2 ? jitter : 1);
  const [first, second] = bestCut(ring, wantedShare, random);
  return [...divide(first, firstCount, random), ...divide(second, count - firstCount, random)];
}

/** The cut, among lines in many directions, that is nearest to the wanted share and leaves the roundest pieces. */
function bestCut(ring: Ring, wantedShare: number, random: () => number): [Ring, Ring] {
  let best: [Ring, Ring] | undefined;
  let bestCost = Number.POSITIVE_INFINITY;
  const turn = random();
  for (let a = 0; a < ANGLES; a++) {
    const angle = ((a + turn) / ANGLES) * Math.PI;
    for (const through of pointsAcross(ring, angle, random())) {
      for (const cut of cutsAlongLine(ring, through, angle)) {
        for (const [pair, share] of orders(cut)) {
          const cost = costOf(pair, share, wantedShare);
          if (cost < bestCost) [best, bestCost] = [pair, cost];
        }
      }
    }
  }
  if (!best) throw new RangeError(`polygon: a piece of ${ring.length} vertices cannot be cut any further`);
  return best;
}

function orders(cut: Cut): [[Ring, Ring], number][] {
  const share = leftShare(cut);
  return [
    [[cut.left, cut.right], share],
    [[cut.right, cut.left], 1 - share],
  ];
}

function costOf([first, second]: [Ring, Ring], share: number, wantedShare: number): number {
  const missed = Math.abs(share - wantedShare) / Math.min(wantedShare, 1 - wantedShare);
  const roundness = Math.min(compactness(first), compactness(second));
  const hollow = [first, second].filter((piece) => !contains(piece, centroid(piece))).length;
  return 3 * missed * missed + (1 - roundness) + 2 * hollow;
}

/** Points whose lines of direction `angle` sweep over the ring from side to side. */
function pointsAcross(ring: Ring, angle: number, shift: number): Vertex[] {
  const normalX = -Math.sin(angle);
  const normalY = Math.cos(angle);
  const [x, y] = ring[0]!;
  const heights = ring.map((vertex) => (vertex[0] - x) * normalX + (vertex[1] - y) * normalY);
  const low = Math.min(...heights);
  const span = Math.max(...heights) - low;
  return Array.from({ length: OFFSETS }, (_, i) => {
    const height = low + (span * (i + shift)) / OFFSETS;
    return [x + height * normalX, y + height * normalY];
  });
}
