import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Broker } from '#platform/broker.ts';
import { deleteDistrictStream, openDistrictStream } from '#platform/journal.ts';
import { temporaryDistrict, testBroker } from '#platform/testing/servers.ts';
import { knownDistricts } from './districts.ts';

let broker: Broker;
const [zoned, old] = [temporaryDistrict(), temporaryDistrict()];
beforeAll(async () => {
  broker = await testBroker();
  await openDistrictStream(broker, zoned, { clock: 'live', exercise: true, timeZone: 'Asia/Ho_Chi_Minh' });
  await openDistrictStream(broker, old, { clock: 'live', exercise: true });
});
afterAll(async () => {
  for (const district of [zoned, old]) await deleteDistrictStream(broker, district);
  await broker.close();
});

test('the journal keeps the time zone; of one that was opened without, it is asked once, beside the events', async () => {
  const asked: string[] = [];
  const { rules, stop } = await knownDistricts(broker, async (district) => {
    asked.push(district);
    return 'America/New_York';
  });
  expect(rules(zoned)).toMatchObject({ clock: 'live', exercise: true, timeZone: 'Asia/Ho_Chi_Minh' });
  expect(rules(old)!.timeZone).toBeUndefined();
  const deadline = Date.now() + 90_000;
  while (rules(old)!.timeZone === undefined && Date.now() < deadline) await sleep(20);
  expect(rules(old)!.timeZone).toBe('America/New_York');
  expect(asked).toEqual([old]);
  stop();
});

test('nobody answers: the door judges without', async () => {
  const { rules, stop } = await knownDistricts(broker, async () => {
    throw new Error('geography is away');
  });
  expect(rules(old)).toMatchObject({ clock: 'live' });
  await sleep(20);
  expect(rules(old)!.timeZone).toBeUndefined();
  stop();
});
