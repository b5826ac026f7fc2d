import { screen } from '@testing-library/svelte';
import { expect, test } from 'vitest';
import { newCentre, show } from '../testing/given.ts';
import Colouring from './Colouring.svelte';

test.each([
  ['vi', 'chưa có báo cáo', 'không đủ số liệu'],
  ['en', 'no report', 'not enough data'],
] as const)(
  '%s: the legend has an entry for areas of which nothing was heard, hatched, apart from every class and from what is not known',
  (language, silent, unknown) => {
    show(Colouring, { legendOnly: true }, newCentre(language));
    const entries = screen.getAllByRole('listitem');
    expect(entries).toHaveLength(6);
    const [notKnown, noReport] = entries.slice(-2);
    expect([notKnown!.textContent?.trim(), noReport!.textContent?.trim()]).toEqual([unknown, silent]);
    expect([notKnown, noReport].map((entry) => entry!.querySelector('.withheld') !== null)).toEqual([false, true]);
  },
);
