import { screen } from '@testing-library/svelte';
import { expect, test } from 'vitest';
import { colourFor } from '../map/colouring.ts';
import { incidenceColours } from '../map/palette.ts';
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

test.each([
  ['vi', ['cấp 1 (xanh)', 'cấp 2 (vàng)', 'cấp 3 (cam)', 'cấp 4 (đỏ)']],
  ['en', ['level 1 (green)', 'level 2 (yellow)', 'level 3 (orange)', 'level 4 (red)']],
] as const)(
  '%s: coloured by the official level, the legend names the four, and a level that cannot be told has none',
  (language, names) => {
    const centre = newCentre(language);
    centre.outlook.colouring = 'level';
    centre.outlook.levels.ward.data = {
      ...{
        district: 'q7',
        asOf: '2021-11-08T00:00:00Z',
        onDay: '2021-11-08',
        policy: null,
        data: { lastHeardAt: null },
      },
      areas: (
        [
          ['tan-phu', 2, 3],
          ['phu-my', 1, 4],
        ] as const
      ).map(([areaId, low, high]) => ({
        ...{ areaId, name: areaId, chance: null, withheld: null, inForce: null, scheduled: null },
        assessed: { level: { low, high }, decidedBy: 'criterion-1', ratePer100k: null, cases: null, reasons: [] },
      })),
    };
    show(Colouring, {}, centre);
    const entries = screen.getAllByRole('listitem').map(({ textContent }) => textContent?.trim());
    for (const [index, name] of names.entries()) expect(entries[index]).toContain(name);
    expect([centre.colouredBy('tan-phu'), centre.colouredBy('phu-my')]).toEqual([2, null]);
    expect([1, 2, 3, 4].map((level) => colourFor('light', 'level', level))).toEqual(incidenceColours.light);
  },
);
