import { createRandom } from '../numerics/random.ts';
import type { District } from '../scenario/district.ts';
import { exampleDistrict } from '../scenario/example-district.ts';
import { fitParticles } from '../scenario/fit.ts';
import { mixture } from '../scenario/mixture.ts';
import { band } from '../scenario/outcomes.ts';
import { type Paths, simulatePaths } from '../scenario/simulate.ts';

/**
 * Do the bands of a fitted mixture hold what then happens as often as they say? Districts with a drawn reproduction number, reported share and size are simulated;
 * the fit sees 28 days of reports (with weekends and a laboratory's noise in the second round), the bands are for the 14 days after.
 * `node ml/bench/scenario-coverage.ts [districts] [drift]`
 */
const districts = Number(process.argv[2] ?? 60);
const drift = process.argv[3] === undefined ? undefined : Number(process.argv[3]);
const [days, ahead] = [28, 14];
const nothing = { name: 'nothing', levers: [] };

for (const [name, noisy] of [
  ['reports as the model makes them', false],
  ['weekends and noise besides', true],
] as const) {
  const random = createRandom(noisy ? 22 : 21);
  const held = { district50: 0, district90: 0, ward50: 0, ward90: 0, district: 0, ward: 0, abstained: 0 };
  let milliseconds = 0;
  let logError = 0;
  for (let i = 0; i < districts; i++) {
    const truth = drawnDistrict(random);
    const path = simulatePaths(truth, nothing, { days: days + ahead, paths: 1, stepDays: 1, seed: 1_000 + i });
    const reported = rows(path, 0, days).map((row, day) => row.map((value) => (noisy ? noise(value, day) : value)));
    const start = performance.now();
    let model: District;
    try {
      const particles = fitParticles(
        { ...truth, disease: { ...truth.disease, reproductionNumber: 1, reportedShare: 0.5 } },
        { days, reported, levers: [] },
        { reproductionNumber: [0.3, 9], reportedShare: [0.2, 0.8], particles: 400, kept: 200, seed: i, drift },
      );
      model = mixture(truth, particles);
      logError += band(particles.map((p) => Math.log(p.reproductionNumber / truth.disease.reproductionNumber))).q50;
    } catch {
      held.abstained++;
      continue;
    }
    milliseconds += performance.now() - start;
    const paths = simulatePaths(model, nothing, { days: ahead, paths: 400, stepDays: 1, seed: 5 });
    const totals = (p: Paths, at: number, w?: number) =>
      rows(p, at, ahead).reduce((sum, row) => sum + (w === undefined ? row.reduce((a, b) => a + b, 0) : row[w]!), 0);
    const happened = (w?: number) =>
      rows(path, days, ahead).reduce(
        (sum, row) => sum + (w === undefined ? row.reduce((a, b) => a + b, 0) : row[w]!),
        0,
      );
    for (const w of [undefined, ...truth.wards.keys()]) {
      const { q05, q25, q75, q95 } = band(
        Array.from({ length: paths.paths }, (_, p) => totals(paths, p * ahead, w) + 1e-6 * p),
      );
      const value = happened(w);
      const key = w === undefined ? 'district' : 'ward';
      held[key]++;
      if (value >= Math.floor(q25) && value <= Math.ceil(q75)) held[`${key}50`]++;
      if (value >= Math.floor(q05) && value <= Math.ceil(q95)) held[`${key}90`]++;
    }
  }
  const share = (part: number, of: number) => Number((part / of).toFixed(3));
  console.log(
    JSON.stringify({
      name,
      districts,
      abstained: held.abstained,
      district: { held50: share(held.district50, held.district), held90: share(held.district90, held.district) },
      wards: { held50: share(held.ward50, held.ward), held90: share(held.ward90, held.ward) },
      meanLogErrorOfReproductionNumber: Number((logError / held.district).toFixed(3)),
      fitMilliseconds: Math.round(milliseconds / held.district),
    }),
  );

  function noise(value: number, day: number): number {
    const weekday = [1.1, 1.15, 1.1, 1.05, 1.1, 0.8, 0.7][day % 7]!;
    return random.negativeBinomial(value * weekday, 15);
  }
}

/** reports by ward of `count` days from row `first` on (rows of all paths one after another) */
function rows({ reportedByWard, wards }: Paths, first: number, count: number): number[][] {
  return Array.from({ length: count }, (_, day) =>
    Array.from(reportedByWard.subarray((first + day) * wards, (first + day + 1) * wards)),
  );
}

/** the example district with another epidemic in it, from a handful of cases to thousands */
function drawnDistrict(random: ReturnType<typeof createRandom>): District {
  const district = exampleDistrict();
  const size = Math.exp(Math.log(0.3) + random.uniform() * Math.log(40));
  const seeds = district.wards.map(() => [0, Math.floor(size * random.gamma(0.6, 8)), 0]);
  return {
    ...district,
    disease: {
      ...district.disease,
      reproductionNumber: 1.2 + 3 * random.uniform(),
      reportedShare: 0.2 + 0.6 * random.uniform(),
    },
    start: { ...district.start, exposed: seeds, infectious: seeds.map((row) => [...row]) },
  };
}
