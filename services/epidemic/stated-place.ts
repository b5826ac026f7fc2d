import type { Register } from '../district/registers.ts';

/** A place with the area that was stated with it, if one was. */
export interface StatedLocation {
  lon: number;
  lat: number;
  areaId?: string | undefined;
}

/**
 * Area and place of what was stated last of both. A place that is stated later takes the area that was stated with it, else the one in which it lies (null
 * here). An area that is stated later lets the place go when it is another than the place's own; `areaMoves`: in any case.
 */
export function placeOf(
  areaId: Register<string> | undefined,
  location: Register<StatedLocation> | undefined,
  areaMoves: (order: string) => boolean,
): { areaId: string | null; lon: number | null; lat: number | null } {
  const areaIsLater = areaId !== undefined && (location === undefined || areaId.order >= location.order);
  const holds =
    location !== undefined &&
    (!areaIsLater ||
      areaId.order === location.order ||
      (!areaMoves(areaId.order) && (location.value.areaId ?? areaId.value) === areaId.value));
  return {
    areaId: areaIsLater ? areaId.value : (location?.value.areaId ?? null),
    lon: holds ? location.value.lon : null,
    lat: holds ? location.value.lat : null,
  };
}
