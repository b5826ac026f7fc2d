import { upperMedian } from '../numerics/quantiles.ts';
import { createRandom } from '../numerics/random.ts';
import type { Control, District, Lever } from './district.ts';
import { HistoryDraws } from './history.ts';
import { onsetsOf } from './reports.ts';

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
  /** most histories that are drawn, and how many of them are kept: those whose reproduction number the prior allows */
  particles: number;
  kept: number;
  seed: number;
  /** relative standard deviation of what the reproduction number may have moved since the last two weeks' mean; left out: 0.1 */
  drift?: number;
}

/** One history that agrees with what was reported, with the state it ended in. */
export interface Particle {
  reproductionNumber: number;
  reportedShare: number;
  /** wards × ages × compartments at the end of the observed days */
  state: Float64Array;
}

/** Why there is no fit: said instead of a number that would mean nothing. */
export class FitAbstention extends RangeError {
  readonly reason: 'too-few-days' | 'no-cases' | 'outside-prior';

  constructor(reason: FitAbstention['reason'], message: string) {
    super(message);
    this.name = 'FitAbstention';
    this.reason = reason;
  }
}

export const fewestDays = 14;

/**
 * Fits the district to its reports. A particle is a drawn reported share, a history of infections by ward that gives the reports at that share, and a
 * reproduction number drawn from its posterior given that history (Cori's gamma, with the model's own expectation of infections in place of a serial interval). Infections not
 * yet reported are drawn from the same model. Seeded: the same input gives the same particles.
 * @throws FitAbstention with fewer than 14 days, no case in the last 14, or no history whose reproduction number the prior allows
 */
export function fitParticles(
  district: District,
  observed: Observed,
  settings: FitSettings,
  stepDays = 1,
  { progress, signal }: Control = {},
): Particle[] {
  check(district, observed, settings);
  const random = createRandom(settings.seed);
  const draws = new HistoryDraws(district, observed, onsetsOf(observed.reported), stepDays);
  const [low, high] = settings.reproductionNumber;
  const kept: Particle[] = [];
  const refused: number[] = [];
  for (let i = 0; i < settings.particles && kept.length < settings.kept; i++) {
    signal?.throwIfAborted();
    const own = random.child(i);
    const [least, most] = settings.reportedShare;
    const particle = draws.draw(least + (most - least) * own.uniform(), settings.drift ?? 0.1, own);
    if (particle.reproductionNumber >= low && particle.reproductionNumber <= high) kept.push(particle);
    else refused.push(particle.reproductionNumber);
    progress?.(Math.max((i + 1) / settings.particles, kept.length / settings.kept));
  }
  if (kept.length === 0) {
    const middle = upperMedian(refused);
    throw new FitAbstention(
      'outside-prior',
      `settings.reproductionNumber must leave room for what the reports say: from ${low} to ${high}, they say about ${middle.toFixed(2)}`,
    );
  }
  return kept;
}

function check(district: District, observed: Observed, settings: FitSettings): void {
  if (!(observed.days >= fewestDays))
    throw new FitAbstention('too-few-days', `observed.days must be at least ${fewestDays}, got ${observed.days}`);
  if (observed.reported.length !== observed.days)
    throw new RangeError(
      `observed.reported must have observed.days = ${observed.days} rows, got ${observed.reported.length}`,
    );
  observed.reported.forEach((row, day) => {
    if (row.length !== district.wards.length)
      throw new RangeError(`observed.reported[${day}] must have ${district.wards.length} wards, got ${row.length}`);
    row.forEach((value, w) => {
      if (!(value >= 0 && value < 1e8))
        throw new RangeError(`observed.reported[${day}][${w}] must be 0 or more, got ${value}`);
    });
  });
  if (observed.reported.slice(-fewestDays).every((row) => row.every((value) => value === 0)))
    throw new FitAbstention(
      'no-cases',
      `observed.reported must hold at least 1 case in its last ${fewestDays} days, got 0`,
    );
  if (!(settings.kept >= 1 && settings.kept <= settings.particles))
    throw new RangeError(`kept must be from 1 to particles = ${settings.particles}, got ${settings.kept}`);
  const [least, most] = settings.reportedShare;
  if (!(least > 0 && most <= 1 && least <= most))
    throw new RangeError(`reportedShare must run upwards within (0, 1], got ${least} to ${most}`);
  const [low, high] = settings.reproductionNumber;
  if (!(low >= 0 && low < high))
    throw new RangeError(`reproductionNumber must run upwards from 0, got ${low} to ${high}`);
}
