import { fetchJson } from '../../api/http.ts';
import { Resource } from '../../api/resource.svelte.ts';
import type { Centre } from '../../centre.svelte.ts';
import { familiesOf, type ModelsAnswer, type StoredModel } from './model-card.ts';

/** Runs that are asked for: risk is scored several times a day. */
const asked = 200;
/** Kinds that come first. */
const kinds = ['forecast-combination', 'risk-walk-forward', 'scenario'];

/** Models of the district as of the day that is looked at, and the one that a link names. Effects belong to the component that makes it. */
export class Models {
  list = new Resource<ModelsAnswer>();
  #one = new Resource<StoredModel>();
  readonly #centre: Centre;

  constructor(centre: Centre) {
    this.#centre = centre;
    $effect(() => {
      void [centre.districtId, centre.asOf, centre.reloads];
      void this.load();
    });
    $effect(() => {
      const { modelId } = centre.outlook;
      const { data } = this.list;
      if (!modelId || !data || data.items.some((item) => item.modelId === modelId)) return;
      void this.#one.load((signal) =>
        fetchJson(`/api/models/${encodeURIComponent(modelId)}`, { query: { district: centre.districtId }, signal }),
      );
    });
  }

  readonly families = $derived.by(() => familiesOf(this.list.data?.items ?? [], kinds));
  /** The model that a link names, found among the runs or asked for by its id. */
  readonly chosen = $derived.by(() => {
    const { modelId } = this.#centre.outlook;
    if (modelId === undefined) return undefined;
    const one = this.#one.data;
    return (
      this.list.data?.items.find((item) => item.modelId === modelId) ?? (one?.modelId === modelId ? one : undefined)
    );
  });
  /** A link names a model that there is not. */
  readonly missing = $derived.by(
    () => this.#centre.outlook.modelId && this.list.data && !this.chosen && !this.#one.loading,
  );

  load = () => {
    const { districtId: district, asOf } = this.#centre;
    return this.list.load((signal) => fetchJson('/api/models', { query: { district, asOf, limit: asked }, signal }));
  };
}
