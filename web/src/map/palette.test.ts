import { expect, test } from 'vitest';
import { incidenceColours, type Rgb, riskColours } from './palette.ts';

const linear = (value: number) => (value <= 10.31475 ? value / 3294.6 : ((value / 255 + 0.055) / 1.055) ** 2.4);

/** Severity 1. Source: Machado, Oliveira, Fernandes 2009, IEEE TVCG 15(6), table 1. */
const deficiencies: Record<string, number[][]> = {
  none: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

/** CIE L*a*b*, D65, of a colour as somebody with the deficiency sees it. */
function seenLab(colour: Rgb, matrix: number[][]): number[] {
  const rgb = colour.map(linear);
  const [r, g, b] = matrix.map((row) =>
    Math.min(1, Math.max(0, row[0]! * rgb[0]! + row[1]! * rgb[1]! + row[2]! * rgb[2]!)),
  ) as [number, number, number];
  const [x, y, z] = [
    (0.4124564 * r + 0.3575761 * g + 0.1804375 * b) / 0.95047,
    0.2126729 * r + 0.7151522 * g + 0.072175 * b,
    (0.0193339 * r + 0.119192 * g + 0.9503041 * b) / 1.08883,
  ].map((t) => (t > 0.008856 ? Math.cbrt(t) : 7.787 * t + 16 / 116)) as [number, number, number];
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

const apart = (a: number[], b: number[]) => Math.hypot(...a.map((value, i) => value - b[i]!));

for (const [ramp, colours] of Object.entries({ incidence: incidenceColours, risk: riskColours }))
  for (const theme of ['light', 'dark'] as const)
    for (const [name, matrix] of Object.entries(deficiencies))
      test(`all classes of ${ramp} stay apart: ${theme}, ${name}`, () => {
        const seen = colours[theme].map((colour) => seenLab(colour, matrix));
        for (let i = 0; i < seen.length; i += 1)
          for (let j = i + 1; j < seen.length; j += 1)
            // 2.3 is just noticeable side by side; fills that do not touch want several times that.
            expect(apart(seen[i]!, seen[j]!), `classes ${i} and ${j}`).toBeGreaterThan(15);
      });
