import sql from 'sql-template-tag';
import { describe, expect, test } from 'vitest';
import { tree } from '../testing/trees/tree.ts';
import { defineEntity, type EntityDeclaration } from './entity.ts';
import { facesOf } from './faces.ts';
import { choice, optional, text } from './fields.ts';

const words = { vi: 'Thử', en: 'Trial' };
const kind = choice({ words, columns: ['kind'], choices: { large: words, small: words } });
const declared = (more: Partial<EntityDeclaration> = {}): EntityDeclaration => ({
  service: 'trials',
  noun: 'trial',
  plural: 'trials',
  words,
  dataClass: 'public',
  statuses: { open: words, shut: words },
  toldWords: words,
  steps: { shut: { from: ['open'], to: 'shut', words } },
  fields: { kind },
  category: 'kind',
  figures: { trials: { words, explanation: words, condition: () => sql`true` } },
  unit: words,
  map: {
    shape: { filled: true, radiusMetres: 1, smallestPixels: 1, largestPixels: 2 },
    colours: {
      light: { open: [0, 0, 0], over: [0, 0, 0] },
      dark: { open: [0, 0, 0], over: [0, 0, 0] },
    },
    openWords: words,
    overWords: words,
  },
  ...more,
});

test.each<[string, Partial<EntityDeclaration>, string]>([
  ['no status', { statuses: {} }, 'it has no status'],
  ['a field of a name that is taken', { fields: { kind, status: kind } }, '"status" is what every entity has'],
  ['a field that is the id', { fields: { kind, trialId: text({ words, columns: [] }) } }, '"trialId" is what every'],
  ['a category that is no field', { category: 'colour' }, 'its category "colour" is no choice'],
  [
    'a category that is no choice',
    { fields: { kind: text({ words, columns: [] }) } },
    'its category "kind" is no choice',
  ],
  ['a category that may be left out', { fields: { kind: optional(kind) } }, 'its category "kind" is no choice'],
  [
    'a value that is a status too',
    { fields: { kind: choice({ words, columns: [], choices: { open: words } }) } },
    '"open" is a value of its category and a status',
  ],
  ['a step to nowhere', { steps: { shut: { from: ['open'], to: 'gone', words } } }, 'names the status "gone"'],
  ['a step from nowhere', { steps: { shut: { from: ['ajar'], to: 'shut', words } } }, 'names the status "ajar"'],
  [
    'a step that says what is not there',
    { steps: { shut: { from: ['open'], to: 'shut', words, says: ['why'] } } },
    'says the field "why"',
  ],
  [
    'a status without a step',
    { statuses: { open: words, shut: words, lost: words } },
    'the status "lost" has to follow',
  ],
  [
    'a status of two steps',
    { steps: { shut: { from: ['open'], to: 'shut', words }, slam: { from: ['open'], to: 'shut', words } } },
    'the status "shut" has to follow from one step',
  ],
])('%s is refused, and the reason names it', (_, more, reason) => {
  expect(() => defineEntity(declared(more))).toThrow('the entity "trial": ');
  expect(() => defineEntity(declared(more))).toThrow(reason);
});

