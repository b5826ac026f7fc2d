import { screen } from '@testing-library/svelte';
import { describe, expect, test } from 'vitest';
import { newCentre, show } from '../testing/given.ts';
import { problem, serve } from '../testing/serve.ts';
import System from './System.svelte';

const rows = async () =>
  (await screen.findAllByRole('listitem')).map((row) => row.textContent?.replace(/\s+/g, ' ').trim());
const gb = 1024 ** 3;

const told = {
  vi: {
    well: ['Các dịch vụ đều chạy', 'Tin chưa ghi được vào bảng không có', 'Đĩa còn 67,5 GB (đã dùng 26 %)'],
    ill: [
      'Các dịch vụ chưa trả lời: epidemic',
      'Tin chưa ghi được vào bảng 1.234 tin',
      'Đĩa GẦN ĐẦY · còn 1 GB (đã dùng 96 %)',
    ],
    help: ['Các tin này vẫn còn trong sổ ghi.', 'Tạm thời không nhận thêm dữ liệu'],
  },
  en: {
    well: ['Services all run', 'Events that no row has none', 'Disk 67.5 GB free (26 % used)'],
    ill: [
      'Services not answering: epidemic',
      'Events that no row has 1,234 events',
      'Disk NEARLY FULL · 1 GB free (96 % used)',
    ],
    help: ['They are in the journal still.', 'Nothing new is taken in until there is room.'],
  },
};

describe.each(['vi', 'en'] as const)('%s', (language) => {
  const t = told[language];

  test('all is well', async () => {
    serve({
      '/api/status': {
        services: [{ service: 'epidemic', status: 'ready' }],
        parked: 0,
        disk: { freeBytes: 67.5 * gb, usedShare: 0.26, full: false },
      },
    });
    show(System, {}, newCentre(language));
    expect(await rows()).toEqual(t.well);
    expect(screen.getAllByRole('listitem').map((row) => row.classList.contains('wrong'))).toEqual([
      false,
      false,
      false,
    ]);
  });

  test('a service that is away, parked events and a full disk stand out and say what it means', async () => {
    serve({
      '/api/status': {
        services: [
          { service: 'epidemic', status: 'not answering' },
          { service: 'economy', status: 'ready' },
        ],
        parked: 1234,
        disk: { freeBytes: gb, usedShare: 0.96, full: true },
      },
    });
    show(System, {}, newCentre(language));
    expect(await rows()).toEqual(t.ill);
    expect(screen.getAllByRole('listitem').map((row) => row.classList.contains('wrong'))).toEqual([true, true, true]);
    for (const words of t.help) expect(screen.getByText(new RegExp(words))).toBeTruthy();
  });

  test('damage of the journal is an alarm: how much, where, and what to do', async () => {
    const place = (sequence: number) => ({
      vi: `VX_q7: mục ${sequence}: khác`,
      en: `VX_q7: sequence ${sequence}: other`,
    });
    serve({
      '/api/status': { services: [], parked: 0, journal: { damageWords: [1, 2, 3, 4, 5, 6, 7].map(place) } },
    });
    show(System, {}, newCentre(language));
    expect((await rows()).at(-1)).toBe({ vi: 'Sổ ghi BỊ HỎNG: 7 chỗ', en: 'Journal DAMAGED: 7' }[language]);
    const alarm = screen.getByRole('alert').textContent!;
    expect(alarm).toMatch({ vi: /và 2 chỗ khác/, en: /and 2 more/ }[language]);
    expect(alarm).toContain('npm run verify');
    for (const sequence of [1, 5]) expect(alarm).toContain(place(sequence)[language]);
    expect(alarm).not.toContain(place(6)[language]);
  });

  test('a disk that somebody else looks after is not told; without an answer there is nothing', async () => {
    serve({ '/api/status': { services: [], parked: 0 } });
    show(System, {}, newCentre(language));
    expect((await rows()).length).toBe(2);
  });
});

test('who may not ask is shown nothing', async () => {
  const asked = serve({ '/api/status': () => problem(403) });
  show(System, {});
  await expect.poll(() => asked.length).toBe(1);
  expect(screen.queryAllByRole('listitem')).toEqual([]);
});
