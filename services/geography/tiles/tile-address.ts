import { Problem } from '#platform/problem.ts';

/** A tile of the usual Web Mercator pyramid, y from the north. */
export interface TileAddress {
  z: number;
  x: number;
  y: number;
}

/** Deepest zoom; maps draw deeper ones from it. At it a step of the tile's grid is 4 cm at the equator. */
export const deepestZoom = 18;
/** Units of a tile's own grid an axis (Mapbox Vector Tile Specification 2.1, "extent"). */
export const tileExtent = 4096;

/** @throws Problem 404 when there is no such tile */
export function tileAddress(z: string, x: string, file: string): TileAddress {
  const y = /^(\d{1,7})\.mvt$/.exec(file)?.[1];
  const whole = (field: string, text: string | undefined, most: number) => {
    const value = text !== undefined && /^\d{1,7}$/.test(text) ? Number(text) : Number.NaN;
    if (!(value <= most))
      throw new Problem(404, 'No such tile', {
        errors: [
          {
            field,
            value: text ?? file,
            reason: `a whole number from 0 to ${most}${field === 'y' ? ', then .mvt' : ''}`,
          },
        ],
      });
    return value;
  };
  const zoom = whole('z', z, deepestZoom);
  return { z: zoom, x: whole('x', x, 2 ** zoom - 1), y: whole('y', y, 2 ** zoom - 1) };
}
