// Levels of all 24,330 neighbourhoods of a city, and of one area of a district. Run by `npm run bench -- levels`.

import { inSnapshot, migrate, openDatabase } from '#platform/database.ts';
import { momentOf } from '../../case-history/moment.ts';
import { homesOfCases, insertCity, quantile, timed, wholeCity } from '../../district/testing/city.ts';
import { assessArea, policyFor } from '../explain.ts';
import { readDistrictFacts } from '../facts/read-facts.ts';

/** Ho Chi Minh City in 2021, and a district of it. */
const sizes = {
  city: { ...wholeCity, cases: 200_000 },
  district: { wards: 10, neighbourhoods: 780, cases: 12_000 },
};
const aims = { allMs: 2000, oneMs: 50 };
const now = new Date('2021-11-08T05:00:00Z');

/** p95 of the levels of every neighbourhood of the city, from its rows; beside it one area of a district as big as District 7. */
export async function benchLevels(databaseUrl: string) {
  for (const [schema, folder] of [
    ['geography', 'geography'],
    ['epidemic', 'epidemic'],
    ['ml', 'outlook'],
    ['levels', 'levels'],
  ] as const)
    await migrate(databaseUrl, schema, new URL(`../../${folder}/migrations/`, import.meta.url));
  const database = openDatabase(databaseUrl, { statementTimeoutMs: 0 });
  try {
    for (const [district, { cases, ...size }] of Object.entries(sizes)) {
      await insertCity(database, district, size);
      await database.query(
        `INSERT INTO epidemic.vaccination_versions (district, area_id, age_group, as_of_date, known_at, population, one_dose, full_course, sequence, event_id)
         SELECT $1, area_id, ages, '2021-11-01', '2021-11-02Z', 10000, 9500, 8500, sequence, area_id || ages
         FROM geography.area_versions, unnest(ARRAY['all', '18+', '50+', '65+']) AS ages WHERE district = $1 AND level = 'ward'`,
        [district],
      );
      const areas = homesOfCases(size, cases);
      // Over 125 days up to now, each known up to three days later.
      await database.query(
        `INSERT INTO epidemic.case_versions (district, case_id, known_at, area_id, event_date, confirmed_date, exposure, status, status_since, first_sequence, sequence, event_id)
         SELECT $1, 'c' || i, (day + (i % 4)::int)::timestamptz + interval '3 hours', area, day, day, 'community', CASE WHEN i % 10 = 0 THEN 'hospitalised' ELSE 'recovered' END, day, i, i, 'c' || i
         FROM unnest($2::text[]) WITH ORDINALITY AS rows(area, i), LATERAL (SELECT '2021-07-05'::date + (i * 125 / $3::int)::int AS day) AS days`,
        [district, areas, cases],
      );
    }
    await database.query('ANALYZE');
    const levelsOf = (district: string, level: string, only?: string) => async () => {
      const moment = await momentOf(database, district, undefined, now);
      const policy = policyFor(moment.day, [])!;
      const facts = await inSnapshot(database, (reads) => readDistrictFacts(reads, moment, new Map()));
      return facts.places.all
        .filter((place) => place.level === level && (only === undefined || place.areaId === only))
        .map(({ areaId }) => assessArea(facts, areaId, policy).assessment.level);
    };
    const all = levelsOf('city', 'neighbourhood');
    const found = await all();
    const cpuBefore = process.cpuUsage();
    const times = await timed(all, 10);
    const cpu = process.cpuUsage(cpuBefore);
    const one = levelsOf('district', 'ward', 'W3');
    await one();
    const ofOne = await timed(one, 50);
    const value = quantile(times, 0.95);
    return {
      bench: 'levels',
      value,
      unit: 'ms',
      reference: {},
      ratio: Number((value / aims.allMs).toFixed(2)),
      ok: value <= aims.allMs && quantile(ofOne, 0.95) <= aims.oneMs,
      details: {
        aim: `<= ${aims.allMs} ms p95 for ${sizes.city.neighbourhoods} neighbourhoods beside ${sizes.city.cases} cases; <= ${aims.oneMs} ms for one area of a district`,
        allP50Ms: quantile(times, 0.5),
        allLeastMs: quantile(times, 0),
        /** Of this process alone; the database has its own. */
        allCpuMs: Number(((cpu.user + cpu.system) / 1000 / times.length).toFixed(1)),
        oneLeastMs: quantile(ofOne, 0),
        oneP50Ms: quantile(ofOne, 0.5),
        oneP95Ms: quantile(ofOne, 0.95),
        areas: found.length,
        levels: [1, 2, 3, 4].map((level) => found.filter(({ low }) => low === level).length),
      },
    };
  } finally {
    await database.end();
  }
}
