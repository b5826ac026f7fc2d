import type { AreaSeriesAnswer } from '@vungxanh/services/contracts/http/epidemic.ts';
import { untrack } from 'svelte';
import { fetchJson } from '../api/http.ts';
import { Resource } from '../api/resource.svelte.ts';
import { whenAtRest } from '../at-rest.ts';
import type { Centre } from '../centre.svelte.ts';
import { addDays } from '../feed/clock.ts';
import type { DailyCases } from '../screens/epidemic/case-window.ts';

export type SeriesLevel = 'district' | 'ward' | 'neighbourhood';
/** Days that are asked for: twelve weeks. */
export const askedDays = 84;
/** News ask again at most so often. */
const renewMs = 5000;

/** Cases a day of every area of some levels, at the moment that is looked at. Effects belong to the component that makes it. */
export class AreaSeries {
  readonly #centre: Centre;
  readonly #levels: () => readonly SeriesLevel[];
  readonly of: Record<SeriesLevel, Resource<AreaSeriesAnswer>> = {
    district: new Resource<AreaSeriesAnswer>(),
    ward: new Resource<AreaSeriesAnswer>(),
    neighbourhood: new Resource<AreaSeriesAnswer>(),
  };

  constructor(centre: Centre, levels: () => readonly SeriesLevel[]) {
    this.#centre = centre;
    this.#levels = levels;
    $effect(() => {
      const { districtId, asOf, onDay, reloads } = centre;
      void [onDay, reloads, ...levels()];
      if (!districtId) return;
      return whenAtRest(asOf, () => this.load());
    });
    this.#renew();
  }

  readonly #rows = $derived.by(
    () =>
      new Map(
        Object.values(this.of).flatMap(({ data }) =>
          (data?.areas ?? []).map((area) => [area.areaId, { ...area, from: data!.from }] as const),
        ),
      ),
  );
  /** Of an area; undefined: not loaded, or not told to the reader. */
  seriesOf(areaId: string | undefined): DailyCases | undefined {
    const row = areaId === undefined ? undefined : this.#rows.get(areaId);
    return row?.cases ? { from: row.from, cases: row.cases } : undefined;
  }
  /** Why an area has no numbers. */
  reasonOf = (areaId: string): string | null => this.#rows.get(areaId)?.reason ?? null;
  /** The last day of which every report is held to be in. */
  readonly completeUntil = $derived.by(() => (this.of.district.data ?? this.of.ward.data)?.completeUntil);

  load = async () => {
    const { districtId: district, asOf, onDay } = this.#centre;
    const query = { district, asOf, from: addDays(onDay, 1 - askedDays), to: onDay };
    await Promise.all(
      untrack(this.#levels).map((level) =>
        this.of[level].load((signal) =>
          fetchJson<AreaSeriesAnswer>('/api/epidemic/area-series', { query: { ...query, level }, signal }),
        ),
      ),
    );
  };

  /** Again some time after the district's number changed, once for all changes meanwhile. */
  #renew() {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let loadedFor: unknown;
    let rounds = $state(0);
    $effect(() => {
      const { rootId, live } = this.#centre;
      const count = rootId && live ? this.#centre.figure(rootId, 'cases-7d')?.value : undefined;
      void rounds;
      if (count === undefined || timer) return;
      if (loadedFor === undefined || loadedFor === count) {
        loadedFor = count;
        return;
      }
      timer = setTimeout(async () => {
        loadedFor = count;
        await this.load();
        timer = undefined;
        rounds += 1;
      }, renewMs);
    });
    $effect(() => () => clearTimeout(timer));
  }
}
