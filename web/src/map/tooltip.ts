import type { LiveItem } from '@vungxanh/services/contracts/live.ts';
import { type PointLayer, pointsOf, valuesOf } from '../faces.ts';
import { dayOf } from '../feed/item-status.ts';
import type { PointRecord } from '../feed/points.ts';
import { layerNames } from '../i18n/domain/layers.ts';
import type { Words } from '../i18n/language.svelte.ts';

const dayMs = 86_400_000;

const said = (words: Words, layer: PointLayer, values: readonly (string | undefined)[], day: string | undefined) =>
  [
    words.of(layerNames)[layer] ?? layer,
    ...values.map((value) => value && words.saidOf(valuesOf(layer), value)),
    day && words.day(day, 'long'),
  ]
    .filter(Boolean)
    .join(' · ');

/** What a loaded point tells: layer, category, status, day. */
export function pointTold(words: Words, layer: PointLayer, { category, status, day }: PointRecord): string {
  const { categories, statuses } = pointsOf(layer);
  const told = day > 0 ? new Date(day * dayMs).toISOString().slice(0, 10) : undefined;
  return said(words, layer, [categories[category], statuses[status]], told);
}

/** The same of a point that the stream told. */
export function itemTold(words: Words, item: LiveItem): string {
  const category = item.values[pointsOf(item.layer).categoryField];
  return said(words, item.layer, [typeof category === 'string' ? category : undefined, item.status], dayOf(item));
}
