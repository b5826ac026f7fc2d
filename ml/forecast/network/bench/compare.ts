/**
 * Forecasts of districts with and without the network, and the network alone, walked forward beside the flat baseline.
 *   node ml/forecast/network/bench/compare.ts --network FOLDER [--sets drill,simulated,…] [--lists A.json,…] [--data FOLDER] [--stride 7] [--share 0.5]
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ScoreSum } from '../../../metrics/coverage.ts';
import { hubLevels } from '../../../metrics/interval-score.ts';
import { serialInterval } from '../../../rt/serial-interval.ts';
import { loadSets } from '../../district/bench/evaluate.ts';
import type { Rehearsal } from '../../district/bench/sets.ts';
import { districtOptions, withNetwork } from '../../district/options.ts';
import { rehearse } from '../../district/rehearse.ts';
import { weekSteps } from '../../district/seen.ts';
import { horizons } from '../input.ts';
import type { NetworkMember } from '../member.ts';
import { networkFrom } from '../trained-network.ts';
import { heldOutRehearsals } from './held-out.ts';

const warmUpWeeks = 5;
const levels = hubLevels.length;
const variants = ['today', 'with the network', 'the network alone', 'flat baseline'] as const;
type Table = Record<(typeof variants)[number], ScoreSum[]>;

const { values } = parseArgs({
  options: {
    network: { type: 'string' },
    sets: { type: 'string', default: 'drill,simulated,NY weekly,NY daily' },
    lists: { type: 'string', default: '' },
    data: { type: 'string', default: '../shared/data' },
    stride: { type: 'string', default: '7' },
    share: { type: 'string' },
    most: { type: 'string' },
    power: { type: 'string' },
    mix: { type: 'string' },
    widest: { type: 'string' },
    widthPrior: { type: 'string' },
    widthGrowth: { type: 'string' },
    widthSquare: { type: 'string' },
    only: { type: 'string' },
    seeds: { type: 'string', default: 'chosen' },
  },
});

function compare(rehearsals: readonly Rehearsal[], member: NetworkMember): Table {
  const sums = () => Array.from({ length: horizons + 1 }, () => new ScoreSum());
  const table: Table = {
    today: sums(),
    'with the network': sums(),
    'the network alone': sums(),
    'flat baseline': sums(),
  };
  const options = districtOptions(serialInterval(4.7, 2.9, 21));
  const used = withNetwork(options, member);
  const share = {
    ...used.network!.share,
    ...(values.share ? { start: Number(values.share) } : {}),
    ...(values.most ? { most: Number(values.most) } : {}),
    ...(values.power ? { power: Number(values.power) } : {}),
    ...(values.widest ? { widest: Number(values.widest) } : {}),
    ...(values.widthGrowth ? { widthGrowth: Number(values.widthGrowth) } : {}),
    ...(values.widthSquare ? { widthPriorSquare: Number(values.widthSquare) } : {}),
    ...(values.widthPrior ? { widthPriorWeeks: Number(values.widthPrior) } : {}),
  };
  const mix = values.mix ? { ...used.mix, share: Number(values.mix), least: Number(values.mix) } : used.mix;
  for (const { history, truth } of rehearsals) {
    const week = weekSteps(history);
    const settled = { ...options, settledSteps: week };
    const today = rehearse(history, horizons, settled, 2021);
    const joined = rehearse(history, horizons, { ...settled, mix, network: { member, share } }, 2021);
    const alone = member.foresee(history).map((all) => all.map((z) => Math.max(0, Math.expm1(z))));
    history.moments.forEach(({ first, last }, m) => {
      if (last - first < warmUpWeeks * week || (last - history.moments.at(-1)!.last) % week !== 0) return;
      for (let i = 0; i < history.areas.length; i++)
        for (let h = 0; h < horizons; h++) {
          const observed = truth(i, last + (h + 1) * week);
          const at = (i * horizons + h) * levels;
          const cell = (of: Float64Array) => of.subarray(at, at + levels);
          const all = [today[m]!.quantiles, joined[m]!.quantiles, alone[m]!, today[m]!.baseline].map(cell);
          if (!Number.isFinite(observed) || all.some((one) => Number.isNaN(one[0]!))) continue;
          for (const row of [h, horizons]) variants.forEach((name, v) => void table[name][row]!.add(all[v]!, observed));
        }
    });
  }
  return table;
}

const member = await networkFrom(join(values.network!, 'weights.bin'), join(values.network!, 'card.json'));
const wanted = values.sets.split(',');
const sets = new Map([
  ...loadSets([
    '--stride',
    values.stride,
    '--data',
    join(values.data, 'nyc-covid'),
    ...(values.lists ? ['--lists', values.lists] : []),
    ...(values.seeds === 'held-out' ? ['--held-out'] : []),
  ]),
  ...heldOutRehearsals(values.data, wanted),
]);
const f = (value: number, digits = 2) => value.toFixed(digits);
console.log(
  '| set | variant | 1 week | 2 weeks | 3 weeks | 4 weeks | all | 50 % · 95 % by week |\n| --- | --- | --- | --- | --- | --- | --- | --- |',
);
for (const [name, rehearsals] of sets) {
  if (!wanted.includes(name)) continue;
  const table = compare(rehearsals, member);
  const flat = table['flat baseline'].map((sum) => sum.summary());
  for (const variant of variants) {
    if (values.only && values.only !== variant) continue;
    const own = table[variant].map((sum) => sum.summary());
    const cells = own.map(({ wis, logWis }, row) => `${f(wis / flat[row]!.wis)} / ${f(logWis / flat[row]!.logWis)}`);
    const held = own.slice(0, horizons).map(({ coverage50, coverage95 }) => `${f(coverage50)}·${f(coverage95)}`);
    console.log(`| ${name} (${own.at(-1)!.cells} cells) | ${variant} | ${cells.join(' | ')} | ${held.join(', ')} |`);
  }
}
