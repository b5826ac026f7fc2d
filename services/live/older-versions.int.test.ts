import { z } from '@hono/zod-openapi';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type AnyEvent, registerEvents } from '#contracts/catalogue.ts';
import { Appender } from '#platform/append.ts';
import type { Broker } from '#platform/broker.ts';
import { deleteDistrictStream, openDistrictStream } from '#platform/journal.ts';
import { silentLog, temporaryDistrict, testBroker } from '#platform/testing/servers.ts';
import { parseFilter } from './filter.ts';
import { DistrictHub } from './hub.ts';

// A count that was said in tens and is now said in ones.
const counted: AnyEvent = {
  type: 'things-counted',
  service: 'things',
  noun: 'count',
  dataClass: 'aggregate',
  action: 'things.count',
  schema: z.object({ place: z.string(), ones: z.number().int() }),
  version: 2,
  upcast: { 1: ({ tens, ...data }) => ({ ...data, ones: Number(tens) * 10 }) },
  key: (data) => String(data.place),
  publishedBy: ['intake'],
  consumedBy: ['live'],
  words: { vi: 'đếm', en: 'counted' },
  live: { feed: 'cases', entity: ['place'], values: ['ones'] },
};
registerEvents([counted]);

let broker: Broker;
let appender: Appender;
const district = temporaryDistrict();
beforeAll(async () => {
  broker = await testBroker();
  appender = new Appender(broker);
  await openDistrictStream(broker, district, { clock: 'recorded', exercise: true });
});
afterAll(async () => {
  appender.close();
  await deleteDistrictStream(broker, district);
  await broker.close();
});

test('a listener hears an older version as the newest, at once and when it comes back; one from the future stops nothing', async () => {
  const hub = new DistrictHub(district, { broker, log: silentLog, now: () => new Date(), batchMs: 20 });
  const heard: string[] = [];
  const listen = (into: string[]) => ({
    write: (text: string) => into.push(text),
    bufferedBytes: () => 0,
    close: () => {},
  });
  await hub.join(parseFilter({}), listen(heard), undefined);
  const time = '2021-08-01T00:00:00.000Z';
  const journalled = [
    { data: { place: 'a', tens: 4 } },
    { dataversion: 3, data: { place: 'b', hundreds: 1 } },
    { dataversion: 2, data: { place: 'c', ones: 7 } },
  ];
  for (const [index, event] of journalled.entries()) {
    const envelope = { specversion: '1.0', id: `${index}`, source: 't', type: counted.type, time, recordedtime: time };
    const payload = JSON.stringify({ ...envelope, district, ...event });
    const subject = `vx.${district}.things.count.${event.data.place}`;
    expect((await appender.append({ subject, id: `t ${index}`, payload })).ok).toBe(true);
  }
  await expect.poll(() => heard.join(''), { timeout: 90_000 }).toContain('"entity":"c"');
  const told = heard.join('');
  expect(told).toContain('"values":{"ones":40}');
  expect(told).toContain('"values":{"ones":7}');
  expect(told).not.toContain('"entity":"b"');
  const again: string[] = [];
  await hub.join(parseFilter({}), listen(again), 0);
  await expect.poll(() => again.join(''), { timeout: 90_000 }).toContain('"values":{"ones":40}');
  await hub.stop();
}, 120_000);
