import * as tf from '@tensorflow/tfjs-core';
import type { District, RunSettings } from '../scenario/district.ts';
import { transmissionPerReproduction, wardMixing } from '../scenario/mixing.ts';

/**
 * The scenario model as TensorFlow.js over all paths at once, for the bench's comparison only: no levers, and every draw a rounded normal in place of a
 * binomial, which is the cheapest draw that tensors allow and too coarse for small counts. What it shows is a lower bound of what tensors cost.
 * @returns infections in all, mean over paths
 */
export function tensorInfections(district: District, run: RunSettings): number {
  const { disease } = district;
  const ages = district.ageGroups.length;
  const n = district.wards.length * ages;
  const mixing = wardMixing(district);
  const beta = disease.reproductionNumber * transmissionPerReproduction(district, mixing);
  const people = district.wards.flatMap((ward) => ward.population);
  const reach = new Float32Array(n * n);
  for (let from = 0; from < n; from++)
    for (let to = 0; to < n; to++) {
      const [b, h, a, g] = [Math.floor(from / ages), from % ages, Math.floor(to / ages), to % ages];
      reach[from * n + to] =
        ((beta * mixing.distance[a * district.wards.length + b]! * district.mixing.contacts[g]![h]!) / people[from]!) *
        run.stepDays;
    }
  const start = (table: number[][] | undefined) => Float32Array.from(table?.flat() ?? new Array<number>(n).fill(0));
  const vaccinated = [start(district.start.oneDose), start(district.start.twoDoses), start(district.start.waned)];
  const exposed = start(district.start.exposed);
  const infectious = start(district.start.infectious);
  const naive = Float32Array.from(
    people,
    (count, i) => count - vaccinated.reduce((sum, v) => sum + v[i]!, 0) - exposed[i]! - infectious[i]!,
  );
  const row = (values: Float32Array) => tf.keep(tf.tile(tf.tensor2d(values, [1, n]), [run.paths, 1]));
  const shares = (values: readonly number[]) =>
    tf.keep(
      tf.tensor2d(
        people.map((_, i) => values[i % ages]!),
        [1, n],
      ),
    );
  const kernel = tf.keep(tf.tensor2d(reach, [n, n]));
  const severe = shares(disease.severeShare);
  const needsCare = shares(disease.intensiveCareShare);
  const dies = shares(disease.deathShare);
  const zero = row(new Float32Array(n));
  let [s0, s1, s2, w, em, es, im, is, qm, qs, h, c] = [naive, ...vaccinated, exposed]
    .map(row)
    .concat([zero, row(infectious), zero, zero, zero, zero, zero]) as [
    tf.Tensor2D,
    tf.Tensor2D,
    tf.Tensor2D,
    tf.Tensor2D,
    tf.Tensor2D,
    tf.Tensor2D,
    tf.Tensor2D,
    tf.Tensor2D,
    tf.Tensor2D,
    tf.Tensor2D,
    tf.Tensor2D,
    tf.Tensor2D,
  ];
  let seed = run.seed;
  const draw = (amount: tf.Tensor, probability: tf.Tensor | number): tf.Tensor => {
    const mean = tf.mul(amount, probability);
    const deviation = tf.sqrt(tf.relu(tf.mul(mean, tf.sub(1, probability))));
    const normal = tf.randomNormal(mean.shape as [number, number], 0, 1, 'float32', seed++);
    return tf.minimum(tf.relu(tf.round(tf.add(mean, tf.mul(deviation, normal)))), amount);
  };
  const dt = run.stepDays;
  const found = dt * disease.isolationPerDay;
  let infections = 0;
  for (let day = 0; day < run.days / dt; day++) {
    const next = tf.tidy(() => {
      const active = tf.add(tf.add(im, is), tf.mul(tf.add(qm, qs), disease.isolatedInfectiousness));
      const force = tf.matMul(active as tf.Tensor2D, kernel);
      const chance = (protection: number) => tf.sub(1, tf.exp(tf.mul(force, protection - 1)));
      const caught = [
        draw(s0, chance(0)),
        ...[s1, s2, w].map((group, k) => draw(group, chance(disease.protectionInfection[k]!))),
      ];
      const caughtSevere = caught.map((group, k) =>
        draw(group, tf.mul(severe, 1 - (k === 0 ? 0 : disease.protectionSevere[k - 1]!))),
      );
      const all = tf.addN(caught);
      const allSevere = tf.addN(caughtSevere);
      const onsetMild = draw(em, dt / disease.latentDays);
      const onsetSevere = draw(es, dt / disease.latentDays);
      const outMild = draw(im, dt / disease.infectiousDays + found);
      const outSevere = draw(is, dt / disease.daysToHospital + found);
      const foundMild = draw(outMild, found / (dt / disease.infectiousDays + found));
      const foundSevere = draw(outSevere, found / (dt / disease.daysToHospital + found));
      const outIsolated = draw(qm, dt / disease.isolationDays);
      const worse = draw(qs, dt / disease.daysToHospital);
      const outHospital = draw(h, dt / disease.hospitalDays);
      const toCare = draw(outHospital, needsCare);
      const outCare = draw(c, dt / disease.intensiveCareDays);
      draw(outCare, dies);
      const waned = draw(tf.sub(s2, caught[2]!), disease.vaccineWaningDays > 0 ? dt / disease.vaccineWaningDays : 0);
      return [
        tf.sub(s0, caught[0]!),
        tf.sub(s1, caught[1]!),
        tf.sub(tf.sub(s2, caught[2]!), waned),
        tf.add(tf.sub(w, caught[3]!), waned),
        tf.sub(tf.add(em, tf.sub(all, allSevere)), onsetMild),
        tf.sub(tf.add(es, allSevere), onsetSevere),
        tf.sub(tf.add(im, onsetMild), outMild),
        tf.sub(tf.add(is, onsetSevere), outSevere),
        tf.sub(tf.add(qm, foundMild), outIsolated),
        tf.sub(tf.add(qs, foundSevere), worse),
        tf.sub(tf.add(tf.add(h, tf.sub(outSevere, foundSevere)), worse), outHospital),
        tf.sub(tf.add(c, toCare), outCare),
        tf.sum(all),
      ];
    });
    infections += (next.pop()!.dataSync()[0] as number) / run.paths;
    for (const tensor of new Set([s0, s1, s2, w, em, es, im, is, qm, qs, h, c])) if (tensor !== zero) tensor.dispose();
    [s0, s1, s2, w, em, es, im, is, qm, qs, h, c] = next as unknown as typeof next &
      [
        tf.Tensor2D,
        tf.Tensor2D,
        tf.Tensor2D,
        tf.Tensor2D,
        tf.Tensor2D,
        tf.Tensor2D,
        tf.Tensor2D,
        tf.Tensor2D,
        tf.Tensor2D,
        tf.Tensor2D,
        tf.Tensor2D,
        tf.Tensor2D,
      ];
  }
  tf.disposeVariables();
  return infections;
}
