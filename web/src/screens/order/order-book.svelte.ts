import type { Violation, ViolationPage } from '@vungxanh/services/contracts/http/urban-order.ts';
import { fetchJson } from '../../api/http.ts';
import { Resource } from '../../api/resource.svelte.ts';
import { whenAtRest } from '../../at-rest.ts';
import type { Centre } from '../../centre.svelte.ts';
import { type ClockState, clockState } from './legal-clock.ts';

/** Where a file waits for a step: the columns of the board. Those after it have come to their end. */
export const openSteps = ['reported', 'verified', 'minuted', 'suspended', 'decided', 'enforcing', 'remedied'] as const;

const pageRows = 1000;
/** More is not loaded; the screen says so. */
const mostPages = 5;
/** News ask again at most so often. */
const renewMs = 4000;

export interface OrderRows {
  items: Violation[];
  total: number;
}

/** The violations that wait for a step, and what somebody looks at among them. Effects belong to the component that makes it. */
export class OrderBook {
  rows = new Resource<OrderRows>();
  view = $state<'board' | 'list' | 'map'>('board');
  kind = $state('');
  areaId = $state('');
  clock = $state<ClockState | ''>('');
  readonly #centre: Centre;

  constructor(centre: Centre) {
    this.#centre = centre;
    $effect(() => {
      const { districtId, asOf, reloads } = centre;
      void reloads;
      if (!districtId) return;
      return whenAtRest(asOf, () => this.load());
    });
    this.#renew();
  }

  /** Milliseconds since 1970: the clock that terms are held against. */
  readonly atMs = $derived.by(() => (this.#centre.asOf ? Date.parse(this.#centre.asOf) : this.#centre.nowMs));
  clockOf = (one: Violation): ClockState => clockState(one, this.atMs);

  /** Of the chosen kind and area. */
  readonly narrowed = $derived.by(() =>
    (this.rows.data?.items ?? []).filter(
      (one) =>
        (this.kind === '' || one.kind === this.kind) &&
        (this.areaId === '' || this.#wardOf(one.areaId) === this.areaId || one.areaId === this.areaId),
    ),
  );
  readonly shown = $derived.by(() =>
    this.clock === '' ? this.narrowed : this.narrowed.filter((one) => this.clockOf(one) === this.clock),
  );
  count = (state: ClockState): number => this.narrowed.filter((one) => this.clockOf(one) === state).length;

  load = () => {
    const { districtId: district, asOf } = this.#centre;
    return this.rows.load(async (signal) => {
      const items: Violation[] = [];
      let cursor: string | null | undefined;
      let total = 0;
      for (let page = 0; page < mostPages; page += 1) {
        const query = { district, asOf, status: openSteps.join(','), limit: pageRows, cursor };
        const answer = await fetchJson<ViolationPage>('/api/urban-order/violations', { query, signal });
        items.push(...answer.items);
        total = answer.total;
        cursor = answer.nextCursor;
        if (!cursor) break;
      }
      return { items, total };
    });
  };

  #wardOf(areaId: string | null): string | null | undefined {
    const area = areaId ? this.#centre.areaById.get(areaId) : undefined;
    return area?.level === 'neighbourhood' ? area.parentId : areaId;
  }

  /** Again some time after the stream told of a violation, once for all that it told meanwhile. */
  #renew() {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let told: number | undefined;
    $effect(() => {
      const newest = this.#centre.line.world.latest.find(({ layer }) => layer === 'violations')?.sequence;
      if (!this.#centre.live || newest === undefined || newest === told || timer) return;
      timer = setTimeout(() => {
        told = newest;
        timer = undefined;
        void this.load();
      }, renewMs);
    });
    $effect(() => () => clearTimeout(timer));
  }
}
