import { expect, test } from 'vitest';
import type { DiskSpace } from '../../services/platform/disk-space.ts';
import { mendAfterFullDisk } from './full-disk.ts';

const gb = 1024 ** 3;
const disk = (freeBytes: number): DiskSpace => ({
  freeBytes,
  totalBytes: 10 * gb,
  usedShare: 1 - freeBytes / (10 * gb),
});

test('a broker that met a full disk is started again when there is room, once', async () => {
  let free = 5 * gb;
  let restarts = 0;
  const said: string[] = [];
  const guard = mendAfterFullDisk(
    () => disk(free),
    async () => void restarts++,
    (line) => said.push(line),
    60_000,
  );
  const at = async (bytes: number) => {
    free = bytes;
    await guard.look();
    return restarts;
  };
  // Scarce is not full: nothing has failed.
  expect([await at(0.4 * gb), await at(5 * gb)]).toEqual([0, 0]);
  expect([await at(1024), await at(0.4 * gb), await at(5 * gb), await at(5 * gb)]).toEqual([0, 0, 1, 1]);
  expect(said).toEqual([
    'the disk is nearly full: no new facts are taken in until there is room',
    'there is room on the disk again: facts are taken in',
    'the disk is nearly full: no new facts are taken in until there is room',
    'there is room on the disk again: facts are taken in',
    'the disk was full: nats-server is started again, because it takes nothing after that',
  ]);
  guard.stop();
});
