import { join } from 'node:path';
import { populationPublished } from '#contracts/events/geography/population-published.ts';
import { draft } from '#contracts/import-kind.ts';
import { localDay } from '#platform/local-time.ts';
import { importEvent, type OutgoingEvent } from '../import-event.ts';
import { nycAreas, nycBegins, nycDistrict, nycPlacement } from './nyc-places.ts';
import { readRows } from './read-rows.ts';

interface Figure {
  /** First publication with this denominator, milliseconds, and its local day. */
  publishedAt: number;
  day: string;
  people: number;
}

/** Denominators as they were known: published with the cumulative counts, and replaced once, on 2020-11-09. */
export class NycPopulation {
  private readonly figures = new Map<string, Figure[]>();

  static async read(folder: string): Promise<NycPopulation> {
    const population = new NycPopulation();
    const { figures } = population;
    for await (const row of readRows<'published_at' | 'area_id' | 'population'>(
      join(folder, 'cumulative_snapshots.csv.gz'),
    )) {
      if (row.population === '') continue;
      const people = Number(row.population);
      const known = figures.get(row.area_id);
      if (known?.at(-1)?.people === people) continue;
      const publishedAt = Date.parse(row.published_at);
      const figure = { publishedAt, day: localDay(publishedAt, nycDistrict.timeZone), people };
      if (known) known.push(figure);
      // What was known first also holds for what was counted before it was published.
      else figures.set(row.area_id, [{ ...figure, day: nycBegins }]);
    }
    population.addSums(await nycAreas(folder));
    return population;
  }

  /** Denominator of rates that were published on a day; undefined where none ever was. */
  at(areaId: string, publishedDay: string): number | undefined {
    return this.figures.get(areaId)?.findLast(({ day }) => day <= publishedDay)?.people;
  }

  *events(): Generator<OutgoingEvent> {
    for (const [areaId, figures] of this.figures)
      for (const { day, publishedAt, people } of figures) {
        const known = day === nycBegins ? nycPlacement.recordedTime : new Date(publishedAt).toISOString();
        const source = /^\d/.test(areaId) ? 'NYC DOHMH, denominators of the cumulative counts' : 'sum of its areas';
        const data = { areaId, validFrom: day, ageGroup: 'all', people: Math.round(people), estimated: true, source };
        yield importEvent(draft(populationPublished, `${day}T12:00:00.000Z`, data, known), nycPlacement);
      }
  }

  /** Boroughs and the city are not published: the sum of their areas, for each day on which one of them changed. */
  private addSums(areas: { areaId: string; borough: string | undefined }[]): void {
    const days = [...new Set([...this.figures.values()].flat().map(({ day }) => day))].sort();
    const publishedOn = new Map([...this.figures.values()].flat().map(({ day, publishedAt }) => [day, publishedAt]));
    const parents = new Map<string, string[]>([['CITY', areas.map(({ areaId }) => areaId)]]);
    for (const { areaId, borough } of areas)
      if (borough) parents.set(borough, [...(parents.get(borough) ?? []), areaId]);
    const sums = [...parents].map(
      ([parent, parts]) =>
        [
          parent,
          days.map((day) => ({
            day,
            publishedAt: publishedOn.get(day)!,
            people: parts.reduce((sum, part) => sum + (this.at(part, day) ?? 0), 0),
          })),
        ] as const,
    );
    for (const [parent, figures] of sums) this.figures.set(parent, figures);
  }
}
