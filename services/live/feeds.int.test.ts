import { afterAll, beforeAll, expect, test } from 'vitest';
import { newEvent } from '#contracts/new-event.ts';
import { Appender } from '#platform/append.ts';
import type { Broker } from '#platform/broker.ts';
import { openDistrictStream } from '#platform/journal.ts';
import { temporaryDistrict, testBroker } from '#platform/testing/servers.ts';
import '../services.ts';
import { readFeeds, reportedSubjects } from './feeds-api.ts';

let broker: Broker;
let appender: Appender;
beforeAll(async () => {
  broker = await testBroker();
  appender = new Appender(broker);
});
afterAll(async () => {
  appender.close();
  await broker.close();
});

const actor = { authtype: 'unauthenticated' } as const;

test('every feed whose facts come from outside, and none that the centre computes or draws', () => {
  expect([...reportedSubjects().keys()].sort()).toEqual(
    [
      'businesses',
      'capacity',
      'cases',
      'counts',
      'incidents',
      'indicators',
      'reports',
      'vaccination',
      'violations',
    ].sort(),
  );
});

test('the newest fact of each feed, whichever service keeps it; areas alone are no report', async () => {
  const district = temporaryDistrict();
  await openDistrictStream(broker, district, { clock: 'recorded', exercise: true });
  expect(await readFeeds(broker, district)).toEqual([]);
  const fact = { district, source: '/test', actor };
  const time = (hour: number) => `2021-08-01T0${hour}:00:00.000Z`;
  const events = [
    newEvent({
      ...fact,
      type: 'violation-reported',
      id: 'v1',
      time: time(1),
      recordedTime: time(2),
      data: { violationId: 'v1', kind: 'without-permit', occurredAt: time(1), location: { lon: 106.7, lat: 10.7 } },
    }),
    newEvent({
      ...fact,
      type: 'violation-verified',
      id: 'v2',
      time: time(3),
      recordedTime: time(4),
      data: { violationId: 'v1', occurredAt: time(3) },
    }),
  ];
  await appender.appendAll(events.map(({ message }) => message));
  // Two nouns of one feed: the newest fact wins.
  const vaccination = [
    newEvent({
      ...fact,
      type: 'vaccination-count-published',
      id: 'count',
      time: time(5),
      recordedTime: time(5),
      data: { areaId: 'W1', asOfDate: '2021-08-01', ageGroup: 'all', peopleAtLeastOneDose: 3, peopleFullCourse: 1 },
    }),
    newEvent({
      ...fact,
      type: 'dose-administered',
      id: 'dose',
      time: time(6),
      recordedTime: time(6),
      data: {
        doseId: 'd',
        personKey: 'p',
        areaId: 'W1',
        doseNumber: 1,
        courseDoses: 2,
        ageYears: 40,
        administeredDate: '2021-08-01',
      },
    }),
  ];
  await appender.appendAll(vaccination.map(({ message }) => message));
  expect(await readFeeds(broker, district)).toContainEqual({
    feed: 'vaccination',
    lastEventAt: time(6),
    lastRecordedAt: time(6),
  });
  expect(await readFeeds(broker, district)).toContainEqual({
    feed: 'violations',
    lastEventAt: time(3),
    lastRecordedAt: time(4),
  });
});
