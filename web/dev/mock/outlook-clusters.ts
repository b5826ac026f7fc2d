import type { Question } from './answers.ts';
import type { MockHistory } from './history.ts';
import { outlineOf } from './outline.ts';
import { dailyCounts, dateOf, lastWholeDay, sumOf } from './outlook-counts.ts';
import { bounds, type MockArea } from './places.ts';

const alpha = 0.01;
const middle = ({ ring }: MockArea): [number, number] => {
  const { west, east, south, north } = bounds(ring);
  return [(west + east) / 2, (south + north) / 2];
};
const kilometres = (a: [number, number], b: [number, number]) =>
  Math.hypot((a[0] - b[0]) * 109.4, (a[1] - b[1]) * 110.6);

const policy = { alpha, quietDays: 7, growthFactor: 1.5 };

/** A cluster as it was raised: an event. */
function raisedAs(cluster: { areaIds: string[]; lastDate: string; alarm: boolean; raisedAt: string | null }) {
  const { alarm: _alarm, raisedAt, ...event } = cluster;
  return {
    ...event,
    ...policy,
    areaId: cluster.areaIds[0]!,
    raisedDate: cluster.lastDate,
    reason: 'new',
    modelId: `scan-mock-1-${cluster.lastDate}-5eed`,
    knownAt: raisedAt!,
  };
}

/** As GET /api/clusters: of each ward the tổ dân phố that rose most, with its nearest; the three clearest. */
export function mockClusters(history: MockHistory, question: Question) {
  const counts = dailyCounts(history, question.district, question.asOfMs);
  const lastDay = lastWholeDay(question.asOfMs);
  const cells = history.areas.filter(({ level }) => level === 'neighbourhood');
  const found = history.areas
    .filter(({ level }) => level === 'ward')
    .map((ward) => {
      const own = cells.filter(({ parentId }) => parentId === ward.areaId);
      const rise = (cell: MockArea) => {
        const days = counts.get(cell.areaId)!;
        return sumOf(days, lastDay - 4, lastDay) - sumOf(days, lastDay - 27, lastDay - 5) / 4.6;
      };
      const centre = own.toSorted((a, b) => rise(b) - rise(a))[0]!;
      const at = middle(centre);
      const near = own.toSorted((a, b) => kilometres(middle(a), at) - kilometres(middle(b), at)).slice(0, 5);
      const observed = near.reduce((sum, { areaId }) => sum + sumOf(counts.get(areaId)!, lastDay - 4, lastDay), 0);
      const expected =
        near.reduce((sum, { areaId }) => sum + sumOf(counts.get(areaId)!, lastDay - 27, lastDay - 5), 0) / 4.6 + 0.4;
      return { near, at, observed, expected, ratio: observed / expected };
    })
    .toSorted((a, b) => b.ratio - a.ratio)
    .slice(0, 3);
  const total = sumOf(counts.get(question.district)!, lastDay - 27, lastDay);
  const clusters = found.map(({ near, at, observed, expected, ratio }, i) => ({
    centre: at,
    rule: i === 1 ? 'count' : 'scan',
    areaIds: near.map(({ areaId }) => areaId),
    radiusKm: Number(kilometres(middle(near.at(-1)!), at).toFixed(3)),
    firstDate: dateOf(lastDay - 4),
    lastDate: dateOf(lastDay),
    observed,
    expected: Number(expected.toFixed(2)),
    relativeRisk: Number(ratio.toFixed(2)),
    p: [0.002, 0.018, 0.31][i]!,
    alarm: [0.002, 0.018, 0.31][i]! <= alpha,
    raisedAt: i === 0 ? new Date(question.asOfMs - 7_200_000).toISOString() : null,
    outline: {
      type: 'Polygon',
      coordinates: outlineOf(near.map(({ ring }) => ({ type: 'Polygon', coordinates: [ring] }))).coordinates,
    },
  }));
  const [raised] = clusters;
  return {
    district: question.district,
    asOf: new Date(question.asOfMs).toISOString(),
    throughDate: dateOf(lastDay),
    ...policy,
    replications: 499,
    alerts: raised && total >= 10 ? [raisedAs(raised)] : [],
    clusters: total < 10 ? [] : clusters,
    abstention: total < 10 ? { reason: 'too-few-cases', detail: `${total} cases in 28 days, at least 10` } : null,
  };
}
