import type { LevelsAnswer } from '@vungxanh/services/contracts/http/levels.ts';
import { untrack } from 'svelte';
import { fetchJson } from '../api/http.ts';
import { Resource } from '../api/resource.svelte.ts';
import { whenAtRest } from '../at-rest.ts';
import type { Centre } from '../centre.svelte.ts';

export type LevelOfArea = LevelsAnswer['areas'][number];
type Kind = 'district' | 'ward' | 'neighbourhood';

/** Levels of every area of a kind, at the moment that is looked at. Effects belong to the component that makes it. */
export class LevelList {
  readonly #centre: Centre;
  readonly #kind: () => Kind;
  readonly answer = new Resource<LevelsAnswer>();

  constructor(centre: Centre, kind: () => Kind) {
    this.#centre = centre;
    this.#kind = kind;
    $effect(() => {
      const { districtId, asOf, onDay, reloads } = centre;
      void [onDay, reloads, kind()];
      if (!districtId) return;
      return whenAtRest(asOf, () => untrack(this.load));
    });
  }

  readonly #byId = $derived.by(() => new Map((this.answer.data?.areas ?? []).map((area) => [area.areaId, area])));
  of = (areaId: string | undefined): LevelOfArea | undefined =>
    areaId === undefined ? undefined : this.#byId.get(areaId);

  load = () => {
    const { districtId: district, asOf } = this.#centre;
    return this.answer.load((signal) =>
      fetchJson<LevelsAnswer>('/api/levels', { query: { district, asOf, level: this.#kind() }, signal }),
    );
  };
}
