import type { EventData } from '#contracts/catalogue.ts';
import { openDistrictStream } from '#platform/journal.ts';
import { temporaryDistrict } from '#platform/testing/servers.ts';
import { type ServiceUnderTest, startServiceUnderTest } from '#platform/testing/service.ts';
import { epidemic } from '../../epidemic/app.ts';
import { message } from '../../epidemic/testing/service.ts';
import { ml } from '../app.ts';

/** ml beside the real epidemic service on one database: cases go in at the journal, risk and forecasts come out of it. */
export function startMl(now?: () => Date): Promise<ServiceUnderTest> {
  const [own, other] = [ml({ forecastRestMs: 200, clusterRestMs: 200 }), epidemic()];
  const stop: (() => Promise<void> | void)[] = [];
  return startServiceUnderTest(
    {
      ...own,
      access: { ...own.access, ...other.access },
      projections: (parts) => [...own.projections(parts), ...other.projections(parts)],
      build: async (app, parts, [mine, ...others]) => {
        const theirs = await other.build(app, parts, others);
        const ours = await own.build(app, parts, [mine!]);
        for (const running of [ours, theirs]) if (running) stop.push(() => running.stop());
        return {
          name: 'both',
          stop: async () => {
            for (const end of stop) await end();
          },
        };
      },
    },
    {
      now,
      others: [
        { schema: 'geography', migrations: new URL('../../geography/migrations/', import.meta.url) },
        { schema: 'epidemic', migrations: new URL('../../epidemic/migrations/', import.meta.url) },
        { schema: 'economy', migrations: new URL('../../economy/migrations/', import.meta.url) },
      ],
    },
  );
}

/** District D with wards W0…W5 in a row, two neighbourhoods each, 20,000 people a ward; W5 has no population when `unpopulated`. */
export async function openDistrict(
  { parts: { database, broker } }: ServiceUnderTest,
  options: { clock?: 'live' | 'recorded'; unpopulated?: boolean } = {},
): Promise<string> {
  const district = temporaryDistrict();
  const clock = options.clock ?? 'recorded';
  await database.query(
    `INSERT INTO geography.districts (district, name, time_zone, clock, exercise, centre, known_at, sequence)
     VALUES ($1, 'Quận thử', 'Asia/Ho_Chi_Minh', $2, true, ST_SetSRID(ST_MakePoint(106.73, 10.705), 4326), '2000-01-01Z', 1)`,
    [district, clock],
  );
  const areas: [id: string, parent: string | null, level: string, west: number, east: number, people: number][] = [
    ['D', null, 'district', 106.7, 106.76, 120_000],
  ];
  for (let ward = 0; ward < 6; ward++) {
    const west = 106.7 + ward / 100;
    areas.push([`W${ward}`, 'D', 'ward', west, west + 0.01, 20_000]);
    areas.push([`W${ward}a`, `W${ward}`, 'neighbourhood', west, west + 0.005, 8000]);
    areas.push([`W${ward}b`, `W${ward}`, 'neighbourhood', west + 0.005, west + 0.01, 12_000]);
  }
  for (const [index, [id, parent, level, west, east, people]] of areas.entries()) {
    await database.query(
      `INSERT INTO geography.area_versions (district, area_id, parent_id, level, name, name_plain, valid_from, known_at, geom, estimated, event_id, sequence)
       VALUES ($1, $2, $3, $4, $2, lower($2), '2000-01-01', '2000-01-01Z', ST_Multi(ST_MakeEnvelope($6, 10.7, $7, 10.71, 4326)), true, $2, $5)`,
      [district, id, parent, level, index + 1, west, east],
    );
    if (options.unpopulated && id === 'W5') continue;
    await database.query(
      `INSERT INTO geography.population_versions (district, area_id, age_group, people, valid_from, known_at, estimated, event_id, sequence)
       VALUES ($1, $2, 'all', $3, '2000-01-01', '2000-01-01Z', true, $2, $4)`,
      [district, id, people, index + 1],
    );
  }
  await openDistrictStream(broker, district, { clock, exercise: true });
  return district;
}

export const dayOf = (offset: number) => new Date(Date.UTC(2021, 5, 1 + offset)).toISOString().slice(0, 10);

/**
 * A wave: cases a day in each ward, confirmed on the day, known `delayDays` later at noon in Vietnam.
 * @param perDay cases of a ward on a day (0 = 2021-06-01)
 */
export function wave(
  district: string,
  days: { from: number; to: number },
  perDay: (ward: number, day: number) => number,
  delayDays = 1,
) {
  const facts: { at: number; data: EventData<'case-confirmed'> }[] = [];
  for (let day = days.from; day < days.to; day++)
    for (let ward = 0; ward < 6; ward++)
      for (let n = 0; n < Math.round(perDay(ward, day)); n++) {
        const delay = n % 3 === 0 ? delayDays : 0;
        facts.push({
          at: day + delay,
          data: {
            caseId: `c-${day}-${ward}-${n}`,
            confirmedDate: dayOf(day),
            areaId: `W${ward}${n % 2 ? 'a' : 'b'}`,
          } as EventData<'case-confirmed'>,
        });
      }
  return facts
    .sort((a, b) => a.at - b.at)
    .map(({ at, data }) =>
      message(district, 'case-confirmed', data, `${dayOf(at)}T05:00:00.000Z`, `${data.caseId}-confirmed`),
    );
}
