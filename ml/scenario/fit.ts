import { createRandom } from '../random.ts';
import { type Compartment, compartmentCount, compartments } from './compartments.ts';
import type { District, FittedStart, Lever } from './district.ts';
import { Draws } from './draws.ts';
import { type DayCounts, Epidemic } from './epidemic.ts';
import { leverCalendar } from './lever-calendar.ts';

/** Recent reported cases by ward, the first row being `days` days ago. */
export interface Observed {
  days: number;
  /** days × wards */
  reported: number[][];
  /** what was done in those days */
  levers: Lever[];
}

export interface FitSettings {
  /** uniform priors: reproduction number with nothing done, and reports as a share of infections */
  reproductionNumber: [number, number];
  reportedShare: [number, number];
  particles: number;
  /** rounds of particles: the first drawn from the prior, each next around the better half of the last */
  rounds: number;
  /** best particles kept at the end */
  kept: number;
  seed: number;
}

/** One history that looks like what was reported, with the state it ended in. */
export interface Particle {
  reproductionNumber: number;
  reportedShare: number;
  /** multiplies the infections that the first week's reports suggest */
  seeding: number;
  distance: number;
  /** wards × ages × compartments at the end of the observed days */
  state: Float64Array;
}

const seedingPrior: [number, number] = [0.3, 3];

/**
 * Approximate Bayesian computation: histories are simulated from drawn parameters and judged by the distance of their weekly reports by ward from the observed ones
 * (square roots, so that a ward's noise counts alike at every size). Seeded: the same input gives the same particles.
 */
export function fitParticles(district: District, observed: Observed, settings: FitSettings, stepDays = 1): Particle[] {
  check(district, observed, settings);
  const random = createRandom(settings.seed);
  const target = weekly(observed.reported, district.wards.length);
  const calendar = leverCalendar(district, observed.levers, observed.days);
  const uniform = ([low, high]: [number, number]) => low + (high - low) * random.uniform();
  let cloud: Particle[] = [];
  for (let round = 0; round < settings.rounds; round++) {
    const parents = cloud.slice(0, Math.max(2, cloud.length >> 1));
    const spread = (value: (particle: Particle) => number) => {
      const mean = parents.reduce((sum, particle) => sum + value(particle), 0) / Math.max(1, parents.length);
      return Math.sqrt(
        parents.reduce((sum, particle) => sum + (value(particle) - mean) ** 2, 0) / Math.max(1, parents.length),
      );
    };
    const around = (value: (particle: Particle) => number, parent: Particle, range: [number, number]) => {
      for (;;) {
        const moved = value(parent) + spread(value) * random.normal();
        if (moved >= range[0] && moved <= range[1]) return moved;
      }
    };
    const next: Particle[] = [];
    for (let i = 0; i < settings.particles; i++) {
      const parent = parents[random.below(Math.max(1, parents.length))];
      const drawn = parent
        ? {
            reproductionNumber: around((p) => p.reproductionNumber, parent, settings.reproductionNumber),
            reportedShare: around((p) => p.reportedShare, parent, settings.reportedShare),
            seeding: around((p) => p.seeding, parent, seedingPrior),
          }
        : {
            reproductionNumber: uniform(settings.reproductionNumber),
            reportedShare: uniform(settings.reportedShare),
            seeding: Math.exp(uniform([Math.log(seedingPrior[0]), Math.log(seedingPrior[1])])),
          };
      next.push(
        history(district, observed, drawn, calendar, target, random.child(round * settings.particles + i), stepDays),
      );
    }
    cloud = [...parents, ...next].sort((a, b) => a.distance - b.distance);
  }
  return cloud.slice(0, settings.kept);
}

function history(
  district: District,
  observed: Observed,
  drawn: Pick<Particle, 'reproductionNumber' | 'reportedShare' | 'seeding'>,
  calendar: ReturnType<typeof leverCalendar>,
  target: Float64Array,
  random: ReturnType<typeof createRandom>,
  stepDays: number,
): Particle {
  const { reproductionNumber, reportedShare, seeding } = drawn;
  const disease = { ...district.disease, reproductionNumber, reportedShare };
  const epidemic = new Epidemic(
    { ...district, disease, fitted: undefined, start: seeded(district, observed, seeding / reportedShare) },
    stepDays,
  );
  const counts: DayCounts = {
    infections: new Float64Array(epidemic.wards),
    reported: new Float64Array(epidemic.wards),
    doses: 0,
  };
  const draws = new Draws().restart(random);
  epidemic.reset(0, draws);
  const reported: number[][] = [];
  for (let day = 0; day < observed.days; day++) {
    epidemic.day(calendar[day]!, draws, counts);
    reported.push(Array.from(counts.reported));
  }
  const own = weekly(reported, epidemic.wards);
  const distance = own.reduce((sum, value, i) => sum + (Math.sqrt(value) - Math.sqrt(target[i]!)) ** 2, 0);
  return { ...drawn, distance, state: Float64Array.from(epidemic.state) };
}

