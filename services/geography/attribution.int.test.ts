import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CloudEvent } from '#contracts/cloud-event.ts';
import { deleteDistrictStream, lastMessage, streamOf } from '#platform/journal.ts';
import { temporaryDistrict } from '#platform/testing/servers.ts';
import { registerPack } from './district-pack/register-pack.ts';
import { loadDistrict7Pack } from './district7/pack.ts';
import { type GeographyUnderTest, startGeography } from './testing.ts';

const wall = '2026-11-30T03:00:00.000Z';
let geography: GeographyUnderTest;
const districts: string[] = [];
beforeAll(async () => {
  geography = await startGeography(() => new Date(wall));
});
afterAll(async () => {
  for (const district of districts) await deleteDistrictStream(geography.broker, district);
  await geography.stop();
});

const newDistrict = () => {
  districts.push(temporaryDistrict());
  return districts.at(-1)!;
};
const last = async (district: string, subject: string) =>
  (await lastMessage<CloudEvent>(geography.broker, streamOf(district), `vx.${district}.geography.${subject}`))?.event;
const request = (path: string, body: object, requestId: string, type = 'application/json') =>
  geography.app.request(path, {
    method: 'POST',
    headers: { 'content-type': type, 'x-request-id': requestId },
    body: JSON.stringify(body),
  });
const square = {
  type: 'FeatureCollection',
  features: [
    {
      type: 'Feature',
      properties: { area_id: 'a', name: 'Tây' },
      geometry: {
        type: 'Polygon',
        coordinates: [
          [
            [106.7, 10.7],
            [106.71, 10.7],
            [106.71, 10.71],
            [106.7, 10.71],
            [106.7, 10.7],
          ],
        ],
      },
    },
  ],
};

test('a registration and a layer of areas say that a person spoke, and by which request; a layer moves no clock', async () => {
  const district = newDistrict();
  const registration = {
    districtId: district,
    name: 'Thử',
    timeZone: 'Asia/Ho_Chi_Minh',
    clock: 'recorded',
    exercise: true,
    centre: { lon: 106.7, lat: 10.7 },
  };
  expect((await request('/api/districts', registration, 'request-1')).status).toBe(201);
  const registered = await last(district, 'district.>');
  expect(registered).toMatchObject({
    authtype: 'unauthenticated',
    correlationid: 'request-1',
    recordedtime: wall,
    exercise: true,
  });
  expect(registered).not.toHaveProperty('authid');

  const layer = (more: string, requestId: string) =>
    request(
      `/api/geography/imports/areas?district=${district}&rootId=all&rootName=All&${more}`,
      square,
      requestId,
      'application/geo+json',
    );
  // Nothing says yet where the clock of the exercise stands.
  expect((await layer('validFrom=2020-01-01', 'request-2')).status).toBe(409);
  expect((await layer('validFrom=2020-01-01&dryRun=true', 'request-3')).status).toBe(200);
  const known = '2021-06-01T00:00:00.000Z';
  expect((await layer(`validFrom=2020-01-01&recordedTime=${known}`, 'request-4')).status).toBe(200);
  expect(await last(district, 'area.a')).toMatchObject({
    authtype: 'unauthenticated',
    correlationid: 'request-4',
    recordedtime: known,
  });
  expect((await layer('validFrom=2021-07-01', 'request-5')).status).toBe(200);
  expect(await last(district, 'area.a')).toMatchObject({ correlationid: 'request-5', recordedtime: known });
});

test('a pack of places is said by geography, all of it with its registration', async () => {
  const district = newDistrict();
  await registerPack(geography.appender, geography.broker, loadDistrict7Pack(), {
    district,
    clock: 'recorded',
    exercise: true,
    recordedTime: '2021-05-01T00:00:00Z',
  });
  const registered = (await last(district, 'district.>'))!;
  for (const event of [registered, await last(district, 'area.>'), await last(district, 'feature.>')])
    expect(event).toMatchObject({
      authtype: 'service_account',
      authid: 'geography',
      correlationid: registered.id,
      dataversion: 1,
    });
});
