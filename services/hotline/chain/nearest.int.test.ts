import { mulberry32 } from '@vungxanh/ml/numerics';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { momentOf } from '../api/moment.ts';
import { openHotline } from '../testing/hotline.ts';
import { readTargets } from './read-targets.ts';
import { chainRuleAt } from './rules.ts';

const begin = '2021-10-01T00:00:00.000Z';
const rule = chainRuleAt(begin);
let line: Awaited<ReturnType<typeof openHotline>>;
const targets = async (caller: { location?: { lon: number; lat: number }; areaId?: string }) =>
  readTargets(
    line.parts.database,
    await momentOf(line.parts.database, line.district, undefined, line.parts.now()),
    rule,
    caller,
  );

/** Metres between two places on a sphere: independent of PostGIS, whose spheroid differs by less than half a per cent. */
function metres([lon1, lat1]: readonly number[], [lon2, lat2]: readonly number[]): number {
  const radians = (degrees: number) => (degrees * Math.PI) / 180;
  const half = (a: number, b: number) => Math.sin(radians(b - a) / 2) ** 2;
  return (
    2 *
    6_371_008.8 *
    Math.asin(Math.sqrt(half(lat1!, lat2!) + Math.cos(radians(lat1!)) * Math.cos(radians(lat2!)) * half(lon1!, lon2!)))
  );
}

beforeAll(async () => {
  line = await openHotline(begin);
});
afterAll(() => line.stop());

test('for 1,000 callers the nearest station is that of a search by hand; a closed one is passed over, a mobile one counts where it stands now', async () => {
  const random = mulberry32(7);
  const place = () => [106.7 + random() * 0.04, 10.7 + random() * 0.01] as const;
  const stations = new Map(Array.from({ length: 9 }, (_, index) => [`s${index}`, place()]));
  for (const [id, at] of stations) await line.facility(id, id === 's8' ? 'mobile-station' : 'health-station', at);
  await line.facility('closed', 'health-station', [106.72, 10.705], 0);
  await line.facility('a-hospital', 'hospital', [106.72, 10.705]);
  for (let caller = 0; caller < 1000; caller++) {
    if (caller === 500) {
      stations.set('s8', place());
      await line.facility('s8', 'mobile-station', stations.get('s8')!);
    }
    const [lon, lat] = place();
    const { station } = await targets({ location: { lon, lat } });
    const byHand = [...stations]
      .map(([id, at]) => ({ id, metres: metres([lon, lat], at) }))
      .sort((a, b) => a.metres - b.metres);
    // Two that are as near within the difference of sphere and spheroid may both be right.
    const right = byHand.filter((one) => one.metres <= byHand[0]!.metres * 1.007).map(({ id }) => id);
    expect(right).toContain(station?.id);
  }
});

test('of two that are as near the first by number; without a place the one of the ward; without a ward nobody of it', async () => {
  await line.facility('tie-b', 'health-station', [106.7365, 10.7095]);
  await line.facility('tie-a', 'health-station', [106.7365, 10.7095]);
  expect(await targets({ location: { lon: 106.7366, lat: 10.7096 } })).toMatchObject({
    station: { id: 'tie-a' },
    ward: { id: 'W3' },
  });
  for (let index = 0; index < 9; index++) await line.facility(`s${index}`, 'health-station', [106.735, 10.705], 0);
  expect(await targets({ areaId: 'W3a' })).toMatchObject({ ward: { id: 'W3' }, station: { id: 'tie-a' } });
  expect(await targets({ areaId: 'W1b' })).toMatchObject({ ward: { id: 'W1' }, station: undefined });
  expect((await targets({ areaId: 'W3' })).station?.id).toBe('tie-a');
  // The district has no hospital of the rule's number: any of its own.
  expect(await targets({})).toMatchObject({ ward: undefined, station: undefined, hospital: { id: 'a-hospital' } });
});

test('a station of the map of which no report came is rung, too, until a report says that nobody is there', async () => {
  const at = { lon: 106.7015, lat: 10.7015 };
  await line.parts.database.query(
    `INSERT INTO geography.map_features (district, feature_id, kind, class, name, name_plain, properties, geom, verified, known_at, event_id, sequence)
     VALUES ($1, 'drawn', 'place', 'ward-health-station', 'Trạm trên bản đồ', 'tram tren ban do', '{}', ST_SetSRID(ST_MakePoint($2, $3), 4326), false, '2000-01-01Z', 'drawn', 1)`,
    [line.district, at.lon, at.lat],
  );
  expect((await targets({ location: at })).station).toEqual({ id: 'drawn', name: 'Trạm trên bản đồ' });
  expect((await targets({ areaId: 'W0b' })).station?.id).toBe('drawn');
  await line.facility('drawn', 'health-station', [at.lon, at.lat], 0);
  expect((await targets({ location: at })).station?.id).not.toBe('drawn');
});
