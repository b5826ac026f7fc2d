import { screen } from '@testing-library/svelte';
import { expect, test } from 'vitest';
import { newCentre, show } from '../testing/given.ts';
import History from './History.svelte';
import { kindOf } from './thing-ref.ts';

test.each([
  ['vi', 'Không tính “khỏi” lúc 12:00 20/08/2021: trước ngày khởi phát 21/08/2021'],
  ['en', '“recovered” of 12:00 20/08/2021 does not count: it is before the onset of 21/08/2021'],
] as const)('%s: an outcome that does not count is told with its day and that of the onset', (language, words) => {
  const event = {
    type: 'case-status-changed',
    occurredAt: '2021-08-20T05:00:00.000Z',
    knownAt: '2021-08-25T05:00:00.000Z',
    sequence: 9,
    source: '/lab',
    data: {},
    notCounted: { status: 'recovered', since: '2021-08-20T05:00:00.000Z', onsetDate: '2021-08-21' },
  };
  show(History, { detail: { status: 'active', history: [event] }, kind: kindOf('case')! }, newCentre(language));
  expect(screen.getByText(/“/).textContent).toBe(words);
});
