import { describe, expect, test } from 'vitest';
import { quantileCount } from '../rising-quantiles.ts';
import { averaged, NetworkShare, widened } from './network-share.ts';
import { levelOf, type Seen } from './seen.ts';

const kind = { step: 'week', kind: 'flow' } as const;
const options = {
  start: 0.5,
  least: 0.2,
  most: 0.8,
  power: 3,
  memoryWeeks: 8,
  priorWeeks: 2,
  widest: 2.5,
  widthPriorSquare: 1,
  widthPriorWeeks: 0.5,
  widthGrowth: 0.2,
};

/** One area that had `value` in each of so many weeks. */
const weeks = (last: number, value = 100): Seen => ({ first: 0, last, values: new Float64Array(last + 1).fill(value) });

/** A band about the log of a count, so many deviations of 0.1 wide. */
const band = (count: number, wide = 1) =>
  Float64Array.from({ length: quantileCount }, (_, q) => levelOf(count) + 0.02 * wide * (q - (quantileCount - 1) / 2));

function shareAfter(own: Float64Array, network: Float64Array, moments: number) {
  const share = new NetworkShare(kind, 1, 1, 1, options);
  for (let last = 5; last < 5 + moments; last++) {
    share.at(weeks(last));
    share.add(last, own, network, averaged(own, network, 0.5));
  }
  const seen = weeks(5 + moments);
  return { share: share.at(seen), width: share.width(seen) };
}

describe('share of the network', () => {
  test('is the start share before anything was scored, and at equal scores', () => {
    expect(shareAfter(band(100), band(100), 0).share).toBe(0.5);
    expect(shareAfter(band(100), band(100), 1).share).toBe(0.5);
    expect(shareAfter(band(100), band(100), 10).share).toBeCloseTo(0.5, 9);
  });

  test('grows while the network is the better one, shrinks while it is the worse one, within its bounds', () => {
    const some = shareAfter(band(104), band(100), 2).share;
    const more = shareAfter(band(104), band(100), 3).share;
    expect(some).toBeGreaterThan(0.5);
    expect(more).toBeGreaterThan(some);
    expect(shareAfter(band(5000), band(100), 30).share).toBe(0.8);
    expect(shareAfter(band(100), band(5000), 30).share).toBe(0.2);
  });

  test('forgets what is older than its memory', () => {
    const share = new NetworkShare(kind, 1, 1, 1, options);
    for (let last = 5; last < 40; last++) {
      share.at(weeks(last));
      const [own, network] = last < 20 ? [band(5000), band(100)] : [band(100), band(5000)];
      share.add(last, own, network, own);
    }
    expect(share.at(weeks(40))).toBe(0.2);
  });
});

describe('width of the average', () => {
  test('stays while what came lies within, grows with the errors, and never beyond the widest', () => {
    expect(shareAfter(band(100, 5), band(100, 5), 12).width).toBe(1);
    const wider = shareAfter(band(125), band(125), 12).width;
    expect(wider).toBeGreaterThan(1.5);
    expect(shareAfter(band(9000), band(9000), 40).width).toBe(2.5);
  });

  test('keeps the median, and goes further at later weeks', () => {
    const two = Float64Array.from([...band(100), ...band(100)]);
    const out = widened(two, 2, 2, 0.5);
    const middle = (quantileCount - 1) / 2;
    const spread = (from: Float64Array, h: number) => from[h * quantileCount + 20]! - from[h * quantileCount + middle]!;
    expect(out[middle]!).toBe(two[middle]!);
    expect(spread(out, 0) / spread(two, 0)).toBeCloseTo(2, 9);
    expect(spread(out, 1) / spread(two, 1)).toBeCloseTo(2 ** 1.5, 9);
  });
});

test('where one of the two says nothing the other stands', () => {
  expect([...averaged(Float64Array.of(1, Number.NaN, 3), Float64Array.of(3, 4, Number.NaN), 0.25)]).toEqual([
    1.5, 4, 3,
  ]);
});
