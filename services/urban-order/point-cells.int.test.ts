import { afterAll, beforeAll, expect, test } from 'vitest';
import type { PointCells } from '#contracts/http/point-cells.ts';
import { categoryMask, clockShift, pointClocks } from '#contracts/point-format.ts';
import { bytesPerPoint } from '#contracts/points.ts';
import { deleteDistrictStream } from '#platform/journal.ts';
import { append, get } from '#platform/testing/requests.ts';
import type { ServiceUnderTest } from '#platform/testing/service.ts';
import { openTestDistrict } from '../district/testing/district.ts';
import { message, startUrbanOrder } from './testing/district.ts';

const now = new Date('2021-11-18T03:00:00Z');
let service: ServiceUnderTest;
let district: string;
beforeAll(async () => {
  service = await startUrbanOrder(() => now);
  district = await openTestDistrict(service, { clock: 'live' });
  const report = (violationId: string, occurredAt: string, lon: number, lat: number) =>
    message(district, 'violation-reported', { violationId, kind: 'other', occurredAt, location: { lon, lat } });
  await append(service, district, [
    report('late', '2021-11-01T02:00:00Z', 106.702, 10.705),
    report('late-too', '2021-11-01T03:00:00Z', 106.7021, 10.7051),
    report('new', '2021-11-18T02:00:00Z', 106.7022, 10.7052),
    report('away', '2021-11-18T02:00:00Z', 106.75, 10.75),
  ]);
});
afterAll(async () => {
  await deleteDistrictStream(service.parts.broker, district);
  await service.stop();
});
const cellsAt = (cellZoom: number, more = '') =>
  get<PointCells>(service, `/api/urban-order/points?district=${district}&cellZoom=${cellZoom}${more}`);

test('cells have all points at every zoom, with what is overdue and what is new', async () => {
  await expect.poll(async () => (await cellsAt(14)).total).toBe(4);
  for (const zoom of [0, 10, 14, 20]) {
    const { cells, total } = await cellsAt(zoom);
    const sum = (of: 'count' | 'late' | 'fresh' | 'open') => cells.reduce((all, cell) => all + cell[of], 0);
    expect([zoom, total, sum('count'), sum('late'), sum('fresh'), sum('open')]).toEqual([zoom, 4, 4, 2, 2, 4]);
  }
  const { cells } = await cellsAt(14);
  expect(cells.map(({ count, late }) => [count, late])).toEqual([
    [1, 0],
    [3, 2],
  ]);
  expect(cells[0]!.firstSequence).toBeGreaterThan(0);
  expect(cells[1]!.firstSequence).toBeNull();
  expect([cells[1]!.lon, cells[1]!.lat]).toEqual([expect.closeTo(106.7021, 6), expect.closeTo(10.7051, 6)]);
  // A cell is the tile of its zoom that its points lie in.
  expect(cells[1]!.x).toBe(Math.floor(((106.702 + 180) / 360) * 2 ** 14));
  const latitude = (10.705 * Math.PI) / 180;
  expect(cells[1]!.y).toBe(Math.floor(((1 - Math.asinh(Math.tan(latitude)) / Math.PI) / 2) * 2 ** 14));
});

test('of a moment before, cells say what was known and due then', async () => {
  await expect.poll(async () => (await cellsAt(3)).total).toBe(4);
  const { total, cells } = await cellsAt(3, '&asOf=2021-11-01T12:00:00Z');
  expect([total, cells[0]!.late, cells[0]!.fresh]).toEqual([2, 0, 2]);
});

test('points one by one have the clock only when it is asked for', async () => {
  const read = async (more: string) => {
    const response = await service.app.request(`/api/urban-order/points?district=${district}${more}`);
    const bytes = Buffer.from(await response.arrayBuffer());
    return Array.from({ length: bytes.length / bytesPerPoint }, (_, i) => bytes.readUInt8(i * bytesPerPoint + 14));
  };
  const [plain, clocked] = [await read(''), await read('&clock=true')];
  expect(plain.every((byte) => byte <= categoryMask)).toBe(true);
  expect(clocked.map((byte) => byte & categoryMask)).toEqual(plain);
  expect(clocked.map((byte) => pointClocks[byte >> clockShift])).toEqual(['late', 'late', 'new', 'new']);
});

test('a grid that is none is refused', async () => {
  for (const zoom of ['21', '-1', '1.5', 'x'])
    expect((await service.app.request(`/api/urban-order/points?district=${district}&cellZoom=${zoom}`)).status).toBe(
      422,
    );
});
