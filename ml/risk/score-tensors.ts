import * as tf from '@tensorflow/tfjs-core';
import { featureCount } from './local-features.ts';
import { type AreaObservations, countNoiseOf, type LeadModel, type RiskModel } from './risk-model.ts';

/**
 * The same band probabilities as `bandProbabilities`, as one TensorFlow.js graph over all areas at once (32-bit, so equal to about 1e-4).
 * The backend must be chosen and ready before. @returns areas × (cuts + 1) per horizon
 */
export async function bandTensors(
  model: RiskModel,
  areas: AreaObservations,
  edges: Float64Array,
  cuts: number,
): Promise<Float32Array[]> {
  const n = areas.logRates.length;
  const noise = areas.logRates.map((x, i) => countNoiseOf(x, areas.units[i]!));
  const tensors = tf.tidy(() => {
    const x = tf.tensor2d(Float32Array.from(areas.logRates), [n, 1]);
    const features = tf.tensor2d(Float32Array.from(areas.features), [n, featureCount]);
    const edge = tf.tensor2d(Float32Array.from(edges), [n, cuts]);
    const z = tf.tensor2d(Float32Array.from(noise), [n, 1]);
    return model.horizons.map((lead) => horizon(model, lead, x, features, edge, z, n, cuts));
  });
  const out = await Promise.all(tensors.map((tensor) => tensor.data() as Promise<Float32Array>));
  for (const tensor of tensors) tensor.dispose();
  return out;
}

function horizon(
  model: RiskModel,
  lead: LeadModel,
  x: tf.Tensor2D,
  features: tf.Tensor2D,
  edge: tf.Tensor2D,
  noise: tf.Tensor2D,
  n: number,
  cuts: number,
): tf.Tensor2D {
  const coefficients = tf.tensor2d(Float32Array.from(lead.coefficients), [featureCount, 1]);
  const expected = tf.add(tf.add(x, tf.matMul(features, coefficients)), lead.cityChange);
  const deviation = tf.sqrt(tf.add(tf.mul(noise, lead.countNoise), lead.cityVariance + lead.areaVariance));
  const z = tf.div(tf.sub(edge, expected), deviation);
  const logistic = tf.sigmoid(tf.mul(z, 1.8137993642342178));
  const normal = tf.mul(tf.add(tf.erf(tf.mul(z, Math.SQRT1_2)), 1), 0.5);
  const mixed = tf.add(tf.mul(logistic, model.heavyShare), tf.mul(normal, 1 - model.heavyShare));
  const p = tf.clipByValue(mixed, 1e-4, 1 - 1e-4);
  const below = lead.steepness === 1 ? mixed : tf.sigmoid(tf.mul(tf.log(tf.div(p, tf.sub(1, p))), lead.steepness));
  const upper = tf.concat([below, tf.ones([n, 1])], 1);
  const lower = tf.concat([tf.zeros([n, 1]), below], 1);
  return tf.reshape(tf.sub(upper, lower), [n, cuts + 1]);
}
