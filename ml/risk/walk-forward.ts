import type { RiskData } from './backtest-data.ts';
import { logEdges, logisticCdf, normalCdf } from './bands.ts';
import { RidgeRegression } from './linear-solve.ts';
import type { RiskOptions } from './options.ts';
import { PublishedTable, type PublishedWeek } from './published-table.ts';
import { ReportedCounts } from './reported-counts.ts';
import { Spread } from './spread.ts';
import { TransitionBaseline } from './transition-baseline.ts';

export const maximumLead = 8;
export interface OriginForecast {
  origin: number;
  base: number;
  /** [horizon 1..4][area * bands + band] */
  probabilities: Float64Array[];
  baseline: Float64Array[];
}
interface Made { base: number; mean: Float64Array[]; z: Float64Array; cityMean: number[]; wide: number }
interface Fresh { growth: number; level: number; byArea: Float64Array; city: number }

export class WalkForward {
  readonly table: PublishedTable;
  readonly reported: ReportedCounts;
  private readonly data: RiskData;
  private readonly options: RiskOptions;
  private readonly cuts: readonly number[];
  private readonly units: Float64Array;
  private readonly edges: Float64Array[];
  private readonly spreads: Spread[];
  private readonly made = new Map<number, Made>();
  private readonly features = new Map<number, number[]>();
  private readonly ratioHistory: { week: number; ratio: number }[] = [];
  private readonly cityAt = new Map<number, Map<number, number>>();
  private readonly baseline: TransitionBaseline;
  cityErrors: string[] = [];

  constructor(data: RiskData, options: RiskOptions, cuts: readonly number[]) {
    this.data = data;
    this.options = options;
    this.cuts = cuts;
    this.table = new PublishedTable(data.populations, data.revisions);
    this.reported = new ReportedCounts(data.areaIds.length, data.snapshots);
    this.units = data.populations.map((p) => p / 1e5);
    this.edges = [...data.populations].map((p) => logEdges(p, cuts));
    this.baseline = new TransitionBaseline(cuts, maximumLead);
    const q = options.growthError ** 2;
    this.spreads = Array.from({ length: maximumLead + 1 }, (_, lead) => {
      let v = 0;
      for (let j = 1; j <= lead; j++) v += j * j * q;
      return new Spread(0.02 + v, options.countNoise, options.spreadWeeks, options.spreadFade);
    });
  }

  private full(weekEnd: number): PublishedWeek | undefined {
    const week = this.table.weeks.get(weekEnd);
    if (!week || week.publishedCount < 0.9 * this.units.length || !(week.cityRate > 0)) return undefined;
    return week.lastPublishedDay >= weekEnd + 2 ? week : undefined;
  }

  step(origin: number): OriginForecast | undefined {
    const { options: o, units, data } = this;
    const n = units.length;
    this.table.advance(origin + 5);
    this.reported.advance(origin + 5);
    const weeks = [...this.table.weeks.keys()].sort((a, b) => a - b);
    for (const w of weeks) { const f = this.table.weeks.get(w)!; if (f.publishedCount >= 0.9 * n) this.baseline.remember(w, f.rate); }
    const lc = new Map<number, number>();
    for (const w of weeks) { const f = this.full(w); if (f) lc.set(w, Math.log(Math.max(0.5, f.cityRate))); }
    this.cityAt.set(origin, new Map(lc));
    const known = weeks.filter((w) => w <= origin && lc.has(w));
    if (known.length < 6) return undefined;
    const b = known.at(-1)!;
    const k = (origin - b) / 7;
    if (k > 4) return undefined;
    this.learn(origin, lc);
    const fill = this.backfill(origin, b);
    const adj = (w: number) => lc.get(w)! + fill[Math.min(3, (origin - w) / 7)]!;
    const fresh = o.useFresh ? this.fresh(origin, b, adj(b)) : undefined;
    // --- city
    const g1 = lc.has(b - 7) ? adj(b) - adj(b - 7) : 0;
    const g2 = lc.has(b - 14) && lc.has(b - 7) ? adj(b - 7) - adj(b - 14) : g1;
    const own = (1 - o.olderShare) * g1 + o.olderShare * g2;
    const growth = fresh ? o.freshShare * fresh.growth + (1 - o.freshShare) * own : own;
    const level = fresh ? fresh.level : 0;
    this.features.set(origin, [b, growth, level]);
    const trend = this.trend(origin, b, k, lc, growth, level);
    // --- local
    const base = this.full(b)!;
    const x0 = base.logRate.map((v) => Number.isNaN(v) ? lc.get(b)! : v);
    const z = x0.map((v, i) => 1 / (Math.exp(v) * units[i]! + 0.5));
    const local = this.local(b, lc, fresh !== undefined);
    const mean: Float64Array[] = [];
    for (let lead = 0; lead <= maximumLead; lead++)
      mean.push(x0.map((v, i) => v + fill[Math.min(3, k)]! + trend[lead]! + (local?.[lead]?.[i] ?? 0)));
    const wide = 1 + o.growthWidening * Math.abs(growth);
    this.made.set(origin, { base: b, mean, z, cityMean: trend.map((t) => t + adj(b)), wide });
    const bands = this.cuts.length + 1;
    const frequencies = this.baseline.frequencies(b, new Map(weeks.map((w) => [w, this.table.weeks.get(w)!.rate])));
    const probabilities: Float64Array[] = [];
    const baseline: Float64Array[] = [];
    for (let h = 1; h <= 4; h++) {
      const lead = Math.min(maximumLead, h + k);
      const { a, b: bb } = this.spreads[lead]!.coefficients();
      const p = new Float64Array(n * bands);
      const q = new Float64Array(n * bands);
      for (let i = 0; i < n; i++) {
        const sd = Math.sqrt(a * wide * wide + bb * z[i]!);
        let before = 0;
        for (let c = 0; c < bands; c++) {
          let f = 1;
          if (c < bands - 1) {
            const s = (this.edges[i]![c]! - mean[lead]![i]!) / sd;
            f = o.heavyShare * logisticCdf(s) + (1 - o.heavyShare) * normalCdf(s);
          }
          p[i * bands + c] = Math.max(0, f - before);
          before = f;
          q[i * bands + c] = frequencies[h + k]![this.baseline.startBand(b, i) - 1]![c]!;
        }
      }
      probabilities.push(p);
      baseline.push(q);
    }
    void data;
    return { origin, base: b, probabilities, baseline };
  }

