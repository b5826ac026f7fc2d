import { type Ring, signedArea, type Vertex } from './planar.ts';

/** A ring cut in two along one chord. Both halves run the way the ring ran and share the chord's two new vertices. */
export type Cut = { left: Ring; right: Ring };

type Crossing = { edge: number; along: number; vertex: Vertex };

/** Crossings nearer than this part of an edge to its end are refused: they would leave an edge of a few centimetres. */
const NEAREST_TO_VERTEX = 0.02;

/**
 * Every way to cut a simple ring in two along the line through `point` with direction `angleRadians`. On a concave ring
 * a line has several chords inside; each chord alone cuts the ring into exactly two simple rings, so the pieces stay
 * connected. Returns nothing when the line misses the ring or passes too near to a vertex.
 */
export function cutsAlongLine(ring: Ring, point: Vertex, angleRadians: number): Cut[] {
  const directionX = Math.cos(angleRadians);
  const directionY = Math.sin(angleRadians);
  const heights = ring.map(([x, y]) => (y - point[1]) * directionX - (x - point[0]) * directionY);
  const crossings: Crossing[] = [];
  for (let edge = 0; edge < ring.length; edge++) {
    const a = ring[edge]!;
    const b = ring[(edge + 1) % ring.length]!;
    const before = heights[edge]!;
    const after = heights[(edge + 1) % ring.length]!;
    if (before > 0 === after > 0) continue;
    const along = before / (before - after);
    if (along < NEAREST_TO_VERTEX || along > 1 - NEAREST_TO_VERTEX) return [];
    crossings.push({ edge, along, vertex: [a[0] + along * (b[0] - a[0]), a[1] + along * (b[1] - a[1])] });
  }
  const along = ({ vertex }: Crossing) => (vertex[0] - point[0]) * directionX + (vertex[1] - point[1]) * directionY;
  crossings.sort((a, b) => along(a) - along(b));
  const cuts: Cut[] = [];
  // Sorted along the line, crossings alternate between entering and leaving, so each even pair spans the inside.
  for (let i = 0; i + 1 < crossings.length; i += 2) cuts.push(cutBetween(ring, crossings[i]!, crossings[i + 1]!));
  return cuts;
}

function cutBetween(ring: Ring, first: Crossing, second: Crossing): Cut {
  const [low, high] = first.edge < second.edge ? [first, second] : [second, first];
  const between = ring.slice(low.edge + 1, high.edge + 1);
  const around = [...ring.slice(high.edge + 1), ...ring.slice(0, low.edge + 1)];
  return { left: [low.vertex, ...between, high.vertex], right: [high.vertex, ...around, low.vertex] };
}

/** The part of the ring's area that a cut gives to its left piece, between 0 and 1. */
export function leftShare(cut: Cut): number {
  const left = Math.abs(signedArea(cut.left));
  return left / (left + Math.abs(signedArea(cut.right)));
}
