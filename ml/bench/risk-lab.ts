import { existsSync } from 'node:fs';
import { type RiskData, readRiskData } from '../risk/backtest-data.ts';
import { bandOf } from '../risk/bands.ts';
import { isoDate } from '../risk/days.ts';
import { rankedProbabilityScore } from '../risk/rank-score.ts';

export const cuts = [20, 50, 150] as const;
export interface Truth {
  lo: Int8Array;
  hi: Int8Array;
}

export function settledTruth(data: RiskData, settle: number, before = Number.POSITIVE_INFINITY): Map<number, Truth> {
  const n = data.areaIds.length;
  const out = new Map<number, Truth>();
  for (const r of data.revisions) {
    if (r.area < 0 || r.publishedDay - r.weekEnd > settle) continue;
    if (r.weekEnd + 5 < before && r.publishedDay >= before) continue;
    let t = out.get(r.weekEnd);
    if (!t) {
      t = { lo: new Int8Array(n), hi: new Int8Array(n) };
      out.set(r.weekEnd, t);
    }
    if (Number.isNaN(r.rate)) {
      t.lo[r.area] = 1;
      t.hi[r.area] = bandOf(4e5 / data.populations[r.area]!, cuts);
    } else {
      t.lo[r.area] = t.hi[r.area] = bandOf(r.rate, cuts);
    }
  }
  return out;
}

/** logistic recalibration slope */
export function logitSlope(pairs: [number, number][]): number {
  const g = new Map<number, [number, number]>();
  for (const [p, e] of pairs) {
    const x = Math.round(Math.min(0.995, Math.max(0.005, p)) * 1000) / 1000;
    const c = g.get(x) ?? [0, 0];
    c[0]++;
    c[1] += e;
    g.set(x, c);
  }
  const pts = [...g].map(([x, [n, e]]) => [Math.log(x / (1 - x)), n, e] as const);
  let a = 0,
    b = 1;
  for (let it = 0; it < 50; it++) {
    let g0 = 0,
      g1 = 0,
      h00 = 0,
      h01 = 0,
      h11 = 0;
    for (const [x, n, e] of pts) {
      const q = 1 / (1 + Math.exp(-Math.max(-30, Math.min(30, a + b * x))));
      const r = e - n * q,
        w = n * q * (1 - q);
      g0 += r;
      g1 += r * x;
      h00 += w;
      h01 += w * x;
      h11 += w * x * x;
    }
    const det = h00 * h11 - h01 * h01;
    const da = (h11 * g0 - h01 * g1) / det,
      db = (h00 * g1 - h01 * g0) / det;
    a += Math.max(-1, Math.min(1, da));
    b += Math.max(-1, Math.min(1, db));
    if (Math.abs(da) + Math.abs(db) < 1e-9) break;
  }
  return b;
}

export interface Scored {
  origin: number;
  probabilities: Float64Array[];
  baseline: Float64Array[];
}
export function summarise(
  data: RiskData,
  truth: Map<number, Truth>,
  forecasts: Scored[],
  exclude: Set<number> = new Set(),
  before = 0,
) {
  const n = data.areaIds.length;
  const own = [0, 0, 0, 0],
    base = [0, 0, 0, 0],
    cells = [0, 0, 0, 0],
    inset = [0, 0, 0, 0],
    size = [0, 0, 0, 0];
  const pairs: [number, number][][] = [[], [], [], []];
  for (const f of forecasts)
    for (let h = 0; h < 4; h++) {
      const w = f.origin + 7 * (h + 1);
      const t = truth.get(w);
      if (!t || exclude.has(w) || (f.origin + 5 < before && w + 5 >= before)) continue;
      for (let i = 0; i < n; i++) {
        const p = f.probabilities[h]!.subarray(4 * i, 4 * i + 4);
        if (t.lo[i] === 0) continue;
        if (t.lo[i]! >= 3 || t.hi[i]! < 3) pairs[h]!.push([p[2]! + p[3]!, t.lo[i]! >= 3 ? 1 : 0]);
        if (t.lo[i] !== t.hi[i]) continue;
        cells[h]!++;
        own[h]! += rankedProbabilityScore(p, t.lo[i]!);
        base[h]! += rankedProbabilityScore(f.baseline[h]!.subarray(4 * i, 4 * i + 4), t.lo[i]!);
        const order = [0, 1, 2, 3].sort((a, b) => p[b]! - p[a]!);
        let c = 0,
          m = 0,
          hit = false;
        for (const k of order) {
          c += p[k]!;
          m++;
          if (k + 1 === t.lo[i]) hit = true;
          if (c >= 0.9 - 1e-12) break;
        }
        if (hit) inset[h]!++;
        size[h]! += m;
      }
    }
  const rel = own.map((v, h) => v / base[h]!);
  const all = pairs.flat();
  return {
    rel,
    rel12: (own[0]! + own[1]!) / (base[0]! + base[1]!),
    rel34: (own[2]! + own[3]!) / (base[2]! + base[3]!),
    slope: logitSlope(all),
    slopes: pairs.map(logitSlope),
    set90: inset.reduce((a, b) => a + b, 0) / cells.reduce((a, b) => a + b, 0),
    set90s: inset.map((v, h) => v / cells[h]!),
    size: size.reduce((a, b) => a + b, 0) / cells.reduce((a, b) => a + b, 0),
    rps12: (own[0]! + own[1]!) / (cells[0]! + cells[1]!),
    rps34: (own[2]! + own[3]!) / (cells[2]! + cells[3]!),
  };
}

