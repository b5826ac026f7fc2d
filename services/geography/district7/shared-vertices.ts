import type { Ring, Vertex } from './planar.ts';

/** About a millimetre: a cut's end, computed once, lies this near to the edge it was put on, and nothing else does. */
const ON_EDGE_DEGREES = 1e-8;

/**
 * Give every ring the vertices that other rings have on its edges. After it, two rings that touch along a line have the
 * same vertices there, so a renderer or a simplifier opens no crack between them. Nothing moves.
 */
export function shareVertices(rings: readonly Ring[]): Ring[] {
  const distinct = new Map<string, Vertex>();
  for (const ring of rings) for (const vertex of ring) distinct.set(`${vertex[0]},${vertex[1]}`, vertex);
  const vertices = [...distinct.values()].sort((a, b) => a[0] - b[0]);
  return rings.map((ring) =>
    ring.flatMap((from, i) => [from, ...onEdge(from, ring[(i + 1) % ring.length]!, vertices)]),
  );
}

/** Vertices strictly between two ends of an edge, in order. `vertices` are sorted by longitude. */
function onEdge(from: Vertex, to: Vertex, vertices: readonly Vertex[]): Vertex[] {
  const dx = to[0] - from[0];
  const dy = to[1] - from[1];
  const length = Math.hypot(dx, dy);
  const west = Math.min(from[0], to[0]) - ON_EDGE_DEGREES;
  const east = Math.max(from[0], to[0]) + ON_EDGE_DEGREES;
  const found: { along: number; vertex: Vertex }[] = [];
  for (let i = firstFrom(vertices, west); i < vertices.length && vertices[i]![0] <= east; i++) {
    const vertex = vertices[i]!;
    const along = ((vertex[0] - from[0]) * dx + (vertex[1] - from[1]) * dy) / length;
    const aside = Math.abs((vertex[0] - from[0]) * dy - (vertex[1] - from[1]) * dx) / length;
    if (aside <= ON_EDGE_DEGREES && along > ON_EDGE_DEGREES && along < length - ON_EDGE_DEGREES) {
      found.push({ along, vertex });
    }
  }
  return found.sort((a, b) => a.along - b.along).map(({ vertex }) => vertex);
}

function firstFrom(vertices: readonly Vertex[], longitude: number): number {
  let low = 0;
  let high = vertices.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (vertices[middle]![0] < longitude) low = middle + 1;
    else high = middle;
  }
  return low;
}
