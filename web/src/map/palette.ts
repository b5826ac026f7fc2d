import type { Theme } from '../address.ts';
import type { PointLayer } from '../api/answers.ts';

export type Rgb = readonly [red: number, green: number, blue: number];

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

export const unknownColour: Record<Theme, Rgb> = { light: [225, 228, 232], dark: [52, 60, 72] };

/** Points: still going on, and over. Shape tells the layers apart too: cases are discs, violations rings, businesses small dots. */
export const pointColours: Record<Theme, Record<PointLayer, { open: Rgb; over: Rgb }>> = {
  light: {
    cases: { open: [122, 18, 92], over: [150, 140, 158] },
    violations: { open: [20, 70, 190], over: [128, 146, 180] },
    businesses: { open: [8, 104, 92], over: [148, 160, 160] },
  },
  dark: {
    cases: { open: [255, 214, 240], over: [146, 132, 152] },
    violations: { open: [92, 190, 255], over: [92, 118, 140] },
    businesses: { open: [150, 240, 190], over: [108, 124, 122] },
  },
};

/** Indexes of the statuses (contracts/points.ts) that still count as going on. */
export const openStatuses: Record<PointLayer, readonly number[]> = {
  cases: [0, 1, 2, 3],
  violations: [0, 1, 2, 3, 4],
  businesses: [0, 1],
};

/** Statuses that take a point off the map: not a case after all; the same breach as another, or none. */
export const hiddenStatuses: Record<PointLayer, readonly number[]> = { cases: [6], violations: [7, 8], businesses: [] };

export const css = (colour: Rgb, alpha = 1) => `rgb(${colour.join(' ')} / ${alpha})`;
export const incidenceColour = (theme: Theme, index: number | null): Rgb =>
  index === null ? unknownColour[theme] : incidenceColours[theme][index]!;
export const riskColour = (theme: Theme, index: number | null): Rgb =>
  index === null ? unknownColour[theme] : riskColours[theme][index]!;
