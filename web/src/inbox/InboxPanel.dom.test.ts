import { fireEvent, screen, within } from '@testing-library/svelte';
import { describe, expect, test } from 'vitest';
import { newCentre, show } from '../testing/given.ts';
import { withRisks } from '../testing/risk.ts';
import { problem, serve } from '../testing/serve.ts';
import InboxPanel from './InboxPanel.svelte';

const overdue = (violationId: string, dueAt: string) => ({
  violationId,
  kind: 'without-permit',
  address: '12 Huỳnh Tấn Phát',
  areaId: 'tan-phu',
  dueStep: 'decide',
  dueAt,
  statusSince: '2021-08-01T00:00:00Z',
});
const answers = {
  '/api/urban-order/violations': {
    total: 7,
    items: [overdue('newer', '2021-08-23T05:00:00Z'), overdue('older', '2021-08-20T05:00:00Z')],
    nextCursor: null,
  },
  '/api/status': { services: [{ service: 'economy', status: 'away' }], parked: 0 },
};
const told = {
  vi: {
    title: 'Cảnh báo và quá hạn',
    late: 'quá 4 ngày',
    duty: /chờ: Ra quyết định xử phạt; bước này thuộc: Lãnh đạo phường, Lãnh đạo quận/,
    owner: /chưa rõ ai phụ trách/,
    rise: /Phường Tân Phú: xác suất tăng mức trong 2 tuần 62%/,
    all: 'Xem cả 9 việc',
    service: /“economy” không trả lời/,
  },
  en: {
    title: 'Alarms and overdue',
    late: '4 days over',
    duty: /waits for: Decide the penalty; this step is a duty of: Ward leader, District leader/,
    owner: /who looks after each of these is not known/,
    rise: /Tân Phú Ward: 62% chance/,
    all: 'Show all 9',
    service: /“economy” does not answer/,
  },
};

describe.each(['vi', 'en'] as const)('%s', (language) => {
  const t = told[language];

  test('each with its clock and whose duty the step is; that nobody records who looks after it is said', async () => {
    serve(answers);
    const centre = newCentre(language);
    withRisks(centre, [
      {
        areaId: 'tan-phu',
        score: 60,
        riseIn2Weeks: 0.62,
        cuts: [20, 50, 150],
        modelId: 'm',
        dataThroughDate: '2021-08-23',
      },
    ]);
    show(InboxPanel, { most: 3 }, centre);
    const inbox = within(screen.getByRole('region', { name: t.title }));
    expect(await inbox.findByText(t.late)).toBeTruthy();
    expect(inbox.getByText(t.service)).toBeTruthy();
    expect(inbox.getByText(t.duty)).toBeTruthy();
    expect(inbox.getByText(t.owner)).toBeTruthy();
    await fireEvent.click(inbox.getByRole('button', { name: t.all }));
    expect(document.querySelectorAll('[data-inbox-item^="overdue"]')).toHaveLength(2);
    await fireEvent.click(inbox.getByRole('button', { name: t.rise }));
    expect(centre.thing).toEqual({ noun: 'area', id: 'tan-phu' });
  });
});

test('while what waits is not known no number is said; a service that is away is named', async () => {
  serve({ ...answers, '/api/urban-order/violations': () => problem(503) });
  show(InboxPanel, {}, newCentre());
  expect(await screen.findByText(/Cảnh báo và quá hạn/, { selector: '.notice span' })).toBeTruthy();
  expect(document.querySelector('[data-inbox]')).toBeNull();
});
