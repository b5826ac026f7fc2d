import type { FeatureCollection, GeometryObject } from 'geojson';
import { feature } from 'topojson-client';
import { topology } from 'topojson-server';
import type { GeometryCollection, Topology } from 'topojson-specification';

type Position = [number, number];

/**
 * Areas as TopoJSON: each shared edge once, coordinates as whole steps of a grid (some 0.1 m for a district). A third of the GeoJSON's bytes.
 * `simplifyMetres` leaves out vertices that are closer than that to the line without them; edges are shared, so neighbours stay neighbours.
 */
export function compactAreas<Properties extends object>(
  areas: FeatureCollection<GeometryObject | null, Properties>,
  options: { simplifyMetres?: number; quantization?: number } = {},
): Topology<{ areas: GeometryCollection<Properties> }> {
  const shaped = { ...areas, features: areas.features.filter((item) => item.geometry !== null) };
  const exact = topology({ areas: shaped as FeatureCollection<GeometryObject> }) as Topology<{
    areas: GeometryCollection<Properties>;
  }>;
  if (!shaped.features.length) return exact;
  if (options.simplifyMetres) {
    const degrees = options.simplifyMetres / 111_320;
    exact.arcs = exact.arcs.map((arc) => simplifyArc(arc as Position[], degrees));
  }
  if (options.quantization === undefined) return exact;
  return topology(
    { areas: feature(exact, exact.objects.areas) as FeatureCollection },
    options.quantization,
  ) as Topology<{
    areas: GeometryCollection<Properties>;
  }>;
}

/** Areas without the vertices that simplifying leaves out, as GeoJSON again. */
export function simplifyAreas<Properties extends object>(
  areas: FeatureCollection<GeometryObject | null, Properties>,
  simplifyMetres: number,
): FeatureCollection<GeometryObject | null, Properties> {
  const simplified = compactAreas(areas, { simplifyMetres });
  const drawn = feature(simplified, simplified.objects.areas) as FeatureCollection<GeometryObject, Properties>;
  // An area whose border nobody knows is an area all the same.
  return { ...drawn, features: [...drawn.features, ...areas.features.filter(({ geometry }) => geometry === null)] };
}

/** Douglas–Peucker on one arc; its ends stay. A closed arc keeps at least four corners, so that it stays a ring. */
function simplifyArc(arc: Position[], tolerance: number): Position[] {
  if (arc.length <= 2) return arc;
  const first = arc[0]!;
  const last = arc.at(-1)!;
  const closed = first[0] === last[0] && first[1] === last[1];
  const keep = new Uint8Array(arc.length);
  keep[0] = 1;
  keep[arc.length - 1] = 1;
  if (closed) {
    if (arc.length <= 5) return arc;
    for (const third of [1, 2, 3]) keep[Math.floor((arc.length * third) / 4)] = 1;
  }
  const anchors = [...keep.keys()].filter((i) => keep[i]);
  const spans = anchors.slice(1).map((end, i): [number, number] => [anchors[i]!, end]);
  for (let span = spans.pop(); span; span = spans.pop()) {
    const [start, end] = span;
    let farthest = -1;
    let distance = tolerance;
    for (let i = start + 1; i < end; i++) {
      const away = distanceToSegment(arc[i]!, arc[start]!, arc[end]!);
      if (away > distance) {
        distance = away;
        farthest = i;
      }
    }
    if (farthest < 0) continue;
    keep[farthest] = 1;
    spans.push([start, farthest], [farthest, end]);
  }
  return arc.filter((_, i) => keep[i]);
}

function distanceToSegment([x, y]: Position, [ax, ay]: Position, [bx, by]: Position): number {
  const dx = bx - ax;
  const dy = by - ay;
  const length = dx * dx + dy * dy;
  const along = length === 0 ? 0 : Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / length));
  return Math.hypot(x - ax - along * dx, y - ay - along * dy);
}
