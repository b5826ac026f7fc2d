import sql from 'sql-template-tag';
import { defineEntity } from '#lifecycle/entity/entity.ts';
import { choice, longText, number, optional } from '#lifecycle/entity/fields.ts';

/** A tree on public ground: planted, pruned as often as it needs, felled when it has been marked for it. */
export const tree = defineEntity({
  service: 'trees',
  noun: 'tree',
  plural: 'trees',
  words: { vi: 'Cây xanh', en: 'Trees' },
  dataClass: 'public',
  statuses: {
    planted: { vi: 'đã trồng', en: 'planted' },
    pruned: { vi: 'đã cắt tỉa', en: 'pruned' },
    felled: { vi: 'đã đốn hạ', en: 'felled' },
  },
  toldWords: { vi: 'Trồng cây', en: 'Tree planted' },
  steps: {
    prune: { from: ['planted', 'pruned'], to: 'pruned', words: { vi: 'Cắt tỉa cây', en: 'Tree pruned' } },
    fell: { from: ['pruned'], to: 'felled', words: { vi: 'Đốn hạ cây', en: 'Tree felled' }, says: ['reason'] },
  },
  fields: {
    species: choice({
      words: { vi: 'Loài cây', en: 'Species' },
      columns: ['species', 'loai cay', 'loai'],
      choices: {
        'hopea-odorata': { vi: 'sao đen', en: 'white thingan' },
        'dipterocarpus-alatus': { vi: 'dầu rái', en: 'resin tree' },
        'delonix-regia': { vi: 'phượng vĩ', en: 'flame tree' },
        other: { vi: 'loài khác', en: 'other species' },
      },
    }),
    heightMetres: optional(
      number({
        words: { vi: 'Chiều cao (m)', en: 'Height (m)' },
        columns: ['height', 'chieu cao', 'height m', 'chieu cao m'],
        least: 0,
        most: 80,
      }),
    ),
    reason: optional(longText({ words: { vi: 'Lý do', en: 'Reason' }, columns: ['reason', 'ly do'] })),
  },
  category: 'species',
  figures: {
    'trees-standing': {
      main: true,
      words: { vi: 'Cây đang đứng', en: 'Trees standing' },
      explanation: { vi: 'Cây đã trồng và chưa đốn hạ.', en: 'Planted, and not felled.' },
      condition: () => sql`v.status <> 'felled'`,
    },
    'trees-tall': {
      words: { vi: 'Cây cao từ 12 m', en: 'Trees of 12 m or more' },
      explanation: { vi: 'Cây đang đứng, cao từ 12 m.', en: 'Standing ones, 12 m or higher.' },
      condition: () => sql`v.status <> 'felled' AND v.height_metres >= 12`,
    },
    'trees-felled': {
      words: { vi: 'Cây đã đốn hạ', en: 'Trees felled' },
      explanation: { vi: 'Cây đã đốn hạ, từ trước đến nay.', en: 'Felled, ever.' },
      condition: () => sql`v.status = 'felled'`,
    },
  },
  unit: { vi: 'cây', en: 'trees' },
  map: {
    shape: { filled: true, radiusMetres: 12, smallestPixels: 2, largestPixels: 6 },
    colours: {
      light: { open: [24, 128, 56], over: [150, 140, 110] },
      dark: { open: [96, 210, 120], over: [140, 130, 105] },
    },
    openWords: { vi: 'đang đứng', en: 'standing' },
    overWords: { vi: 'đã đốn', en: 'felled' },
    collection: { id: 'tree', title: 'trees', description: 'trees on public ground: species, state, day and place' },
  },
});
