import type { Theme } from '../address.ts';

export const fontFamily = 'Be Vietnam Pro';

/** Colours of the base map: quiet greys, so that what is said of areas and points is what is seen. */
export const colours = {
  light: {
    water: '#b4cfdf',
    road: '#ffffff',
    casing: '#b9c1c6',
    text: '#1c2830',
    halo: '#ffffff',
    waterText: '#35647f',
    facility: '#0b6b5d',
    roadText: '#525d65',
    neighbourText: '#5f6b73',
  },
  dark: {
    water: '#1c3546',
    road: '#46535f',
    casing: '#0d1319',
    text: '#f2f6f8',
    halo: '#10161c',
    waterText: '#86bbd8',
    facility: '#8fe3c7',
    roadText: '#b3bec7',
    neighbourText: '#8d99a3',
  },
} as const satisfies Record<Theme, Record<string, string>>;

export type Colour = [red: number, green: number, blue: number, alpha: number];

/** A colour of the table above for the graphics card. `alpha` 0–255. */
export const drawn = (hex: string, alpha = 255): Colour => [
  Number.parseInt(hex.slice(1, 3), 16),
  Number.parseInt(hex.slice(3, 5), 16),
  Number.parseInt(hex.slice(5, 7), 16),
  alpha,
];
