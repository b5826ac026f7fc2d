import type { ViolationPage } from '@vungxanh/services/contracts/http/urban-order.ts';
import { untrack } from 'svelte';
import type { SystemStatus } from '../api/answers.ts';
import { fetchJson } from '../api/http.ts';
import { Resource } from '../api/resource.svelte.ts';
import { whenAtRest } from '../at-rest.ts';
import type { Centre } from '../centre.svelte.ts';
import { freshness, silenceAllowedMs } from '../feed/freshness.ts';
import { loadClusters } from '../load.ts';
import type { CallPage } from '../screens/hotline/call.ts';
import { inboxItems } from './inbox-items.ts';

/** What the stream does not tell of is asked again at most so often: a scan for clusters is work for the service. */
const againMs = 30_000;
const mostOverdue = 1000;
const mostCalls = 200;

/** What waits for somebody in the district, at the moment that is looked at. Effects belong to the component that makes it. */
export class Inbox {
  overdue = new Resource<ViolationPage>();
  status = new Resource<SystemStatus>();
  calls = new Resource<CallPage>();
  readonly #centre: Centre;

  constructor(centre: Centre) {
    this.#centre = centre;
    $effect(() => {
      const { districtId, asOf, reloads } = centre;
      void reloads;
      if (!districtId) return;
      const giveUp = whenAtRest(asOf, () => this.load());
      const again = setInterval(() => centre.live && this.load(), againMs);
      return () => {
        giveUp();
        clearInterval(again);
      };
    });
  }

  load = () => {
    const { districtId: district, asOf } = untrack(() => this.#centre);
    if (!district) return;
    const query = { district, asOf, overdue: 'true', limit: mostOverdue };
    void this.overdue.load((signal) => fetchJson<ViolationPage>('/api/urban-order/violations', { query, signal }));
    void this.status.load((signal) => fetchJson<SystemStatus>('/api/status', { signal }));
    const open = { district, asOf, open: 'true', limit: mostCalls };
    void this.calls.load((signal) => fetchJson<CallPage>('/api/hotline/calls', { query: open, signal }));
    void loadClusters(this.#centre, district, asOf);
  };

  readonly #feeds = $derived.by(() => {
    const { district, exercise, feeds, line, nowMs, districtId } = this.#centre;
    // History that nobody adds to cannot be late.
    if (!feeds.data || (district?.clock === 'recorded' && !district.exercise)) return [];
    const drill = exercise.told?.state;
    const speed = drill?.running && drill.district === districtId ? drill.speed : 1;
    return freshness(feeds.data, line.world, nowMs, silenceAllowedMs(speed));
  });
  readonly items = $derived.by(() =>
    inboxItems({
      status: this.status.data,
      clusters: this.#centre.outlook.clusters.data,
      risks: this.#centre.wards.flatMap(({ areaId }) => this.#centre.outlook.riskOf(areaId) ?? []),
      overdue: this.overdue.data?.items ?? [],
      feeds: this.#feeds,
      calls: this.calls.data?.items ?? [],
    }),
  );
  /** How many violations are overdue, of which not all may be loaded. */
  readonly overdueTotal = $derived.by(() => this.overdue.data?.total);
}
