import { type ContextSeries, contextRow, standardised } from './area-context.ts';
import { Backfill } from './backfill.ts';
import type { RiskData } from './backtest-data.ts';
import { logEdges } from './bands.ts';
import { CityReports } from './city-reports.ts';
import { CityTrend } from './city-trend.ts';
import { type ContextEffect, contextEffects } from './context-effects.ts';
import { ErrorLearner } from './error-learner.ts';
import { type KnownWeeks, WeekJudge } from './known-weeks.ts';
import { featureCount } from './local-features.ts';
import { type LocalPart, LocalRegression } from './local-part.ts';
import type { RiskOptions } from './options.ts';
import { PublishedTable } from './published-table.ts';
import { ReportedCounts } from './reported-counts.ts';
import { type AreaObservations, bandProbabilities, expectedLogRates, type RiskModel } from './risk-model.ts';
import { TransitionBaseline } from './transition-baseline.ts';

export const horizonWeeks = [1, 2, 3, 4] as const;
const maximumLead = 8;
/** rows published up to the Thursday after a Saturday */
const daysUntilCut = 5;
const redefinition = { logChange: 0.1, cellsPerArea: 3 };

export interface RiskForecast {
  origin: number;
  /** the newest week that was published and believed */
  base: number;
  model: RiskModel;
  observations: AreaObservations;
  /** per horizon, areas × bands */
  probabilities: Float64Array[];
  /** the same from band transitions alone, always computed beside the model */
  baseline: Float64Array[];
  /** what each context was found to do; empty without context */
  context: ContextEffect[];
}

/** weeks that a context's effect is learned from, and the seed of the deals by which chance is told from effect */
const contextWeeks = 26;
const contextSeed = 4800;

/**
 * Walks through published data week by week: at each origin (a Saturday) it sees only what was published by the Thursday after, learns from its
 * own past errors, refits, and forecasts. Pure: the same data and options give the same numbers.
 */
export class WalkForward {
  readonly table: PublishedTable;
  readonly reports: ReportedCounts;
  readonly judge: WeekJudge;
  readonly errors: ErrorLearner;
  readonly edges: Float64Array;
  private readonly options: RiskOptions;
  private readonly cuts: readonly number[];
  private readonly units: Float64Array;
  private readonly cityReports: CityReports;
  private readonly trend: CityTrend;
  private readonly local: LocalRegression;
  private readonly backfill = new Backfill();
  private readonly baseline: TransitionBaseline;
  private readonly context: readonly ContextSeries[];
  private rewritesSeen = 0;

  constructor(data: RiskData, options: RiskOptions, cuts: readonly number[]) {
    const areas = data.areaIds.length;
    this.options = options;
    this.cuts = cuts;
    this.units = data.populations.map((people) => people / 1e5);
    this.edges = new Float64Array(areas * cuts.length);
    data.populations.forEach((people, i) => {
      this.edges.set(logEdges(people, cuts), i * cuts.length);
    });
    this.table = new PublishedTable(areas, data.revisions, data.eachCaseNamed);
    this.reports = new ReportedCounts(areas, data.snapshots);
    this.judge = new WeekJudge(this.table, this.units, data.eachCaseNamed);
    const cityUnit = this.units.reduce((a, b) => a + b, 0);
    this.cityReports = new CityReports(this.reports, cityUnit);
    this.trend = new CityTrend(options, this.reports);
    this.local = new LocalRegression(options, data.neighbours, this.units, this.reports);
    this.errors = new ErrorLearner(options, this.units, this.edges, cuts.length, maximumLead);
    this.baseline = new TransitionBaseline(cuts, maximumLead);
    this.context = data.context ?? [];
  }

