/** Members that learn growth from pooled rows: a ridge autoregression and boosted trees. */

import type { Random } from '../numerics/random.ts';
import { fitRidge } from '../numerics/ridge.ts';
import { defaultTrees, fitTrees, type TreeOptions } from './boosted-trees.ts';
import { type FeatureSet, featureWriters, type GrowthPanel, growthRows } from './growth-features.ts';
import type { Centre, Member, Situation } from './situation.ts';
import { centresFrom, type PredictGrowth, transferGrowth } from './transfer.ts';

/** Fitted growth: fills `out` (horizons) from a row of features. */
export type GrowthFunction = (row: Float64Array, out: Float64Array) => void;

export interface GrowthFit {
  readonly features: FeatureSet;
  fit(situation: Situation): GrowthFunction;
}

/** Growth of the source panel at index t of an area, by a growth function of its features. */
export function predictFromFeatures(source: GrowthPanel, features: FeatureSet, growth: GrowthFunction): PredictGrowth {
  const write = featureWriters[features];
  const row = new Float64Array(64);
  return (area, t, out) => {
    const width = write(source, area, t, row, 0);
    // an area that has just begun to report has no growth yet
    if (row.subarray(0, width).every(Number.isFinite)) growth(row, out);
    else out.fill(Number.NaN);
  };
}

/** Centres at the last period of a situation, through the transfer where there is a second signal. */
export function centreFromGrowth(situation: Situation, predict: PredictGrowth): Float64Array {
  const { target, horizons } = situation;
  if (situation.transferred) return transferGrowth(situation, predict);
  const growth = new Float64Array(target.areas * horizons);
  for (let i = 0; i < target.areas; i++) {
    predict(i, target.length - 1, growth.subarray(i * horizons, (i + 1) * horizons));
  }
  return centresFrom(target, growth, horizons);
}

/** A member that refits its growth function when asked. */
export function growthMember(name: string, model: GrowthFit): Member {
  let growth: GrowthFunction | null = null;
  return {
    name,
    centre(situation: Situation, refit: boolean): Centre {
      if (growth === null || refit) growth = model.fit(situation);
      return { centre: centreFromGrowth(situation, predictFromFeatures(situation.source, model.features, growth)) };
    },
  };
}

const ridgeStrength = 100;

/** Pooled linear autoregression of growth on own, peers' and pooled growth, level and (optionally) season. */
export function pooledAutoregression(season: boolean): Member {
  const features: FeatureSet = season ? 'linear-season' : 'linear';
  return growthMember(season ? 'autoregression-season' : 'autoregression', {
    features,
    fit(situation) {
      const rows = growthRows([situation.source, ...situation.related], featureWriters[features], situation.horizons);
      const coefficients = fitRidge(rows, ridgeStrength);
      return (row, out) => {
        for (let h = 0; h < rows.outputs; h++) {
          let sum = 0;
          for (let j = 0; j < rows.width; j++) sum += row[j]! * coefficients[j * rows.outputs + h]!;
          out[h] = sum;
        }
      };
    },
  });
}

/** Pooled boosted trees of growth on the richer features. */
export function pooledTrees(season: boolean, random: Random, options: TreeOptions = defaultTrees): Member {
  const features: FeatureSet = season ? 'rich-season' : 'rich';
  return growthMember(season ? 'trees-season' : 'trees', {
    features,
    fit(situation) {
      const rows = growthRows([situation.source, ...situation.related], featureWriters[features], situation.horizons);
      const trees = fitTrees(
        rows.features,
        rows.targets,
        rows.weights,
        rows.rows,
        rows.width,
        rows.outputs,
        options,
        random.child(situation.last),
      );
      return (row, out) => trees.predict(row, 0, out);
    },
  });
}

/** The last level stays: the centre of the flat baseline, after nowcast and repair. */
export function flatMember(): Member {
  return {
    name: 'flat',
    centre({ target, horizons }) {
      const centre = new Float64Array(target.areas * horizons);
      for (let i = 0; i < target.areas; i++) {
        centre.fill(target.z[(i + 1) * target.length - 1]!, i * horizons, (i + 1) * horizons);
      }
      return { centre };
    },
  };
}
