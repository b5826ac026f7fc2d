import { expect, test } from 'vitest';
import { dateBounds } from '#contracts/plausibility.ts';
import { defineEntity, type EntityDeclaration } from './entity.ts';
import { choice, day } from './fields.ts';

const words = { vi: 'v', en: 'e' };
const permit: EntityDeclaration = {
  service: 'permits',
  noun: 'permit',
  plural: 'permits',
  words,
  dataClass: 'public',
  statuses: { granted: words, withdrawn: words },
  toldWords: words,
  steps: { withdraw: { from: ['granted'], to: 'withdrawn', words, says: ['withdrawnOn'] } },
  fields: {
    kind: choice({ words, columns: ['kind'], choices: { a: words } }),
    validUntil: day({ words, columns: ['valid until'] }),
    withdrawnOn: day({ words, columns: ['withdrawn'], dates: { earliest: '1990-01-01', daysAhead: 0 } }),
  },
  category: 'kind',
  figures: {},
  unit: words,
  map: {
    shape: { filled: true, radiusMetres: 1, smallestPixels: 1, largestPixels: 1 },
    colours: { light: { open: [0, 0, 0], over: [0, 0, 0] }, dark: { open: [0, 0, 0], over: [0, 0, 0] } },
    openWords: words,
    overWords: words,
  },
};

test('a declared day lies from 1800 to ten years ahead, or where the declaration says', () => {
  const { told, stepEvents } = defineEntity(permit);
  expect(dateBounds(told)).toEqual({
    validUntil: { earliest: '1800-01-01', daysAhead: 3660 },
    occurredAt: { earliest: '1990-01-01' },
  });
  expect(dateBounds(Object.values(stepEvents)[0]!)).toEqual({
    withdrawnOn: { earliest: '1990-01-01', daysAhead: 0 },
    occurredAt: { earliest: '1990-01-01' },
  });
});
