import { expect, test } from 'vitest';
import { Appender } from '#platform/append.ts';
import { openDistrictStream, streamOf } from '#platform/journal.ts';
import { temporaryDistrict, testBroker } from '#platform/testing/servers.ts';
import { journalPages, pageEnd, pageSequences } from './journal-pages.ts';

test('a page is read once, the last one goes on where it ended, and a message that is gone stops nothing', async () => {
  const broker = await testBroker();
  const appender = new Appender(broker);
  const district = temporaryDistrict();
  await openDistrictStream(broker, district, { clock: 'recorded', exercise: true });
  const append = (ids: number[]) =>
    appender.appendAll(
      ids.map((id) => ({ subject: `vx.${district}.economy.business.b`, id: `${id}`, payload: `{"id":${id}}` })),
    );
  const read: number[] = [];
  const { page } = journalPages(broker, district, (message) => {
    read.push(message.seq);
    // Not everything is told.
    if (message.seq % 2) return undefined;
    const values = message.json<{ id: number }>();
    const id = String(values.id);
    return { id, sequence: message.seq, type: '', layer: '', entity: id, time: '', recordedTime: '', values: {} };
  });
  const through = pageSequences + 20;
  await append(Array.from({ length: through }, (_, index) => index + 1));

  const first = await page(3, through);
  expect(first.through).toBe(pageSequences);
  expect(first.items.map(({ sequence }) => sequence)).toEqual(
    Array.from({ length: pageSequences / 2 }, (_, index) => 2 * index + 2),
  );
  const second = await page(pageSequences + 1, through);
  expect(second.through).toBe(through);
  expect(second.items).toHaveLength(10);
  expect(await page(1, through)).toBe(first);
  expect(await page(through, through)).toBe(second);

  await append([9001, 9002, 9003, 9004]);
  await broker.manager.streams.deleteMessage(streamOf(district), through + 4);
  const third = await page(through + 1, through + 4);
  expect(third.through).toBe(through + 4);
  expect(third.items.map(({ id }) => id).slice(10)).toEqual(['9002']);
  expect(third.items.slice(0, 10)).toEqual(second.items);
  expect(read).toEqual(Array.from({ length: through + 3 }, (_, index) => index + 1));
  expect([1, pageSequences, pageSequences + 1].map(pageEnd)).toEqual([pageSequences, pageSequences, 2 * pageSequences]);
  appender.close();
  await broker.close();
});
