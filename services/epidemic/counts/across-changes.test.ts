import { expect, test } from 'vitest';
import { acrossChanges } from './across-changes.ts';

const day = 104;
const area = (areaId: string) => ({ areaId, parentId: null, published: [], lineDays: new Map(), named: false });
const period = (end: number, cases: number | null, suppressed = cases === null) => ({
  ...{ start: end - 6, end, cases, suppressed, ratePer100k: null },
});
const changes = new Map([['N', { since: '1970-04-11', wasThere: false, whole: ['a', 'b'], divided: [] }]]); // day 100

test('of an area that others became: their sum, and no number where one of them held its own back', () => {
  const said = new Map([
    ['a', [period(92, 3), period(99, null)]],
    ['b', [period(92, 4), period(99, 5)]],
  ]);
  const [merged] = acrossChanges([area('N')], changes, (areaId) => said.get(areaId) ?? [], day);
  expect(merged!.published).toEqual([period(92, 7), { ...period(99, null), suppressed: true }]);
});