  /** @returns undefined while no complete week is known */
  step(origin: number): RiskForecast | undefined {
    this.table.advance(origin + daysUntilCut);
    this.reports.advance(origin + daysUntilCut);
    this.noticeRedefinition();
    const known = this.judge.judge(origin, (weekEnd, cityLog) => this.cityReports.gap(origin, weekEnd, cityLog));
    if (!known) return undefined;
    for (const weekEnd of known.weekEnds) this.baseline.remember(weekEnd, this.table.weeks.get(weekEnd)!.rate);
    this.backfill.remember(origin, known);
    this.errors.learn(origin, known, this.table);

    const late = (origin - known.base) / 7;
    const missing = this.backfill.missing(origin, known);
    const corrected = (weekEnd: number) => known.city.get(weekEnd)! + missing((origin - weekEnd) / 7);
    const fresh = this.cityReports.read(origin, known.base, corrected(known.base));
    const own = this.trend.ownGrowth(known, known.base, corrected) ?? 0;
    const signs = this.trend.signs(known, known.base, own, fresh?.growth, fresh?.level ?? 0);
    this.trend.remember(known.base, signs);
    const changes = this.trend.expectedChanges(known, signs, maximumLead, fresh?.daysAfterOrigin);
    const local = this.local.fit(known, maximumLead, fresh?.daysAfterOrigin);

    const effects = this.contextOf(known, local, fresh?.daysAfterOrigin);

    const observations: AreaObservations = {
      logRates: known.areas(known.base),
      units: this.units,
      features: local?.features.values ?? new Float64Array(this.units.length * featureCount),
      ...(effects.length > 0 && {
        context: this.context.map((one) => ({ name: one.name, values: standardised(contextRow(one, known.base)) })),
      }),
    };
    const widening = 1 + (this.options.growthWidening * signs.growth) ** 2;
    const leadModel = (lead: number, horizon: number) => ({
      cityChange: changes[lead]! + missing(late),
      coefficients: local?.coefficients[lead] ?? new Float64Array(featureCount),
      ...(effects.length > 0 && {
        contextCoefficients: Float64Array.from(effects, ({ coefficients }) => coefficients[lead]!),
      }),
      ...this.errors.variances(lead, widening),
      steepness: this.errors.steepness(horizon),
    });
    const leads = Array.from({ length: maximumLead + 1 }, (_, lead) => leadModel(lead, 0));
    const model: RiskModel = {
      horizons: horizonWeeks.map((horizon) => leadModel(Math.min(maximumLead, horizon + late), horizon)),
      heavyShare: this.options.heavyShare,
    };
    const expected = model.horizons.map((lead) => expectedLogRates(lead, observations));
    const probabilities = (steepness?: number) =>
      model.horizons.map((lead, h) =>
        bandProbabilities(model, lead, expected[h]!, observations, this.edges, this.cuts.length, steepness),
      );
    this.errors.remember(origin, {
      base: known.base,
      cityBase: corrected(known.base),
      observations,
      means: leads.map((lead) => expectedLogRates(lead, observations)),
      widening,
      uncorrected: probabilities(1),
    });
    return {
      origin,
      base: known.base,
      model,
      observations,
      probabilities: probabilities(),
      baseline: this.transitions(known, late),
      context: effects,
    };
  }

  private contextOf(
    known: KnownWeeks,
    local: LocalPart | undefined,
    daysAfterWeek: number | undefined,
  ): ContextEffect[] {
    if (this.context.length === 0 || !local) return [];
    const weeks = this.local.unexplained(known, local, maximumLead, contextWeeks, daysAfterWeek);
    return contextEffects(this.context, weeks, maximumLead, contextSeed);
  }

  private noticeRedefinition(): void {
    for (const rewrite of this.table.rewrites.slice(this.rewritesSeen)) {
      const wide = rewrite.cells > redefinition.cellsPerArea * this.units.length;
      if (wide && Math.abs(rewrite.medianLogChange) > redefinition.logChange) this.cityReports.forget();
    }
    this.rewritesSeen = this.table.rewrites.length;
  }

  private transitions(known: KnownWeeks, late: number): Float64Array[] {
    const rates = new Map(known.weekEnds.map((weekEnd) => [weekEnd, this.table.weeks.get(weekEnd)!.rate]));
    const frequencies = this.baseline.frequencies(known.base, rates);
    const bands = this.cuts.length + 1;
    return horizonWeeks.map((horizon) => {
      const out = new Float64Array(this.units.length * bands);
      const table = frequencies[Math.min(maximumLead, horizon + late)]!;
      for (let i = 0; i < this.units.length; i++)
        out.set(table[this.baseline.startBand(known.base, i) - 1]!, i * bands);
      return out;
    });
  }
}
