/** A ward as it is drawn: GeoJSON polygons, degrees. */
export interface WardOutline {
  areaId: string;
  name: string;
  outline: { type: string; coordinates: number[][][][] | number[][][] };
}

/** What a drawing shows, degrees. */
export interface Extent {
  west: number;
  south: number;
  east: number;
  north: number;
}

/** A degree of longitude is so much shorter than one of latitude in District 7 (10.73° north). */
const shrink = Math.cos((10.73 * Math.PI) / 180);
/** Width of a drawing in its own units. */
export const drawnWidth = 1000;

const polygonsOf = ({ outline }: WardOutline): number[][][][] =>
  outline.type === 'MultiPolygon' ? (outline.coordinates as number[][][][]) : [outline.coordinates as number[][][]];

/** Where the name of a ward stands, degrees: the centre of gravity of its largest part. */
export function namePointOf(ward: WardOutline): [number, number] {
  const parts = polygonsOf(ward).map((rings) => gravityOf(rings[0] ?? []));
  return parts.reduce((largest, one) => (one.surface > largest.surface ? one : largest)).at;
}

function gravityOf(ring: readonly number[][]): { surface: number; at: [number, number] } {
  const [atLon, atLat] = ring[0] ?? [0, 0];
  let [twice, east, north] = [0, 0, 0];
  for (let index = 1; index < ring.length; index++) {
    // From the first corner: degrees far from zero would lose digits.
    const [x1, y1] = [ring[index - 1]![0]! - atLon!, ring[index - 1]![1]! - atLat!];
    const [x2, y2] = [ring[index]![0]! - atLon!, ring[index]![1]! - atLat!];
    const cross = x1 * y2 - x2 * y1;
    twice += cross;
    east += (x1 + x2) * cross;
    north += (y1 + y2) * cross;
  }
  const offset = (sum: number) => (twice === 0 ? 0 : sum / (3 * twice));
  return { surface: Math.abs(twice), at: [atLon! + offset(east), atLat! + offset(north)] };
}

/** What holds all wards, with a little around it. */
export function extentOf(wards: readonly WardOutline[]): Extent {
  const points = wards.flatMap((ward) => polygonsOf(ward).flat(2));
  const [lons, lats] = [points.map(([lon]) => lon!), points.map(([, lat]) => lat!)];
  const around = 0.002;
  return {
    west: Math.min(...lons) - around,
    south: Math.min(...lats) - around,
    east: Math.max(...lons) + around,
    north: Math.max(...lats) + around,
  };
}

/** The part around a place that is half as wide. */
export function closer({ west, south, east, north }: Extent, [lon, lat]: [number, number]): Extent {
  const [width, height] = [(east - west) / 4, (north - south) / 4];
  return { west: lon - width, south: lat - height, east: lon + width, north: lat + height };
}

export const heightOf = ({ west, south, east, north }: Extent): number =>
  ((north - south) / ((east - west) * shrink)) * drawnWidth;

/** Degrees to units of the drawing, from its top left. */
export function drawn(extent: Extent, [lon, lat]: readonly number[]): [number, number] {
  const scale = drawnWidth / (extent.east - extent.west);
  return [(lon! - extent.west) * scale, ((extent.north - lat!) * scale) / shrink];
}

/** Units of the drawing to degrees, five decimals: about a metre. */
export function undrawn(extent: Extent, [x, y]: [number, number]): [number, number] {
  const scale = (extent.east - extent.west) / drawnWidth;
  const round = (degrees: number) => Math.round(degrees * 1e5) / 1e5;
  return [round(extent.west + x * scale), round(extent.north - y * scale * shrink)];
}

/** The path of a ward. */
export const pathOf = (extent: Extent, ward: WardOutline): string =>
  polygonsOf(ward)
    .flat()
    .map(
      (ring) =>
        `M${ring
          .map((point) =>
            drawn(extent, point)
              .map((one) => one.toFixed(1))
              .join(' '),
          )
          .join('L')}Z`,
    )
    .join('');