  /** errors of forecasts whose target week has been out for one more week */
  private learn(origin: number, lc: Map<number, number>): void {
    for (let h = 1; h <= maximumLead; h++) {
      const o = origin - 7 * (h + 1);
      const m = this.made.get(o);
      if (!m) continue;
      const lead = (o + 7 * h - m.base) / 7;
      if (lead > maximumLead) continue;
      const target = this.full(o + 7 * h);
      if (!target) continue;
      const { a, b } = this.spreads[lead]!.coefficients();
      const rows: { z: number; squared: number }[] = [];
      for (let i = 0; i < this.units.length; i++) {
        const e = target.logRate[i]! - m.mean[lead]![i]!;
        if (Number.isNaN(e)) continue;
        const variance = a + b * m.z[i]!;
        rows.push({ z: m.z[i]!, squared: Math.min(e * e / (m.wide * m.wide), this.options.errorBound * variance) });
      }
      this.spreads[lead]!.addWeek(rows);
      if (h <= 4) this.cityErrors.push(`${o},${h},${(lc.get(o + 7 * h)! - m.cityMean[lead]!).toFixed(3)}`);
    }
  }

  private fresh(origin: number, b: number, cityNow: number): Fresh | undefined {
    const last = Math.min(this.reported.lastDay, origin + 5);
    if (last < origin + 2) return undefined;
    const now = this.reported.window(last - 7, last);
    const before = this.reported.window(last - 14, last - 7);
    if (!now || !before || now.city < 50 || before.city < 50) return undefined;
    const growth = Math.max(-1.2, Math.min(1.2, Math.log(now.city / before.city)));
    const unit = this.units.reduce((x, y) => x + y, 0);
    const ratio = Math.log(now.city / unit) - cityNow;
    const rewrite = this.table.rewrites.findLast((r) => Math.abs(r.medianLogChange) > 0.1 && r.cells > 500);
    const since = rewrite ? rewrite.publishedDay : Number.NEGATIVE_INFINITY;
    let level = 0;
    if (b === origin) {
      const past = this.ratioHistory.filter((r) => r.week + 5 >= since).slice(-6).map((r) => r.ratio).sort((x, y) => x - y);
      if (past.length >= 3) level = Math.max(-0.5, Math.min(0.5, ratio - past[past.length >> 1]!));
      this.ratioHistory.push({ week: origin, ratio });
    }
    return { growth, level, byArea: now.byArea, city: now.city };
  }

  /** expected change of the city's log rate from the base week, by lead */
  private trend(origin: number, b: number, k: number, lc: Map<number, number>, growth: number, level: number): number[] {
    const o = this.options;
    const out = [0];
    for (let lead = 1; lead <= maximumLead; lead++) {
      let sum = 0;
      for (let j = 1; j <= lead; j++) sum += o.persistence ** j;
      const ridge = new RidgeRegression(2);
      for (const s of lc.keys()) {
        const t = s + 7 * lead;
        if (!lc.has(t) || t > b) continue;
        let f = this.features.get(s);
        if (!f || f[0] !== s) {
          if (!lc.has(s - 7) || !lc.has(s - 14)) continue;
          const g1 = lc.get(s)! - lc.get(s - 7)!;
          const g2 = lc.get(s - 7)! - lc.get(s - 14)!;
          const own = (1 - o.olderShare) * g1 + o.olderShare * g2;
          f = [s, own, 0];
          if (o.useFresh) {
            const now = this.reported.window(s - 2, s + 5);
            const before = this.reported.window(s - 9, s - 2);
            if (now && before && now.city > 50 && before.city > 50) f[1] = o.freshShare * Math.log(now.city / before.city) + (1 - o.freshShare) * own;
          }
        }
        ridge.add([f[1]! * sum, f[2]!], lc.get(t)! - lc.get(s)!, o.trendFade ** ((b - t) / 7));
      }
      const gScale = (0.2 * sum) ** 2;
      const c = ridge.solve([o.persistenceWeeks * gScale, o.levelWeeks * 0.01], [1, o.levelShare]);
      out.push(Math.max(0, Math.min(1.3, c[0]!)) * sum * growth + c[1]! * level);
    }
    return out;
  }

