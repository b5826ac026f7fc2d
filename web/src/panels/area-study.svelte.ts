import { untrack } from 'svelte';
import type { SeriesAnswer } from '../api/answers.ts';
import { fetchJson } from '../api/http.ts';
import type { ForecastAnswer, StatisticsAnswer } from '../api/outlook-answers.ts';
import { Resource } from '../api/resource.svelte.ts';
import type { Centre } from '../centre.svelte.ts';
import { addDays } from '../feed/clock.ts';
import { issuedKey } from '../feed/world.ts';

/** Published weeks are fewer than days and reach further back. */
const askedDays = 182;
/** While somebody drags along the time, loads wait for the hand to rest. */
const restMs = 120;
/** News of the area ask again at most this often. The statistics cost the service a walk through the line list. */
const renewMs = { series: 2000, statistics: 8000 };

/** Everything that is loaded for one area: its curve, nowcast and Rt, and its forecasts. Effects belong to the component that makes it. */
export class AreaStudy {
  by = $state<'event' | 'onset'>('event');
  target = $state('cases');
  cadence = $state<'week' | 'day'>('week');
  series = new Resource<SeriesAnswer>();
  statistics = new Resource<StatisticsAnswer>();
  forecast = new Resource<ForecastAnswer>();
  readonly #centre: Centre;
  readonly areaId: string;

  constructor(centre: Centre, areaId: string) {
    this.#centre = centre;
    this.areaId = areaId;
    this.#follow(() => void this.by, this.loadSeries);
    this.#follow(() => {}, this.loadStatistics);
    this.#follow(() => void [this.target, this.cadence], this.loadForecast);
    // A count that changed means a curve that changed; so does a new day.
    const count = () => (centre.live ? `${centre.figure(areaId, 'cases-7d')?.value} ${centre.onDay}` : undefined);
    this.#renew(count, renewMs.series, this.loadSeries);
    this.#renew(count, renewMs.statistics, this.loadStatistics);
    const issued = () => centre.outlook.issued?.get(issuedKey('forecasts', areaId))?.sequence;
    this.#renew(issued, renewMs.series, this.loadForecast);
  }

  loadSeries = () => {
    const { onDay } = this.#centre;
    const query = { ...this.#query(), by: this.by, from: addDays(onDay, 1 - askedDays), to: onDay };
    return this.series.load((signal) => fetchJson('/api/epidemic/series', { query, signal }));
  };
  loadStatistics = () =>
    this.statistics.load((signal) => fetchJson('/api/epidemic-statistics', { query: this.#query(), signal }));
  loadForecast = () => {
    // What is asked by default is left out.
    const target = this.target === 'cases' ? undefined : this.target;
    const cadence = this.cadence === 'day' ? 'daily' : undefined;
    return this.forecast.load((signal) =>
      fetchJson('/api/forecasts', { query: { ...this.#query(), target, cadence }, signal }),
    );
  };

  #query() {
    const { districtId: district, asOf } = this.#centre;
    return { district, areaId: this.areaId, asOf };
  }

  /** Loads now, and whenever the moment that is looked at changes. */
  #follow(also: () => void, load: () => Promise<boolean>) {
    $effect(() => {
      const { districtId, asOf, reloads } = this.#centre;
      void [districtId, asOf, reloads];
      also();
      const timer = setTimeout(load, restMs);
      return () => clearTimeout(timer);
    });
  }

  /** Loads again some time after the stream told something, once for all that it told meanwhile; never while the last such load is on its way. */
  #renew(told: () => unknown, everyMs: number, load: () => Promise<boolean>) {
    let rounds = $state(0);
    let timer: ReturnType<typeof setTimeout> | undefined;
    let loadedFor: unknown = untrack(told);
    $effect(() => {
      const value = told();
      void rounds;
      if (timer !== undefined || value === undefined || value === loadedFor) return;
      timer = setTimeout(async () => {
        loadedFor = untrack(told);
        await load();
        timer = undefined;
        rounds += 1;
      }, everyMs);
    });
    $effect(() => () => clearTimeout(timer));
  }
}
