import { join } from 'node:path';
import { caseCountPublished } from '#contracts/events/epidemic/case-count-published.ts';
import { vaccinationCountPublished } from '#contracts/events/epidemic/vaccination-count-published.ts';
import { startOf } from '#contracts/import-fields.ts';
import { type Draft, draft } from '#contracts/import-kind.ts';
import { localDay } from '#platform/local-time.ts';
import { importEvent, type OutgoingEvent } from '../import-event.ts';
import { nycDistrict, nycPlacement } from './nyc-places.ts';
import { NycPopulation } from './nyc-population.ts';
import { readRows } from './read-rows.ts';

const noon = (day: string) => `${day}T12:00:00.000Z`;
const instant = (text: string) => new Date(text).toISOString();
const blankOr = (text: string) => (text === '' ? null : Number(text));

/** From this publication on the city counts probable cases too: 8,251 past values were rewritten in it. */
const probableFrom = '2021-08-05';

/** Every published revision of a weekly rate, in the order of publication: 58,374 events. */
export async function* nycCounts(folder: string, population: NycPopulation): AsyncGenerator<OutgoingEvent> {
  const file = join(folder, 'weekly_rate_revisions.csv.gz');
  for await (const row of readRows<'published_at' | 'area_id' | 'week_end_date' | 'case_rate_per_100k'>(file)) {
    const known = instant(row.published_at);
    const publishedDay = localDay(Date.parse(known), nycDistrict.timeZone);
    const rate = blankOr(row.case_rate_per_100k);
    const people = population.at(row.area_id, publishedDay);
    const widened = publishedDay >= probableFrom;
    yield importEvent(
      draft(
        caseCountPublished,
        noon(row.week_end_date),
        {
          areaId: row.area_id,
          measure: 'new-cases',
          periodStart: startOf(row.week_end_date, 7)!,
          periodEnd: row.week_end_date,
          // The city prints rates; the count behind one is reckoned with the denominator of that day.
          cases: rate === null || people === undefined ? null : Math.round((rate * people) / 100_000),
          ratePer100k: rate,
          ...(people === undefined ? {} : { population: Math.round(people) }),
          ...(rate === null ? { suppressed: true } : {}),
          definition: widened ? 'confirmed and probable' : 'confirmed',
          ...(publishedDay === probableFrom
            ? { note: 'definition widened from confirmed to confirmed and probable' }
            : {}),
        },
        known,
      ),
      nycPlacement,
    );
  }
}

/** Vaccination by area as published, from 2021-05-24 on. */
export async function* nycVaccination(folder: string): AsyncGenerator<OutgoingEvent> {
  type Column =
    | 'as_of_date'
    | 'area_id'
    | 'population'
    | 'people_1plus_cum'
    | 'people_fully_cum'
    | 'people_additional_cum'
    | 'published_at';
  for await (const row of readRows<Column>(join(folder, 'vaccination_by_area.csv.gz')))
    yield importEvent(
      draft(
        vaccinationCountPublished,
        noon(row.as_of_date),
        {
          areaId: row.area_id,
          asOfDate: row.as_of_date,
          ageGroup: 'all',
          ...(row.population ? { population: Math.round(Number(row.population)) } : {}),
          peopleAtLeastOneDose: blankOr(row.people_1plus_cum),
          peopleFullCourse: blankOr(row.people_fully_cum),
          peopleAdditionalDose: blankOr(row.people_additional_cum),
        },
        instant(row.published_at),
      ),
      nycPlacement,
    );
}

/** Cumulative counts as published day by day; they fall 1,564 times, and are kept as they were. 90,458 rows, two events each where deaths are told. */
export async function* nycSnapshots(folder: string): AsyncGenerator<OutgoingEvent> {
  type Column = 'published_at' | 'area_id' | 'cases_cum' | 'deaths_cum' | 'population';
  for await (const row of readRows<Column>(join(folder, 'cumulative_snapshots.csv.gz'))) {
    if (row.cases_cum === '') continue;
    const known = instant(row.published_at);
    const day = localDay(Date.parse(known), nycDistrict.timeZone);
    const data: Draft['data'] = {
      areaId: row.area_id,
      measure: 'cumulative-cases',
      periodStart: '2020-03-01',
      periodEnd: day,
      cases: Number(row.cases_cum),
      ...(row.population ? { population: Math.round(Number(row.population)) } : {}),
    };
    yield importEvent({ type: 'case-count-published', time: known, recordedTime: known, data }, nycPlacement);
  }
}

/** What was published about New York, merged in the order of publication. Areas are not in it: they are drawn by the area import. */
export async function* nycEvents(
  folder: string,
  options: { snapshots?: boolean; vaccination?: boolean } = {},
): AsyncGenerator<OutgoingEvent> {
  const population = await NycPopulation.read(folder);
  yield* population.events();
  const streams = [nycCounts(folder, population)];
  if (options.vaccination ?? true) streams.push(nycVaccination(folder));
  if (options.snapshots) streams.push(nycSnapshots(folder));
  yield* mergedByPublication(streams);
}

/** Streams that are each in order, as one in order. */
async function* mergedByPublication(streams: AsyncGenerator<OutgoingEvent>[]): AsyncGenerator<OutgoingEvent> {
  const heads = await Promise.all(streams.map((stream) => stream.next()));
  for (;;) {
    let first = -1;
    heads.forEach((head, index) => {
      if (head.done) return;
      if (first < 0 || head.value.recordedtime! < heads[first]!.value.recordedtime!) first = index;
    });
    if (first < 0) return;
    yield heads[first]!.value;
    heads[first] = await streams[first]!.next();
  }
}
