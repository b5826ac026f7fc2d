import { tmpdir } from 'node:os';
import { expect, test } from 'vitest';
import { isNoSpace } from './append-wire.ts';
import { type DiskSpace, isFull, measureSpace, noSpace, spaceWatch } from './disk-space.ts';

const gb = 1024 ** 3;
const disk = (usedShare: number, totalBytes = 100 * gb): DiskSpace => ({
  usedShare,
  totalBytes,
  freeBytes: totalBytes * (1 - usedShare),
});

test.each([
  [0.949, 100 * gb, false],
  [0.95, 100 * gb, true],
  [1, 100 * gb, true],
  // 5 % of four terabytes is 200 GB.
  [0.95, 4000 * gb, false],
  [0.996, 4000 * gb, true],
])('%f of a disk used: full %s', (share, total, full) => {
  expect(isFull(disk(share, total))).toBe(full);
});

test('says how much', () => {
  expect(noSpace(disk(0.96))).toEqual({ reason: 'no-space', detail: '96.0 % of the disk is used, 4096 MB are free' });
  expect(noSpace(disk(0.5))).toBeUndefined();
  expect(noSpace(undefined)).toBeUndefined();
});

test('a real file system has a size, and what is used and free of it', () => {
  const { freeBytes, totalBytes, usedShare } = measureSpace(tmpdir());
  expect(totalBytes).toBeGreaterThan(freeBytes);
  expect(usedShare).toBeGreaterThan(0);
  expect(usedShare).toBeLessThanOrEqual(1);
});

test('is measured once a second, and anew after that; one that cannot be measured is not full', () => {
  let now = 0;
  let used = 0.5;
  const space = spaceWatch(
    () => {
      if (used < 0) throw new Error('gone');
      return disk(used);
    },
    () => now,
  );
  expect(space()?.usedShare).toBe(0.5);
  used = 0.99;
  expect(space()?.usedShare).toBe(0.5);
  now = 1000;
  expect(space()?.usedShare).toBe(0.99);
  [used, now] = [-1, 2000];
  expect(space()).toBeUndefined();
});

test.each([
  [10023, 'insufficient resources', true],
  [10047, 'insufficient storage resources available', true],
  [10077, 'write /data/x.blk: no space left on device', true],
  [10077, 'maximum messages exceeded', false],
  [10071, 'wrong last sequence: 5', false],
])('the broker’s %i "%s" speaks of space: %s', (code, description, spoken) => {
  expect(isNoSpace({ code, description })).toBe(spoken);
});
