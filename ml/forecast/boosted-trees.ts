/**
 * Gradient-boosted regression trees on histograms, with one vector-valued leaf for all horizons (squared loss).
 * Method: Friedman 2001; histogram split finding as in LightGBM (Ke et al. 2017). Small, pooled, seeded.
 */
import type { Random } from '../numerics/random.ts';

export interface TreeOptions {
  trees: number;
  depth: number;
  /** shrinkage of each tree, 0..1 */
  rate: number;
  /** share of rows and of features seen by each tree, 0..1 */
  rowShare: number;
  featureShare: number;
  /** least total weight in a leaf, as a number of mean-weight rows */
  leafRows: number;
  /** ridge on leaf values, in mean-weight rows */
  shrink: number;
}

export const defaultTrees: TreeOptions = {
  trees: 180,
  depth: 4,
  rate: 0.04,
  rowShare: 0.5,
  featureShare: 0.4,
  leafRows: 30,
  shrink: 30,
};

const bins = 32;

interface Tree {
  /** per node: feature, or -1 for a leaf */
  feature: Int16Array;
  threshold: Float64Array;
  /** nodes * outputs */
  leaf: Float64Array;
}

export interface BoostedTrees {
  readonly outputs: number;
  /** adds the prediction of one row (at `offset` in `features`) into `out` (length outputs) */
  predict(features: Float64Array, offset: number, out: Float64Array): void;
}

function binEdges(features: Float64Array, rows: number, width: number, column: number): Float64Array {
  const step = Math.max(1, Math.floor(rows / 2000));
  const sample: number[] = [];
  for (let r = 0; r < rows; r += step) sample.push(features[r * width + column]!);
  sample.sort((a, b) => a - b);
  const edges = new Float64Array(bins - 1);
  for (let b = 1; b < bins; b++)
    edges[b - 1] = sample[Math.min(sample.length - 1, Math.floor((b * sample.length) / bins))]!;
  return edges;
}

/**
 * @param features rows * width, no NaN
 * @param targets rows * outputs, NaN where not known
 * @param weights one for each row
 */
