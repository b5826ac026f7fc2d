import { expect, test } from 'vitest';
import { leverWords } from './lever-sentence.ts';
import { scenarioWords } from './scenarios.words.ts';

test('a measure is one line that can be read aloud', () => {
  const lever = {
    kind: 'movement',
    fromDate: '2021-08-27',
    toDate: '2021-09-16',
    limit: 0.8,
    areaIds: ['a', 'b'],
  } as const;
  const nameOf = (id: string) => `Phường ${id.toUpperCase()}`;
  expect(leverWords({ ...lever, areaIds: ['a', 'b'] }, scenarioWords.vi, 'vi', nameOf)).toBe(
    'Hạn chế đi lại: bớt đi lại 80 %, 27/8 – 16/9, Phường A, Phường B',
  );
  const tracing = {
    kind: 'tracing',
    fromDate: '2021-08-27',
    toDate: '2021-09-16',
    tracedPerDay: 350,
    isolationPlaces: 0,
  } as const;
  expect(leverWords(tracing, scenarioWords.en, 'en', nameOf)).toBe(
    'Tracing, isolation: people traced 350 people / day, 27/08 – 16/09, whole district',
  );
});
