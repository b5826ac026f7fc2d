import type { PointCell } from '@vungxanh/services/contracts/http/point-cells.ts';
import type { LiveItem } from '@vungxanh/services/contracts/live.ts';
import { type PointLayer, pointsOf, valuesOf } from '../faces.ts';
import { dayOf } from '../feed/item-status.ts';
import type { PointRecord } from '../feed/points.ts';
import { layerNames } from '../i18n/domain/layers.ts';
import type { Words } from '../i18n/language.svelte.ts';
import { cellWords } from './cells.words.ts';

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
export function pointTold(
  words: Words,
  layer: PointLayer,
  { category, status, day, clock = 'none' }: PointRecord,
): string {
  const { categories, statuses } = pointsOf(layer);
  const told = day > 0 ? new Date(day * dayMs).toISOString().slice(0, 10) : undefined;
  return [said(words, layer, [categories[category], statuses[status]], told), words.of(cellWords).clocks[clock]]
    .filter(Boolean)
    .join(' · ');
}

/** The same of a point that the stream told. */
export function itemTold(words: Words, item: LiveItem): string {
  const category = item.values[pointsOf(item.layer).categoryField];
  return said(words, item.layer, [typeof category === 'string' ? category : undefined, item.status], dayOf(item));
}

/** Most kinds that are named of a cell; the others are in it all the same. */
const namedKinds = 3;

/** What a cell tells: how many of which layer, what is asked of somebody, and which kinds most of them are. */
export function cellTold(words: Words, layer: PointLayer, cell: PointCell): string {
  const t = words.of(cellWords);
  const number = words.number;
  const kinds = pointsOf(layer)
    .categories.map((kind, i) => ({ kind, count: cell.categories[i] ?? 0 }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count)
    .slice(0, namedKinds)
    .map(({ kind, count }) => `${words.saidOf(valuesOf(layer), kind)} ${number(count)}`);
  return [
    `${words.of(layerNames)[layer] ?? layer}: ${number(cell.count)}`,
    cell.late && t.late(number(cell.late)),
    cell.due && t.due(number(cell.due)),
    cell.fresh && t.fresh(number(cell.fresh)),
    kinds.join(', '),
  ]
    .filter(Boolean)
    .join(' · ');
}
