import { expect, test } from 'vitest';
import { newEvent } from '#contracts/new-event.ts';
import { Appender } from '#platform/append.ts';
import { openDistrictStream } from '#platform/journal.ts';
import { silentLog, temporaryDistrict, testBroker } from '#platform/testing/servers.ts';
import { parseFilter } from './filter.ts';
import { DistrictHub } from './hub.ts';

test('who missed as many events as are replayed hears them; one more, and everything is loaded again', async () => {
  const broker = await testBroker();
  const appender = new Appender(broker);
  const district = temporaryDistrict();
  await openDistrictStream(broker, district, { clock: 'recorded', exercise: true });
  const time = '2021-08-01T00:00:00.000Z';
  await appender.appendAll(
    Array.from(
      { length: 12 },
      (_, index) =>
        newEvent({
          type: 'case-confirmed',
          district,
          source: 't',
          id: `${index}`,
          time,
          recordedTime: time,
          data: { caseId: `c${index}`, areaId: 'W1', confirmedDate: '2021-08-01' },
        }).message,
    ),
  );
  const hub = new DistrictHub(district, {
    broker,
    log: silentLog,
    now: () => new Date(),
    batchMs: 10,
    replayLimit: 10,
  });
  const firstWords = async (lastEventId: number) => {
    const heard: string[] = [];
    const sink = { write: (text: string) => void heard.push(text), bufferedBytes: () => 0, close: () => {} };
    await hub.join(parseFilter({}), sink, lastEventId);
    return heard.map((text) => /^event: (.*)$/m.exec(text)?.[1]);
  };
  expect(await firstWords(2)).toEqual(['hello', 'batch']);
  expect(await firstWords(1)).toEqual(['snapshot']);
  // What the journal holds is known; one more is another journal.
  expect(await firstWords(12)).toEqual(['hello']);
  expect(await firstWords(13)).toEqual(['snapshot']);
  await hub.stop();
  appender.close();
  await broker.close();
});
