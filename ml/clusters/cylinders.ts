/** A centre and the areas around it, nearest first: the circles that the scan may draw. */
export interface ScanZones {
  /** per centre, area indices by distance; the centre itself comes first */
  members: Int32Array[];
  /** per centre, the distance in km to each member */
  distancesKm: Float64Array[];
}

/**
 * @param positions [longitude, latitude] in degrees by area
 * @param limits circles larger than this are not drawn
 */
export function zonesAround(
  positions: readonly (readonly [number, number])[],
  limits: { radiusKm: number; areas: number },
): ScanZones {
  if (!(limits.radiusKm > 0)) throw new RangeError(`radiusKm must be above 0, got ${limits.radiusKm}`);
  if (!(limits.areas >= 1)) throw new RangeError(`areas must be at least 1, got ${limits.areas}`);
  const members: Int32Array[] = [];
  const distancesKm: Float64Array[] = [];
  for (const here of positions) {
    const near = positions
      .map((there, area) => ({ area, km: kilometres(here, there) }))
      .filter(({ km }) => km <= limits.radiusKm)
      .sort((a, b) => a.km - b.km || a.area - b.area)
      .slice(0, limits.areas);
    members.push(Int32Array.from(near, ({ area }) => area));
    distancesKm.push(Float64Array.from(near, ({ km }) => km));
  }
  return { members, distancesKm };
}

const kmPerDegree = 111.195;

/** equirectangular: within a city the error is far below a house */
function kilometres(a: readonly [number, number], b: readonly [number, number]): number {
  const x = (b[0] - a[0]) * Math.cos(((a[1] + b[1]) * Math.PI) / 360);
  return kmPerDegree * Math.hypot(x, b[1] - a[1]);
}
