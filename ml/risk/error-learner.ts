import { varianceAt } from '../numerics/spread.ts';
import type { KnownWeeks } from './known-weeks.ts';
import type { RiskOptions } from './options.ts';
import type { PublishedTable } from './published-table.ts';
import { Recalibration } from './recalibration.ts';
import { type AreaObservations, countNoiseOf } from './risk-model.ts';
import { CitySpread, driftVariance, LocalSpread } from './spread.ts';
import { suppressedLogCount } from './suppressed.ts';

/** A forecast kept until its weeks are known. */
export interface KeptForecast {
  base: number;
  /** the city's log rate of the base week as it was believed to end up */
  cityBase: number;
  observations: AreaObservations;
  /** expected log rates by lead */
  means: Float64Array[];
  widening: number;
  /** band probabilities by horizon before recalibration, areas × bands */
  uncorrected: Float64Array[];
}

const recalibrationFade = 0.985;
const recalibrationPriorSd = 0.2;
const horizons = 4;
/** beyond this change of the base week itself a redefinition has happened, and the error is measured in the new definition */
const redefinitionLogChange = 0.1;

/** Learns from the model's own past forecasts how wrong it is: what all areas share, what each adds, and how steep its probabilities are. */
export class ErrorLearner {
  private readonly kept = new Map<number, KeptForecast>();
  private readonly city: CitySpread[];
  private readonly areas: LocalSpread[];
  private readonly recalibrations: Recalibration[];
  private readonly options: RiskOptions;
  private readonly units: Float64Array;
  private readonly edges: Float64Array;
  private readonly cuts: number;

  constructor(options: RiskOptions, units: Float64Array, edges: Float64Array, cuts: number, maximumLead: number) {
    const o = options;
    const leads = Array.from({ length: maximumLead + 1 }, (_, lead) => lead);
    this.options = options;
    this.units = units;
    this.edges = edges;
    this.cuts = cuts;
    this.city = leads.map(
      (lead) => new CitySpread(driftVariance(lead, o.growthError), o.citySpreadWeeks, o.citySpreadFade, o.errorBound),
    );
    this.areas = leads.map(
      (lead) => new LocalSpread((o.areaVariance * (1 + lead)) / 2, o.countNoise, o.areaSpreadWeeks, o.areaSpreadFade),
    );
    this.recalibrations = Array.from(
      { length: horizons + 1 },
      () => new Recalibration(recalibrationFade, o.recalibrationWeight, recalibrationPriorSd),
    );
  }

  remember(origin: number, forecast: KeptForecast): void {
    this.kept.set(origin, forecast);
    this.kept.delete(origin - 7 * (this.city.length + 2));
  }

  variances(lead: number, widening: number): { cityVariance: number; areaVariance: number; countNoise: number } {
    const { process, counting } = this.areas[lead]!.spread();
    return { cityVariance: widening * this.city[lead]!.variance(), areaVariance: process, countNoise: counting };
  }

  steepness(horizon: number): number {
    return this.recalibrations[horizon]!.steepness();
  }

  /** takes in every target week that has been out for one more week */
  learn(origin: number, known: KnownWeeks, table: PublishedTable): void {
    for (let horizon = 1; horizon < this.city.length; horizon++) {
      const made = origin - 7 * (horizon + 1);
      const forecast = this.kept.get(made);
      const target = made + 7 * horizon;
      if (!forecast || !known.city.has(target)) continue;
      const lead = (target - forecast.base) / 7;
      if (lead < this.city.length) this.learnOne(forecast, lead, horizon, known, target, table.weeks.get(target)!.rate);
    }
  }

  private learnOne(
    forecast: KeptForecast,
    lead: number,
    horizon: number,
    known: KnownWeeks,
    target: number,
    rates: Float64Array,
  ): void {
    const rewritten = (known.city.get(forecast.base) ?? forecast.cityBase) - forecast.cityBase;
    const shift = Math.abs(rewritten) > redefinitionLogChange ? rewritten : 0;
    const means = forecast.means[lead]!;
    const seen = known.areas(target);
    const noise = forecast.observations.logRates.map((x, i) => countNoiseOf(x, this.units[i]!));
    let sum = 0;
    let weight = 0;
    for (let i = 0; i < means.length; i++) {
      const share = 1 / (0.05 + noise[i]!);
      sum += share * (seen[i]! - means[i]! - shift);
      weight += share;
    }
    const common = sum / weight;
    const spread = this.areas[lead]!.spread();
    const errors = Array.from(means, (expected, i) => {
      const center = expected + shift + common;
      const squared = Number.isNaN(rates[i]!) ? suppressedError(center, this.units[i]!) : (seen[i]! - center) ** 2;
      return { noise: noise[i]!, squared: Math.min(squared, this.options.errorBound * varianceAt(spread, noise[i]!)) };
    });
    this.areas[lead]!.addWeek(errors);
    this.city[lead]!.add(common ** 2 / forecast.widening);
    if (horizon <= horizons) this.recalibrate(forecast.uncorrected[horizon - 1]!, horizon, seen, shift);
  }

  private recalibrate(uncorrected: Float64Array, horizon: number, seen: Float64Array, shift: number): void {
    const { cuts, edges } = this;
    const cells: { probability: number; happened: boolean }[] = [];
    for (let i = 0; i < seen.length; i++) {
      let below = 0;
      for (let c = 0; c < cuts; c++) {
        below += uncorrected[i * (cuts + 1) + c]!;
        cells.push({ probability: below, happened: seen[i]! - shift < edges[i * cuts + c]! });
      }
    }
    this.recalibrations[horizon]!.addWeek(cells);
  }
}

/** expected squared error of a log rate whose count was suppressed */
function suppressedError(center: number, unit: number): number {
  const expected = center + Math.log(unit);
  const { mean, square } = suppressedLogCount(Math.exp(expected));
  return square - 2 * expected * mean + expected * expected;
}