/** those infectious and exposed on the first day, from the reports of the first week, spread over ages by people */
function seeded(district: District, observed: Observed, infectionsPerReport: number): District['start'] {
  const { latentDays, infectiousDays } = district.disease;
  const table = (days: number) =>
    district.wards.map((ward, w) => {
      const week = observed.reported.slice(0, 7).reduce((sum, row) => sum + row[w]!, 0);
      const all = (week / 7) * infectionsPerReport * days;
      const people = ward.population.reduce((a, b) => a + b, 0);
      return ward.population.map((count) => Math.min(Math.floor(count / 4), Math.round((all * count) / people)));
    });
  return { ...district.start, exposed: table(latentDays), infectious: table(infectiousDays) };
}

/** reports summed by ward over the weeks that end on the last day */
function weekly(reported: readonly (readonly number[])[], wards: number): Float64Array {
  const weeks = Math.floor(reported.length / 7);
  const out = new Float64Array(weeks * wards);
  for (let back = 0; back < weeks * 7; back++)
    for (let w = 0; w < wards; w++) out[Math.floor(back / 7) * wards + w]! += reported[reported.length - 1 - back]![w]!;
  return out;
}

function check(district: District, observed: Observed, settings: FitSettings): void {
  if (observed.days < 14) throw new RangeError(`observed.days must be at least 14, got ${observed.days}`);
  if (observed.reported.length !== observed.days)
    throw new RangeError(
      `observed.reported must have observed.days = ${observed.days} rows, got ${observed.reported.length}`,
    );
  observed.reported.forEach((row, day) => {
    if (row.length !== district.wards.length)
      throw new RangeError(`observed.reported[${day}] must have ${district.wards.length} wards, got ${row.length}`);
    row.forEach((value, w) => {
      if (!(value >= 0)) throw new RangeError(`observed.reported[${day}][${w}] must be 0 or more, got ${value}`);
    });
  });
  if (settings.kept > settings.particles)
    throw new RangeError(`kept must be at most particles = ${settings.particles}, got ${settings.kept}`);
  if (!(settings.reportedShare[0] > 0))
    throw new RangeError(`reportedShare must start above 0, got ${settings.reportedShare[0]}`);
}

/** A district as a particle left it: its whole state becomes the start of scenarios. */
export function continued(district: District, particle: Particle): District {
  const { reproductionNumber, reportedShare, start } = fittedStart(district, particle);
  return { ...district, disease: { ...district.disease, reproductionNumber, reportedShare }, start, fitted: undefined };
}

/** A district whose path i starts from particle i mod n, with that particle's figures: what is not known about the present widens the bands. */
export function mixture(district: District, particles: readonly Particle[]): District {
  if (particles.length === 0) throw new RangeError('particles must hold at least 1, got 0');
  return { ...district, fitted: particles.map((particle) => fittedStart(district, particle)) };
}

function fittedStart(district: District, particle: Particle): FittedStart {
  const ages = district.ageGroups.length;
  const table = (...names: Compartment[]) =>
    district.wards.map((_, w) =>
      district.ageGroups.map((__, g) =>
        names.reduce(
          (sum, name) => sum + particle.state[(w * ages + g) * compartmentCount + compartments.indexOf(name)]!,
          0,
        ),
      ),
    );
  return {
    reproductionNumber: particle.reproductionNumber,
    reportedShare: particle.reportedShare,
    start: {
      exposed: table('exposed, mild', 'exposed, severe'),
      exposedSevere: table('exposed, severe'),
      infectious: table('infectious, mild', 'infectious, severe'),
      infectiousSevere: table('infectious, severe'),
      isolated: table('isolated, mild', 'isolated, severe'),
      isolatedSevere: table('isolated, severe'),
      hospitalised: table('hospitalised'),
      intensiveCare: table('intensive care'),
      recovered: table('recovered'),
      dead: table('dead'),
      oneDose: table('susceptible, one dose'),
      twoDoses: table('susceptible, two doses'),
      waned: table('susceptible, waned'),
    },
  };
}
