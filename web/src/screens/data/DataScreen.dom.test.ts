import { fireEvent, screen, within } from '@testing-library/svelte';
import { describe, expect, test } from 'vitest';
import { areaSeriesAnswer } from '../../testing/area-series.ts';
import { newCentre, show } from '../../testing/given.ts';
import { serve } from '../../testing/serve.ts';
import DataScreen from './DataScreen.svelte';

const told = {
  vi: {
    feeds: 'Nguồn tin',
    late: '3 giờ · chậm cập nhật',
    complete: 'hết 21/08/2021',
    unknown: 'chưa rõ',
    owner: /Đơn vị phụ trách: chưa rõ/,
    letters: 'Tin chưa ghi được vào bảng',
    away: 'không trả lời',
    formula: 'Ca mới trong 7 ngày',
    models: 'Mở thẻ mô hình',
    never: 'chưa nhận tin nào',
    lateTitle: 'Đang chậm',
    lateRows: 'Bảng cases · q7 chậm hơn sổ ghi 7 tin',
    awayRow: 'Dịch vụ economy không trả lời',
    technician: 'quản trị hệ thống',
    nothing: 'Không có gì chậm.',
  },
  en: {
    feeds: 'Feeds',
    late: '3 hours · late',
    complete: 'the end of 21/08/2021',
    unknown: 'not known',
    owner: /Owner: not known/,
    letters: 'Facts that could not be written to a table',
    away: 'does not answer',
    formula: 'New cases in 7 days',
    models: 'Open the model cards',
    never: 'nothing heard yet',
    lateTitle: 'What is late',
    lateRows: 'The rows of cases · q7 are 7 events behind the journal',
    awayRow: 'The service economy does not answer',
    technician: 'the technician',
    nothing: 'Nothing is late.',
  },
};

describe.each(['vi', 'en'] as const)('%s', (language) => {
  const t = told[language];

  test('what is late stands first, in words, with since when and who is told; nothing is said to be nothing', async () => {
    const late = [
      { projection: 'cases', district: 'q7', events: 7, since: new Date(Date.now() - 120_000).toISOString() },
    ];
    serve({
      '/api/status': {
        services: [
          { service: 'epidemic', status: 'ready', late },
          { service: 'economy', status: 'down' },
        ],
      },
    });
    show(DataScreen, {}, newCentre(language));
    const panel = within(screen.getAllByRole('region', { name: t.lateTitle })[0]!);
    expect(await panel.findByText(t.lateRows)).toBeTruthy();
    expect(panel.getByText(t.awayRow)).toBeTruthy();
    const rows = document.querySelector('[data-late="late"]')!;
    expect(rows.textContent).toContain(t.technician);
    expect(rows.textContent).toMatch(/\(2 (phút|minutes)\)/);
  });

  test('when all is well it says so', async () => {
    serve({ '/api/status': { services: [{ service: 'epidemic', status: 'ready' }] } });
    show(DataScreen, {}, newCentre(language));
    expect(await screen.findByText(t.nothing)).toBeTruthy();
  });

  test('feeds with their lag, how far they are complete, and what is not known; services with what they could not write', async () => {
    serve({
      '/api/status': {
        services: [
          { service: 'epidemic', status: 'ready', parked: 3, waiting: { case: 2 } },
          { service: 'economy', status: 'down' },
        ],
      },
      '/api/epidemic/area-series': areaSeriesAnswer({ q7: [1, 2, 3, 4] }, '2021-08-24'),
    });
    const centre = newCentre(language);
    centre.feeds.data = [
      { feed: 'cases', lastEventAt: '2021-08-24T01:00:00Z', lastRecordedAt: '2021-08-24T02:00:00Z' },
      { feed: 'capacity', lastEventAt: null, lastRecordedAt: null },
    ];
    centre.formulas.data = [{ id: 'cases-7d', version: 2, unit: 'cases', explanation: { vi: 'Số ca', en: 'Cases' } }];
    show(DataScreen, {}, centre);
    const feeds = within(screen.getAllByRole('region', { name: t.feeds })[0]!);
    expect(await feeds.findByText(t.complete)).toBeTruthy();
    expect(feeds.getByText(t.late)).toBeTruthy();
    expect(feeds.getByText(t.never)).toBeTruthy();
    expect(feeds.getByText(t.owner)).toBeTruthy();
    const letters = within(screen.getAllByRole('region', { name: t.letters })[0]!);
    expect(letters.getByText(t.away)).toBeTruthy();
    const cells = [...document.querySelectorAll('[data-row="epidemic"] td')].map((cell) => cell.textContent?.trim());
    expect(cells.slice(2)).toEqual(['3', '2']);
    expect(screen.getByText(t.formula)).toBeTruthy();
    await fireEvent.click(screen.getByRole('button', { name: t.models }));
    expect([centre.screen, centre.behind]).toEqual(['models', 'map']);
  });
});