  private localFeatures(s: number, lc: Map<number, number>): { rows: Float64Array[]; weight: Float64Array } | undefined {
    const { units } = this;
    const n = units.length;
    const X: Float64Array[] = [];
    for (let j = 0; j < 4; j++) {
      const f = this.full(s - 7 * j);
      if (!f) return undefined;
      X.push(f.logRate.map((v) => Number.isNaN(v) ? lc.get(s - 7 * j)! : v));
    }
    const mid = X.map((col) => col.reduce((a, b) => a + b, 0) / n);
    const grow = X[0]!.map((v, i) => v - X[2]![i]! - (mid[0]! - mid[2]!));
    let freshArea: Float64Array | undefined;
    if (this.options.useLocalFresh) {
      const now = this.reported.window(s - 2, Math.min(s + 5, this.reported.lastDay));
      if (now && this.reported.lastDay >= s + 2 && now.city > 50) {
        let total = 0;
        const cases = X[0]!.map((v, i) => { const c = Math.max(0, Math.exp(v) * units[i]! - 0.5); total += c; return c; });
        const r = now.city / total;
        freshArea = cases.map((c, i) => Math.log((now.byArea[i]! + 8) / (r * c + 8)));
      }
    }
    const rows: Float64Array[] = [];
    const weight = new Float64Array(n);
    for (let i = 0; i < n; i++) {
      const x = X[0]![i]!;
      const q = this.data.neighbours[i]!;
      let near = mid[0]! - x, gn = 0, fn = 0;
      if (q.length) { let a = 0, g = 0, f = 0; for (const j of q) { a += X[0]![j]!; g += grow[j]!; f += freshArea?.[j] ?? 0; } near = a / q.length - x; gn = g / q.length; fn = f / q.length; }
      let own = 0;
      for (let j = 0; j < 4; j++) own += X[j]![i]! - mid[j]!;
      own = own / 4 + mid[0]! - x;
      rows.push(Float64Array.of(near, mid[0]! - x, own, grow[i]!, gn, freshArea?.[i] ?? 0, fn));
      const cases = Math.exp(x) * units[i]! + 1;
      weight[i] = 0.1 / (0.05 + 1 / cases);
    }
    return { rows, weight };
  }

  private local(b: number, lc: Map<number, number>, _fresh: boolean): Float64Array[] | undefined {
    const o = this.options;
    const now = this.localFeatures(b, lc);
    if (!now) return undefined;
    const F = now.rows[0]!.length;
    const n = this.units.length;
    const fits = Array.from({ length: maximumLead + 1 }, () => new RidgeRegression(F));
    for (let j = 1; j <= o.localWindowWeeks; j++) {
      const s = b - 7 * j;
      const f = this.localFeatures(s, lc);
      if (!f) continue;
      const start = this.table.weeks.get(s)!.logRate;
      for (let lead = 1; lead <= Math.min(j, maximumLead); lead++) {
        const target = this.full(s + 7 * lead)?.logRate;
        if (!target) continue;
        let shift = 0, m = 0;
        for (let i = 0; i < n; i++) { const y = target[i]! - start[i]!; if (!Number.isNaN(y)) { shift += y; m++; } }
        shift /= m;
        for (let i = 0; i < n; i++) { const y = target[i]! - start[i]! - shift; if (!Number.isNaN(y)) fits[lead]!.add(f.rows[i]!, y, f.weight[i]!); }
      }
    }
    const strength = new Float64Array(F).fill(o.localRidge);
    return fits.map((fit, lead) => {
      const out = new Float64Array(n);
      if (lead === 0) return out;
      const beta = fit.solve(strength);
      for (let i = 0; i < n; i++) { let sum = 0; for (let f = 0; f < F; f++) sum += beta[f]! * now.rows[i]![f]!; out[i] = sum; }
      return out;
    });
  }

  private backfill(origin: number, b: number): number[] {
    const step: number[] = [];
    for (let age = 0; age < 3; age++) {
      const r: number[] = [];
      for (let s = b; s > b - 98 && r.length < 8; s -= 7) {
        const early = this.cityAt.get(s + 7 * age)?.get(s);
        const late = this.cityAt.get(s + 7 * age + 7)?.get(s);
        if (s + 7 * age + 7 <= origin && early !== undefined && late !== undefined) r.push(late - early);
      }
      r.sort((x, y) => x - y);
      step.push(r.length >= 3 ? r[r.length >> 1]! : 0);
    }
    return [step[0]! + step[1]! + step[2]!, step[1]! + step[2]!, step[2]!, 0];
  }
}