export function fitTrees(
  features: Float64Array,
  targets: Float64Array,
  weights: Float64Array,
  rows: number,
  width: number,
  outputs: number,
  options: TreeOptions,
  random: Random,
): BoostedTrees {
  const edges: Float64Array[] = [];
  const binned = new Uint8Array(rows * width);
  for (let j = 0; j < width; j++) {
    const e = binEdges(features, rows, width, j);
    edges.push(e);
    for (let r = 0; r < rows; r++) {
      const x = features[r * width + j]!;
      let lo = 0;
      let hi = bins - 1;
      while (lo < hi) {
        const m = (lo + hi) >> 1;
        if (x > e[m]!) lo = m + 1;
        else hi = m;
      }
      binned[j * rows + r] = lo;
    }
  }
  let meanWeight = 0;
  for (let r = 0; r < rows; r++) meanWeight += weights[r]! / rows;
  const shrink = options.shrink * meanWeight;
  const leastWeight = options.leafRows * meanWeight;
  const fitted = new Float64Array(rows * outputs);
  const nodes = 2 ** (options.depth + 1) - 1;
  const trees: Tree[] = [];
  const nodeOf = new Int16Array(rows);
  const used = new Int32Array(rows);
  const stride = 2 * outputs;
  for (let k = 0; k < options.trees; k++) {
    let count = 0;
    for (let r = 0; r < rows; r++) if (random.uniform() < options.rowShare) used[count++] = r;
    const columns: number[] = [];
    for (let j = 0; j < width; j++) if (random.uniform() < options.featureShare) columns.push(j);
    if (columns.length === 0) columns.push(random.below(width));
    const residual = new Float64Array(count * outputs);
    for (let u = 0; u < count; u++) {
      const r = used[u]!;
      for (let c = 0; c < outputs; c++)
        residual[u * outputs + c] = targets[r * outputs + c]! - fitted[r * outputs + c]!;
    }
    const tree: Tree = {
      feature: new Int16Array(nodes).fill(-1),
      threshold: new Float64Array(nodes),
      leaf: new Float64Array(nodes * outputs),
    };
    nodeOf.fill(0);
    for (let level = 0; level <= options.depth; level++) {
      const base = 2 ** level - 1;
      const width_ = 2 ** level;
      // totals by node: per output weight and weighted residual
      const total = new Float64Array(width_ * stride);
      for (let u = 0; u < count; u++) {
        const node = nodeOf[used[u]!]! - base;
        if (node < 0) continue;
        const w = weights[used[u]!]!;
        for (let c = 0; c < outputs; c++) {
          const e = residual[u * outputs + c]!;
          if (!Number.isNaN(e)) {
            total[node * stride + 2 * c]! += w;
            total[node * stride + 2 * c + 1]! += w * e;
          }
        }
      }
      for (let node = 0; node < width_; node++) {
        for (let c = 0; c < outputs; c++) {
          const w = total[node * stride + 2 * c]!;
          tree.leaf[(base + node) * outputs + c] = (options.rate * total[node * stride + 2 * c + 1]!) / (w + shrink);
        }
      }
      if (level === options.depth) break;
      const bestGain = new Float64Array(width_).fill(1e-9);
      const bestFeature = new Int16Array(width_).fill(-1);
      const bestBin = new Uint8Array(width_);
      const histogram = new Float64Array(width_ * bins * stride);
      const left = new Float64Array(stride);
      for (const j of columns) {
        histogram.fill(0);
        for (let u = 0; u < count; u++) {
          const r = used[u]!;
          const node = nodeOf[r]! - base;
          if (node < 0) continue;
          const at = (node * bins + binned[j * rows + r]!) * stride;
          const w = weights[r]!;
          for (let c = 0; c < outputs; c++) {
            const e = residual[u * outputs + c]!;
            if (!Number.isNaN(e)) {
              histogram[at + 2 * c]! += w;
              histogram[at + 2 * c + 1]! += w * e;
            }
          }
        }
        for (let node = 0; node < width_; node++) {
          left.fill(0);
          let whole = 0;
          for (let c = 0; c < outputs; c++) {
            const s = total[node * stride + 2 * c + 1]!;
            whole += (s * s) / (total[node * stride + 2 * c]! + shrink);
          }
          for (let b = 0; b < bins - 1; b++) {
            const at = (node * bins + b) * stride;
            let gain = -whole;
            for (let c = 0; c < outputs; c++) {
              left[2 * c]! += histogram[at + 2 * c]!;
              left[2 * c + 1]! += histogram[at + 2 * c + 1]!;
              const wl = left[2 * c]!;
              const sl = left[2 * c + 1]!;
              const wr = total[node * stride + 2 * c]! - wl;
              const sr = total[node * stride + 2 * c + 1]! - sl;
              gain += (sl * sl) / (wl + shrink) + (sr * sr) / (wr + shrink);
            }
            if (left[0]! < leastWeight || total[node * stride]! - left[0]! < leastWeight) continue;
            if (gain > bestGain[node]!) {
              bestGain[node] = gain;
              bestFeature[node] = j;
              bestBin[node] = b;
            }
          }
        }
      }
      for (let node = 0; node < width_; node++) {
        const j = bestFeature[node]!;
        if (j < 0) continue;
        tree.feature[base + node] = j;
        tree.threshold[base + node] = edges[j]![bestBin[node]!]!;
      }
      for (let r = 0; r < rows; r++) {
        const node = nodeOf[r]! - base;
        if (node < 0 || bestFeature[node]! < 0) continue;
        const right = binned[bestFeature[node]! * rows + r]! > bestBin[node]!;
        nodeOf[r] = 2 * nodeOf[r]! + (right ? 2 : 1);
      }
    }
    for (let r = 0; r < rows; r++) {
      const node = nodeOf[r]!;
      for (let c = 0; c < outputs; c++) fitted[r * outputs + c]! += tree.leaf[node * outputs + c]!;
    }
    trees.push(tree);
  }
  return {
    outputs,
    predict(row, offset, out) {
      out.fill(0);
      for (const tree of trees) {
        let node = 0;
        while (tree.feature[node]! >= 0) {
          node = 2 * node + (row[offset + tree.feature[node]!]! > tree.threshold[node]! ? 2 : 1);
        }
        for (let c = 0; c < outputs; c++) out[c]! += tree.leaf[node * outputs + c]!;
      }
    },
  };
}
