/** Districts for rehearsal: several waves, wards that differ, weekends, batches of a laboratory, late reports. Seeded. */
import { createRandom, type Random } from '../../numerics/random.ts';
import type { ReportChanges } from './reports.ts';

export interface SimulatedDistrictOptions {
  seed: number;
  days: number;
  wards: number;
  /** cases a day of the whole district at the start */
  startCases: number;
}

const firstDay = 18_600;
const generationDays = 5.2;

/** Reproduction number day by day: waves that come and break, a change of behaviour when cases are many, and chance. */
function nextGrowth(growth: number, pressure: number, push: number, random: Random): number {
  // returns to a slow push (season, variants, openings); many cases make people careful
  const target = push - 0.035 * Math.max(0, Math.log(pressure));
  return growth + 0.06 * (target - growth) + 0.0075 * random.normal();
}

/** The truth by ward and day, and every report with its delay. */
export function simulateDistrict(
  options: SimulatedDistrictOptions,
): ReportChanges & { firstDay: number; lastDay: number } {
  const { seed, days, wards, startCases } = options;
  const random = createRandom(seed);
  const areas = Array.from({ length: wards }, (_, w) => `W${String(w).padStart(2, '0')}`);
  const weight = Float64Array.from(areas, () => Math.exp(0.5 * random.normal()));
  const drift = new Float64Array(wards);
  const phase = random.uniform() * 2 * Math.PI;
  const period = 70 + 90 * random.uniform();
  const meanDelay = 1 + 3 * random.uniform();
  const weekend = 0.45 + 0.4 * random.uniform();
  const size = 15 + 40 * random.uniform();
  let level = Math.log(startCases);
  let growth = 0.02 * random.normal();
  let heldUntil = -1;
  const changes = { area: [] as number[], day: [] as number[], delay: [] as number[], change: [] as number[] };
  for (let t = 0; t < days; t++) {
    const push = 0.022 * Math.sin(phase + (2 * Math.PI * t) / period) + 0.004;
    growth = nextGrowth(growth, Math.exp(level) / startCases, push, random);
    level = Math.max(Math.log(0.3), level + Math.max(-0.16, Math.min(0.16, growth)));
    const dayOff = (firstDay + t + 4) % 7 === 0 || (firstDay + t + 4) % 7 === 6;
    const total = weight.reduce((sum, w, i) => sum + w * Math.exp(drift[i]!), 0);
    if (t > heldUntil && random.uniform() < 0.02) heldUntil = t + 1 + random.below(3);
    for (let ward = 0; ward < wards; ward++) {
      drift[ward] = drift[ward]! * (1 - 1 / (4 * generationDays)) + 0.09 * random.normal();
      const mean = (Math.exp(level) * weight[ward]! * Math.exp(drift[ward]!) * (dayOff ? weekend : 1)) / total;
      const cases = random.negativeBinomial(mean, size);
      for (let n = 0; n < cases; n++) addReport(changes, { ward, t, firstDay, meanDelay, heldUntil }, random);
    }
  }
  return { areas, ...changes, firstDay, lastDay: firstDay + days - 1 };
}

/** A case of a day, known after a gamma delay; what is ready while the laboratory holds back comes out together, and half of what falls on a weekend comes on Monday. */
export function addReport(
  changes: { area: number[]; day: number[]; delay: number[]; change: number[] },
  from: { ward: number; t: number; firstDay: number; meanDelay: number; heldUntil: number },
  random: Random,
): void {
  const { ward, t, firstDay, meanDelay, heldUntil } = from;
  let delay = Math.round(random.gamma(1.6, meanDelay / 1.6));
  if (t + delay <= heldUntil) delay = heldUntil - t;
  const reported = (firstDay + t + delay + 4) % 7;
  if ((reported === 0 || reported === 6) && random.uniform() < 0.5) delay += reported === 0 ? 1 : 2;
  changes.area.push(ward);
  changes.day.push(firstDay + t);
  changes.delay.push(delay);
  changes.change.push(1);
}
