import { fireEvent, screen } from '@testing-library/svelte';
import { describe, expect, test } from 'vitest';
import { newCentre, show } from '../testing/given.ts';
import { withRisks } from '../testing/risk.ts';
import { serve } from '../testing/serve.ts';
import AreaCard from './AreaCard.svelte';

const told = {
  vi: {
    name: 'Phường Tân Phú',
    about: 'Phường thuộc Quận 7 · 26.000 dân',
    back: 'Về danh sách khu vực',
    backToWard: 'Phường Tân Phú',
    children: 'Các tổ dân phố',
    child: /Tổ dân phố 1/,
    withheld: 'Không đưa ra số. Chuỗi số liệu còn quá ngắn để tính.',
    curve: 'Ca theo ngày',
    empty: 'Không có ca nào trong khoảng này',
  },
  en: {
    name: 'Tân Phú Ward',
    about: 'Ward in District 7 · 26,000 people',
    back: 'Back to all areas',
    backToWard: 'Tân Phú Ward',
    children: 'Neighbourhood groups',
    child: /Neighbourhood group 1/,
    withheld: 'No number is given. The series is still too short.',
    curve: 'Cases by day',
    empty: 'No case in this period',
  },
};
const text = (element: Element) => element.textContent?.replace(/\s+/g, ' ').trim();

describe.each(['vi', 'en'] as const)('%s', (language) => {
  const t = told[language];

  test('a ward says what it is, why its risk is withheld, and what lies in it', async () => {
    serve({ '/api/epidemic/series': { days: [] } });
    const centre = newCentre(language);
    withRisks(centre, [
      {
        areaId: 'tan-phu',
        dataThroughDate: '2021-08-23',
        cuts: [],
        modelId: 'm1',
        abstention: { reason: 'too-little', detail: '' },
      },
    ]);
    show(AreaCard, { areaId: 'tan-phu' }, centre);
    expect(screen.getByRole('article', { name: t.name })).toBeTruthy();
    expect(text(screen.getByRole('heading', { name: t.name }).nextElementSibling!)).toBe(t.about);
    expect(text(screen.getByRole('note'))).toBe(t.withheld);
    expect(screen.getByRole('heading', { name: t.children })).toBeTruthy();
    await fireEvent.click(screen.getByRole('button', { name: t.child }));
    expect(centre.areaId).toBe('tan-phu-1');
  });

  test('its curve comes when the card is open, of the area and the day that is looked at', async () => {
    const asked = serve({ '/api/epidemic/series': { days: [] } });
    const centre = newCentre(language);
    centre.day = '2021-08-20';
    show(AreaCard, { areaId: 'tan-phu' }, centre);
    expect(await screen.findByRole('heading', { name: t.curve })).toBeTruthy();
    expect(await screen.findByText(t.empty)).toBeTruthy();
    expect(asked.find(({ path }) => path === '/api/epidemic/series')?.query).toMatchObject({
      district: 'q7',
      areaId: 'tan-phu',
      by: 'event',
      to: '2021-08-20',
      asOf: '2021-08-20T16:59:59.999Z',
    });
  });

  test('from a ward back leads to all areas', async () => {
    serve({});
    const centre = newCentre(language);
    centre.areaId = 'tan-phu';
    show(AreaCard, { areaId: 'tan-phu' }, centre);
    await fireEvent.click(screen.getByRole('button', { name: t.back }));
    expect(centre.areaId).toBeUndefined();
  });

  test('from a tổ dân phố back leads to its ward', async () => {
    serve({});
    const centre = newCentre(language);
    centre.areaId = 'tan-phu-1';
    show(AreaCard, { areaId: 'tan-phu-1' }, centre);
    await fireEvent.click(screen.getByRole('button', { name: t.backToWard }));
    expect(centre.areaId).toBe('tan-phu');
  });
});
