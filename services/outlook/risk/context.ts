import { type ContextName, type ContextSeries, dayNumber } from '@vungxanh/ml';
import { addDays } from '#contracts/days.ts';
import type { Database } from '#platform/database.ts';
import { groupPlaces } from '../../case-history/known-counts.ts';
import { coverageOfAreas } from '../../coverage/area-coverage.ts';
import { readPlacedAreas, readVaccinated } from '../../coverage/read-vaccinated.ts';
import type { Moment } from '../../district/moment.ts';
import { knownBy, type Places } from '../../district/places.ts';

/** Weeks of coverage that are looked at: those from which effects are learned, and the longest lead before them. */
const coverageWeeks = 36;

/** What of the map counts as a market. */
const marketClasses = ['market', 'marketplace', 'wet-market', 'chợ', 'cho'];
/** A violation whose site may still be at work. */
const endedViolations = ['closed', 'dismissed', 'merged', 'remedied'];

/**
 * What is known of areas beside their cases, as known at the moment: coverage by week, density, markets, open businesses, open construction violations, beds in use.
 * A view that is not there (its service was never started) or holds nothing leaves its values out; it is for the reader to see which are missing.
 */
export async function readContext(
  database: Database,
  moment: Moment,
  places: Places,
  areaIds: readonly string[],
): Promise<ContextSeries[]> {
  const { rows: there } = await database.query<{ view: string }>(
    `SELECT view FROM unnest($1::text[]) AS view WHERE to_regclass(view) IS NOT NULL`,
    [
      [
        'epidemic.published_vaccination',
        'epidemic.published_capacity',
        'geography.published_map_features',
        'economy.published_business_status',
        'urban_order.published_violations',
      ],
    ],
  );
  const has = (view: string) => there.some((row) => row.view === view);
  const reader = new ContextReader(database, moment, places, areaIds);
  const read: (ContextSeries | undefined)[] = [
    has('epidemic.published_vaccination') ? await reader.coverage() : undefined,
    await reader.density(),
    has('geography.published_map_features') ? await reader.markets() : undefined,
    has('economy.published_business_status') ? await reader.businesses() : undefined,
    has('urban_order.published_violations') ? await reader.sites() : undefined,
    has('epidemic.published_capacity') ? await reader.beds() : undefined,
  ];
  return read.filter((one) => one !== undefined);
}

class ContextReader {
  private readonly database: Database;
  private readonly moment: Moment;
  private readonly places: Places;
  private readonly areaIds: readonly string[];
  private readonly people: Float64Array;

  constructor(database: Database, moment: Moment, places: Places, areaIds: readonly string[]) {
    this.database = database;
    this.moment = moment;
    this.places = places;
    this.areaIds = areaIds;
    const peopleOf = new Map(places.all.map((place) => [place.areaId, place.people ?? Number.NaN]));
    this.people = Float64Array.from(areaIds, (id) => peopleOf.get(id) ?? Number.NaN);
  }

  /**
   * Share of people with a full course at the end of each of the last weeks, by the rule of the figures: of all ages where that is said of any area, else of
   * those aged 18 and over.
   */
  async coverage(): Promise<ContextSeries | undefined> {
    const { day } = this.moment;
    const days = Array.from({ length: coverageWeeks }, (_, week) => addDays(day, -7 * (coverageWeeks - 1 - week)));
    const areas = await readPlacedAreas(this.database, this.moment);
    const weeks = (await readVaccinated(this.database, this.moment, areas, days)).map(
      (known) => coverageOfAreas(known).coverage,
    );
    for (const [name, fromAge] of [
      ['coverage', 0],
      ['coverage18', 18],
    ] as const) {
      const rows = weeks.map((coverage) =>
        Float64Array.from(this.areaIds, (areaId) => {
          const { numerator, denominator } = coverage(areaId, fromAge, 'fullCourse');
          return numerator === null || denominator === null ? Number.NaN : numerator / denominator;
        }),
      );
      if (rows.at(-1)!.some((share) => !Number.isNaN(share)))
        return { name, firstWeekEnd: dayNumber(day) - 7 * (coverageWeeks - 1), rows };
    }
    return undefined;
  }

  async density(): Promise<ContextSeries | undefined> {
    const { rows } = await this.database.query<{ area_id: string; km2: number | null }>(
      `SELECT area_id, coalesce(area_km2, ST_Area(geom::geography) / 1e6) AS km2 FROM geography.areas_at($1, $2, $3::date) WHERE area_id = ANY($4)`,
      [this.moment.district, knownBy(this.moment), this.moment.day, this.areaIds],
    );
    const km2 = new Map(rows.map((row) => [row.area_id, row.km2 ?? Number.NaN]));
    return this.fixed('density', (id, people) => people / (km2.get(id) ?? Number.NaN));
  }

