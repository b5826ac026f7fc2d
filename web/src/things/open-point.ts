import type { ListAnswer } from '../api/answers.ts';
import { fetchJson } from '../api/http.ts';
import type { Centre } from '../centre.svelte.ts';
import type { PointLayer } from '../faces.ts';
import { kindOfFeed, thingOfRow } from './thing-ref.ts';

/** Opens what a point on the map stands for. A point has 16 bytes and no id: it is found by the sequence of its first event. Nothing happens when it is found no more. */
export async function openPoint(centre: Centre, layer: PointLayer, firstSequence: number): Promise<void> {
  const kind = kindOfFeed(layer);
  if (!kind) return;
  const { districtId: district, asOf } = centre;
  const { items } = await fetchJson<ListAnswer>(kind.address, {
    query: { district, asOf, firstSequence, limit: 1 },
  }).catch(() => ({ items: [] }));
  const thing = items[0] && thingOfRow(kind.address, items[0]);
  // Another district may have been chosen meanwhile.
  if (thing && centre.districtId === district) centre.openThing(thing);
}
