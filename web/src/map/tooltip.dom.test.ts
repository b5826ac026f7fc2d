import { expect, test } from 'vitest';
import { pointsOf } from '../faces.ts';
import { Words } from '../i18n/language.svelte.ts';
import { itemTold, pointTold } from './tooltip.ts';

const { categories, statuses } = pointsOf('violations');
const record = {
  lon: 106.7,
  lat: 10.7,
  sequence: 9,
  day: Date.parse('2021-10-07') / 86_400_000,
  category: categories.indexOf('canal-filling'),
  status: statuses.indexOf('minuted'),
};

test('a point tells its layer, kind, status and day, in either language', () => {
  const words = new Words();
  words.language = 'vi';
  expect(pointTold(words, 'violations', record)).toBe(
    'Vi phạm trật tự đô thị · san lấp kênh rạch · đã lập biên bản · 07/10/2021',
  );
  words.language = 'en';
  expect(pointTold(words, 'violations', record)).toBe(
    'Urban-order violations · canal filling · minutes drawn up · 07/10/2021',
  );
});

test('one that the stream told tells the same', () => {
  const words = new Words();
  const item = {
    id: 'e',
    sequence: 9,
    type: 'violation-minuted',
    layer: 'violations',
    entity: 'v',
    time: '2021-10-07T02:00:00Z',
    recordedTime: '2021-10-07T02:00:00Z',
    status: 'minuted',
    values: { kind: 'canal-filling' },
  };
  expect(itemTold(words, item)).toBe('Vi phạm trật tự đô thị · san lấp kênh rạch · đã lập biên bản · 07/10/2021');
});