export function alerts(data: RiskData, truth: Map<number, Truth>, forecasts: Scored[], threshold = 0.5) {
  const lo = forecasts[0]!.origin,
    hi = forecasts.at(-1)!.origin;
  const byOrigin = new Map(forecasts.map((f) => [f.origin, f]));
  let onsets = 0,
    ge1 = 0,
    falseAlarms = 0,
    weeks = 0;
  for (let i = 0; i < data.areaIds.length; i++) {
    if (data.populations[i]! <= 8000) continue;
    const high = (w: number): boolean | undefined => {
      const t = truth.get(w);
      if (!t || t.lo[i] === 0 || w < lo - 28 || w > hi + 28) return undefined;
      return t.lo[i]! >= 3 ? true : t.hi[i]! < 3 ? false : undefined;
    };
    const run = (w: number) => high(w) === true && (high(w - 7) === true || high(w + 7) === true);
    const state = (w: number, missing: boolean): boolean => {
      const f = byOrigin.get(w);
      if (!f || w < lo || w > hi) return missing;
      let m = 0;
      for (let h = 0; h < 2; h++) m = Math.max(m, f.probabilities[h]![4 * i + 2]! + f.probabilities[h]![4 * i + 3]!);
      return m >= threshold;
    };
    for (let w = lo; w <= hi; w += 7) {
      if (!byOrigin.has(w)) continue;
      weeks++;
      if (state(w, false) && !state(w - 7, true)) {
        const ks = [0, 7, 14].map((d) => high(w + d));
        if (ks.every((v) => v !== undefined) && ![0, 7, 14].some((d) => run(w + d))) falseAlarms++;
      }
      if (run(w) && high(w - 7) === false && high(w - 14) === false && w - 28 >= lo && w + 14 <= hi) {
        onsets++;
        let j: number | undefined = [0, -1, 1, 2].find((d) => state(w + 7 * d, false));
        while (j !== undefined && j <= 0 && j > -4 && state(w + 7 * (j - 1), false)) j--;
        if (j !== undefined && -j >= 1) ge1++;
      }
    }
  }
  return { onsets, share: ge1 / onsets, falsePerAreaYear: falseAlarms / (weeks / 52) };
}

export function loadDevelopment(): RiskData {
  const folder = `${process.env.VX_SHARED ?? '../shared'}/data/nyc-covid`;
  if (!existsSync(folder)) throw new Error(`development data not found at ${folder}`);
  return readRiskData([folder]);
}

const redefinitionDay = 18844;
export function line(name: string, data: RiskData, truth: Map<number, Truth>, forecasts: Scored[]): string {
  const s = summarise(data, truth, forecasts);
  const c = summarise(data, truth, forecasts, new Set([...truth.keys()].slice(-1)));
  const k = summarise(
    data,
    settledTruth(data, 28, redefinitionDay),
    forecasts,
    new Set([...truth.keys()].slice(-1)),
    redefinitionDay,
  );
  const a = alerts(data, truth, forecasts);
  const f = (x: number) => x.toFixed(3);
  return `${name.padEnd(34)} ${f(s.rel12)} ${f(s.rel34)} (w/o partial ${f(c.rel12)} ${f(c.rel34)}) h ${s.rel.map(f).join(' ')} slope ${f(c.slope)} [${c.slopes.map(f).join(' ')}] clean ${f(k.slope)} [${k.slopes.map(f).join(' ')}] ${f(k.rel12)} ${f(k.rel34)} s90 ${f(k.set90)} set90 ${f(c.set90)} size ${f(s.size)} alert ${f(a.share)} @ ${f(a.falsePerAreaYear)} n${a.onsets}`;
}
export { isoDate };
