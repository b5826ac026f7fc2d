/**
 * Outbreaks that no data set holds: sharp waves that measures break off, and a disease with seasons (dengue in the south of Viet Nam: a rise with
 * the rains, years that differ). Cases come late and in batches. Seeded; every number here is a guess of this house about what may come.
 */
import { createRandom, type Random } from '../../numerics/random.ts';
import type { ReportChanges } from '../district/reports.ts';
import { addReport } from '../district/simulated-district.ts';

export type OutbreakPattern = 'sharp-wave' | 'seasonal';

const firstDay = 18_600;

/** Daily growth of the district's cases. */
function growthPath(pattern: OutbreakPattern, days: number, random: Random): Float64Array {
  const growth = new Float64Array(days);
  if (pattern === 'seasonal') {
    const phase = random.uniform();
    const swing = 0.012 + 0.02 * random.uniform();
    let slow = 0;
    for (let t = 0; t < days; t++) {
      slow = 0.985 * slow + 0.0035 * random.normal();
      const turn = 2 * Math.PI * (t / 365.25 + phase);
      growth[t] = swing * Math.sin(turn) + 0.3 * swing * Math.sin(2 * turn + 1) + slow;
    }
    return growth;
  }
  let target = 0.04 + 0.16 * random.uniform();
  let now = target;
  let turnsIn = 15 + random.below(45);
  let pace = 0.1;
  for (let t = 0; t < days; t++) {
    if (turnsIn-- <= 0) {
      // measures, or their end
      target = target > 0 ? -0.015 - 0.09 * random.uniform() : 0.02 + 0.12 * random.uniform() ** 2;
      pace = 0.04 + 0.25 * random.uniform();
      turnsIn = 20 + random.below(70);
    }
    now += pace * (target - now);
    growth[t] = now + 0.01 * random.normal();
  }
  return growth;
}

/** Every case with the delay of its report, by ward and day. @param seed also chooses size, delays and batches */
export function simulateOutbreak(
  pattern: OutbreakPattern,
  seed: number,
  days: number,
): ReportChanges & { firstDay: number; lastDay: number } {
  const random = createRandom(seed);
  const wards = 5 + random.below(8);
  const areas = Array.from({ length: wards }, (_, w) => `W${String(w).padStart(2, '0')}`);
  const weight = Float64Array.from(areas, () => Math.exp(0.7 * random.normal()));
  const drift = new Float64Array(wards);
  const meanDelay = 0.8 + 3.5 * random.uniform();
  const weekend = 0.4 + 0.55 * random.uniform();
  const size = 8 + 50 * random.uniform();
  const batches = 0.035 * random.uniform();
  const growth = growthPath(pattern, days, random);
  // the highest day of the district; the rest follows from the growth
  const highest = pattern === 'seasonal' ? 4 + 60 * random.uniform() ** 2 : 15 + 350 * random.uniform() ** 2;
  const level = new Float64Array(days);
  for (let t = 1; t < days; t++) level[t] = Math.max(level[t - 1]! + growth[t]!, Math.max(...level.subarray(0, t)) - 6);
  const top = Math.max(...level);
  let heldUntil = -1;
  const changes = { area: [] as number[], day: [] as number[], delay: [] as number[], change: [] as number[] };
  for (let t = 0; t < days; t++) {
    const weekday = (firstDay + t + 4) % 7;
    const open = weekday === 0 || weekday === 6 ? weekend : 1;
    if (t > heldUntil && random.uniform() < batches) heldUntil = t + 1 + random.below(5);
    const shares = areas.map((_, w) => weight[w]! * Math.exp(drift[w]!));
    const total = shares.reduce((a, b) => a + b, 0);
    for (let ward = 0; ward < wards; ward++) {
      drift[ward] = 0.96 * drift[ward]! + 0.1 * random.normal();
      const mean = (highest * Math.exp(level[t]! - top) * open * shares[ward]!) / total + 0.02;
      const cases = random.negativeBinomial(mean, size);
      for (let n = 0; n < cases; n++) addReport(changes, { ward, t, firstDay, meanDelay, heldUntil }, random);
    }
  }
  return { areas, ...changes, firstDay, lastDay: firstDay + days - 1 };
}