describe('what follows from a declaration', () => {
  test('the law of steps', () => {
    expect(tree.stepTable).toEqual({
      lawful: { planted: ['prune'], pruned: ['prune', 'fell'], felled: [] },
      steps: { prune: { to: 'pruned', type: 'tree-pruned' }, fell: { to: 'felled', type: 'tree-felled' } },
    });
  });

  test('events with their faces', () => {
    const { told, stepEvents } = tree;
    expect([told.type, told.action, told.status, told.point?.born]).toEqual([
      'tree-planted',
      'tree.report',
      'planted',
      true,
    ]);
    expect(stepEvents.fell).toMatchObject({ type: 'tree-felled', action: 'tree.fell', status: 'felled', noun: 'tree' });
    expect(stepEvents.fell!.point?.born).toBeUndefined();
    // Free text is not told over the stream.
    expect(stepEvents.fell!.live).toEqual({ feed: 'trees', entity: ['treeId'], values: ['occurredAt'] });
    expect(told.live!.values).toEqual(['occurredAt', 'species', 'heightMetres']);
    const data = { treeId: 't', occurredAt: '2021-10-01T00:00:00Z', species: 'other', location: { lon: 1, lat: 2 } };
    expect(told.key(data)).toBe('t');
    expect(told.point!.factOf(data)).toEqual({
      location: { lon: 1, lat: 2 },
      happenedAt: '2021-10-01T00:00:00Z',
      category: 'other',
    });
    expect(stepEvents.prune!.point!.factOf({ treeId: 't', occurredAt: '2021-10-02T00:00:00Z' })).toEqual({});
  });

  test('schemas: what is always said, what may be left out, what a step says', () => {
    const told = { treeId: 't', occurredAt: '2021-10-01T00:00:00Z', species: 'other' };
    const fits = (data: Record<string, unknown>) => tree.told.schema.safeParse(data).success;
    expect(fits(told)).toBe(true);
    for (const field of Object.keys(told))
      expect([field, fits({ ...told, [field]: undefined })]).toEqual([field, false]);
    expect([fits({ ...told, heightMetres: 80 }), fits({ ...told, heightMetres: 80.1 })]).toEqual([true, false]);
    expect([fits({ ...told, heightMetres: 0 }), fits({ ...told, heightMetres: -0.1 })]).toEqual([true, false]);
    expect(fits({ ...told, species: 'oak' })).toBe(false);
    expect(tree.told.schema.parse({ ...told, reason: 'x' })).toEqual(told);
    const fell = { treeId: 't', occurredAt: told.occurredAt };
    expect(tree.stepEvents.fell!.schema.parse({ ...fell, reason: 'x', species: 'other' })).toEqual({
      ...fell,
      reason: 'x',
    });
  });

  test('the feed: lists behind the bytes of a point, and the words of their values', () => {
    expect(tree.feed.points).toMatchObject({
      categoryField: 'species',
      categories: ['hopea-odorata', 'dipterocarpus-alatus', 'delonix-regia', 'other'],
      statuses: ['planted', 'pruned', 'felled'],
      openStatuses: ['planted', 'pruned'],
      goneStatuses: [],
    });
    expect(tree.feed.values).toMatchObject({
      felled: { vi: 'đã đốn hạ', en: 'felled' },
      'delonix-regia': { vi: 'phượng vĩ', en: 'flame tree' },
    });
  });

  test('faces: a route for each action, a form for each, words of every field', () => {
    const { access, forms, fields, figures, imports } = facesOf(tree);
    expect(Object.keys(access)).toEqual([
      'GET /api/trees/trees',
      'GET /api/trees/trees/:id',
      'GET /api/trees/points',
      'GET /api/trees/figures',
      'POST /api/trees/trees',
      'POST /api/trees/trees/:id/prune',
      'POST /api/trees/trees/:id/fell',
    ]);
    expect(forms.map(({ path, fields: boxes }) => [path, boxes.map(({ name, required }) => [name, required])])).toEqual(
      [
        [
          '/api/trees/trees',
          [
            ['species', true],
            ['heightMetres', undefined],
            ['areaId', undefined],
            ['location', undefined],
          ],
        ],
        [
          '/api/trees/trees/{treeId}/prune',
          [
            ['treeId', true],
            ['occurredAt', undefined],
          ],
        ],
        [
          '/api/trees/trees/{treeId}/fell',
          [
            ['treeId', true],
            ['reason', undefined],
            ['occurredAt', undefined],
          ],
        ],
      ],
    );
    expect(Object.keys(fields)).toEqual(['species', 'heightMetres', 'reason']);
    expect(figures.map(({ id, main }) => [id, main])).toEqual([
      ['trees-standing', true],
      ['trees-tall', undefined],
      ['trees-felled', undefined],
    ]);
    expect(imports[0]!.fields.filter(({ required }) => required).map(({ name }) => name)).toEqual([
      'treeId',
      'occurredAt',
      'species',
    ]);
  });
});
