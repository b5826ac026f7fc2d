import type { Rgb } from '@vungxanh/services/contracts/define-feed.ts';
import type { Theme } from '../address.ts';

export type { Rgb };

/**
 * Classes of incidence, lowest first: from the product's green to a deep or glowing red. Neighbours differ in lightness as well as in hue, so
 * that they stay apart for people who do not see red and green alike (palette.test.ts simulates it), and the map writes the number too.
 */
export const incidenceColours: Record<Theme, readonly Rgb[]> = {
  light: [
    [176, 222, 205],
    [246, 216, 120],
    [232, 126, 52],
    [150, 24, 68],
  ],
  dark: [
    [24, 92, 86],
    [128, 116, 40],
    [250, 166, 60],
    [255, 110, 150],
  ],
};

/** Classes of risk, lowest first; the same ramp for a score and for a probability. Five, so another ramp than the four levels have. */
export const riskColours: Record<Theme, readonly Rgb[]> = {
  light: [
    [164, 214, 214],
    [247, 208, 98],
    [236, 138, 46],
    [190, 52, 52],
    [88, 8, 60],
  ],
  dark: [
    [14, 84, 96],
    [110, 110, 50],
    [190, 92, 0],
    [255, 128, 110],
    [255, 214, 222],
  ],
};

/** Outlines of clusters: seen on every class, told from borders by their width and dashes too. */
export const clusterColours: Record<Theme, { alarm: Rgb; other: Rgb }> = {
  light: { alarm: [20, 20, 160], other: [70, 90, 150] },
  dark: { alarm: [130, 220, 255], other: [150, 180, 205] },
};

/** What is asked of somebody: apart for three kinds of colour blindness (palette.test.ts), and never said by colour alone. */
export const clockColours: Record<Theme, { late: Rgb; due: Rgb; new: Rgb }> = {
  light: { late: [176, 18, 40], due: [178, 108, 0], new: [0, 92, 170] },
  dark: { late: [255, 112, 122], due: [255, 206, 84], new: [110, 190, 255] },
};

export const unknownColour: Record<Theme, Rgb> = { light: [225, 228, 232], dark: [52, 60, 72] };

export const css = (colour: Rgb, alpha = 1) => `rgb(${colour.join(' ')} / ${alpha})`;
export const incidenceColour = (theme: Theme, index: number | null): Rgb =>
  index === null ? unknownColour[theme] : incidenceColours[theme][index]!;
export const riskColour = (theme: Theme, index: number | null): Rgb =>
  index === null ? unknownColour[theme] : riskColours[theme][index]!;
