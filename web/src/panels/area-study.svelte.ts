import { centre } from '../centre.svelte.ts';
import type { SeriesAnswer } from '../feed/answers.ts';
import { addDays } from '../feed/clock.ts';
import type { ForecastAnswer, StatisticsAnswer } from '../feed/outlook-answers.ts';
import { saidKey } from '../feed/world.ts';
import { fetchJson } from '../http.ts';
import { Resource } from '../resource.svelte.ts';

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
  series = new Resource<SeriesAnswer>();
  statistics = new Resource<StatisticsAnswer>();
  forecast = new Resource<ForecastAnswer>();
  readonly areaId: string;
  readonly #timers = new Map<string, ReturnType<typeof setTimeout>>();

  constructor(areaId: string) {
    this.areaId = areaId;
    this.#follow(() => void this.by, this.loadSeries);
    this.#follow(() => {}, this.loadStatistics);
    this.#follow(() => void this.target, this.loadForecast);
    // A count that changed means a curve that changed.
    const count = () => (centre.live ? centre.figure(areaId, 'cases-7d')?.value : undefined);
    this.#renew('series', count, renewMs.series, this.loadSeries);
    this.#renew('statistics', count, renewMs.statistics, this.loadStatistics);
    const issued = () => centre.outlook.said?.get(saidKey('forecasts', areaId))?.sequence;
    this.#renew('forecast', issued, renewMs.series, this.loadForecast);
  }

  loadSeries = () => {
    const { onDay } = centre;
    const query = { ...this.#query(), by: this.by, from: addDays(onDay, 1 - askedDays), to: onDay };
    return this.series.load((signal) => fetchJson('/api/epidemic/series', { query, signal }));
  };
  loadStatistics = () =>
    this.statistics.load((signal) => fetchJson('/api/epidemic-statistics', { query: this.#query(), signal }));
  loadForecast = () => {
    const target = this.target === 'cases' ? undefined : this.target;
    return this.forecast.load((signal) => fetchJson('/api/forecasts', { query: { ...this.#query(), target }, signal }));
  };

  #query() {
    const { districtId: district, asOf } = centre;
    return { district, areaId: this.areaId, asOf };
  }

  /** Loads now, and whenever the moment that is looked at changes. */
  #follow(also: () => void, load: () => Promise<boolean>) {
    $effect(() => {
      void [centre.districtId, centre.asOf, centre.onDay, centre.reloads];
      also();
      const timer = setTimeout(load, restMs);
      return () => clearTimeout(timer);
    });
  }

  /** Loads again some time after the stream told something, once for all that it told meanwhile. */
  #renew(name: string, told: () => unknown, everyMs: number, load: () => Promise<boolean>) {
    let first = true;
    $effect(() => {
      const value = told();
      if (first || value === undefined || this.#timers.has(name)) {
        first = false;
        return;
      }
      this.#timers.set(
        name,
        setTimeout(() => {
          this.#timers.delete(name);
          void load();
        }, everyMs),
      );
    });
    $effect(() => () => {
      clearTimeout(this.#timers.get(name));
      this.#timers.delete(name);
    });
  }
}