  async markets(): Promise<ContextSeries | undefined> {
    const { rows } = await this.database.query<Counted>(
      `SELECT area_id, count(feature_id)::int AS amount FROM geography.areas_at($1, $2, $3::date) AS areas
       JOIN geography.published_map_features AS features ON features.district = $1 AND features.kind = 'place' AND lower(features.class) = ANY($5)
         AND features.known_at <= $2 AND features.known_until > $2 AND ST_Covers(areas.geom, ST_PointOnSurface(features.geom))
       WHERE area_id = ANY($4) GROUP BY area_id`,
      [this.moment.district, knownBy(this.moment), this.moment.day, this.areaIds, marketClasses],
    );
    return this.perPeople('markets', rows, 1e4);
  }

  async businesses(): Promise<ContextSeries | undefined> {
    const { rows } = await this.database.query<Counted>(
      `SELECT area_id, count(*)::int AS amount FROM economy.published_businesses AS businesses
       JOIN economy.published_business_status AS states USING (district, business_id)
       WHERE district = $1 AND businesses.known_at <= $2 AND businesses.known_until > $2 AND states.known_at <= $2 AND states.known_until > $2
         AND states.active AND from_day <= $3::date AND until_day > $3::date GROUP BY area_id`,
      [this.moment.district, knownBy(this.moment), this.moment.day],
    );
    return this.perPeople('businesses', rows, 1e3);
  }

  async sites(): Promise<ContextSeries | undefined> {
    const { rows } = await this.database.query<Counted>(
      `SELECT area_id, count(*)::int AS amount FROM urban_order.published_violations
       WHERE district = $1 AND known_at <= $2 AND known_until > $2 AND status <> ALL($3) AND merged_into IS NULL GROUP BY area_id`,
      [this.moment.district, knownBy(this.moment), endedViolations],
    );
    return this.perPeople('sites', rows, 1e4);
  }

  /** share of the beds in use, where the area has any */
  async beds(): Promise<ContextSeries | undefined> {
    const { rows } = await this.database.query<Counted & { beds: number }>(
      `SELECT area_id, sum(beds_occupied)::int AS amount, sum(beds_total)::int AS beds FROM epidemic.published_capacity
       WHERE district = $1 AND known_at <= $2 AND known_until > $2 AND beds_total > 0 AND area_id IS NOT NULL GROUP BY area_id`,
      [this.moment.district, knownBy(this.moment)],
    );
    if (rows.length === 0) return undefined;
    const used = this.summed(rows);
    const beds = this.summed(rows.map((row) => ({ ...row, amount: row.beds })));
    return this.fixed('beds', (_id, _people, area) => (beds[area]! > 0 ? used[area]! / beds[area]! : Number.NaN));
  }

  private groups(rows: readonly Counted[]): Int32Array {
    return groupPlaces(
      rows.map((row) => row.area_id),
      this.areaIds,
      this.places.ancestorsOf,
      this.places.top,
    );
  }

  private summed(rows: readonly Counted[]): Float64Array {
    const out = new Float64Array(this.areaIds.length);
    const groups = this.groups(rows);
    rows.forEach(({ amount }, i) => {
      if (groups[i]! >= 0) out[groups[i]!]! += amount;
    });
    return out;
  }

  /** none anywhere means that nobody counts them here, not that there are none */
  private perPeople(name: ContextName, rows: readonly Counted[], per: number): ContextSeries | undefined {
    if (rows.length === 0) return undefined;
    const amounts = this.summed(rows);
    return this.fixed(name, (_id, people, area) => (per * amounts[area]!) / people);
  }

  private fixed(name: ContextName, value: (areaId: string, people: number, area: number) => number): ContextSeries {
    const row = Float64Array.from(this.areaIds, (id, area) => value(id, this.people[area]!, area));
    return { name, firstWeekEnd: dayNumber(this.moment.day), rows: [row] };
  }
}

interface Counted {
  area_id: string | null;
  amount: number;
}

interface KeptContext {
  areaIds: string;
  day: string;
  series: ContextSeries[];
}

/**
 * Changes slowly and costs more than a score may: read once a day of the district's clock, and again when areas change. A new day is answered with the
 * day before's while it is read anew, so that a score never waits for it but the first time.
 */
export class ContextMemory {
  private readonly kept = new Map<string, KeptContext>();
  private readonly reading = new Set<string>();

  forget(district: string): void {
    for (const name of this.kept.keys()) if (name.startsWith(`${district} `)) this.kept.delete(name);
  }

  async of(
    database: Database,
    moment: Moment,
    level: string,
    places: Places,
    areaIds: readonly string[],
  ): Promise<ContextSeries[]> {
    if (moment.asOf !== undefined) return readContext(database, moment, places, areaIds);
    const name = `${moment.district} ${level}`;
    const ids = areaIds.join(' ');
    const kept = this.kept.get(name);
    const read = async () => {
      const series = await readContext(database, moment, places, areaIds);
      this.kept.set(name, { areaIds: ids, day: moment.day, series });
      return series;
    };
    if (kept?.areaIds !== ids) return read();
    if (kept.day !== moment.day && !this.reading.has(name)) {
      this.reading.add(name);
      // a failure leaves the day before's; the next score asks again
      read()
        .catch(() => undefined)
        .finally(() => this.reading.delete(name));
    }
    return kept.series;
  }
}
