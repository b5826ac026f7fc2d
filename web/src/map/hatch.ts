import type { Theme } from '../address.ts';

/** Name of the pattern in the style, for each theme its own. */
export const hatchImage = (theme: Theme) => `hatch-${theme}`;
const side = 12;
const ink = { light: [92, 100, 112, 255], dark: [150, 162, 176, 255] } as const;

/** Diagonal stripes: an area of which nothing is said must not look like one that is well. */
export function hatchPixels(theme: Theme): { width: number; height: number; data: Uint8Array } {
  const data = new Uint8Array(side * side * 4);
  for (let y = 0; y < side; y += 1)
    for (let x = 0; x < side; x += 1) if ((x + y) % 6 < 2) data.set(ink[theme], (y * side + x) * 4);
  return { width: side, height: side, data };
}
