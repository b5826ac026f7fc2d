import { fireEvent, screen, within } from '@testing-library/svelte';
import { describe, expect, test } from 'vitest';
import { HttpProblem } from '../api/http.ts';
import type { RiskScored } from '../feed/issued-risk.ts';
import { emptyWorld, issuedKey } from '../feed/world.ts';
import { newCentre, show } from '../testing/given.ts';
import { withRisks } from '../testing/risk.ts';
import AreaRisk from './AreaRisk.svelte';

const scored: RiskScored = {
  areaId: 'tan-phu',
  dataThroughDate: '2021-08-23',
  cuts: [20, 50, 150],
  modelId: 'risk-1',
  score: 71,
  presentBand: 2,
  riseIn2Weeks: 0.4,
  fallIn2Weeks: 0.004,
  nowcastPer100k: 61.2,
  horizons: [{ weeks: 1, targetDate: '2021-08-30', bands: [0.1, 0.5, 0.3, 0.1], rise: 0.4, fall: 0.1 }],
  drivers: [
    { driver: 'growth', points: 9, vi: 'Số ca tăng nhanh', en: 'Cases rise fast' },
    { driver: 'coverage', points: -4, vi: 'Nhiều người đã tiêm', en: 'Many are vaccinated' },
  ],
  context: [
    {
      name: 'violations',
      value: 3,
      mean: 4,
      effectPerWeek: null,
      low: null,
      high: null,
      moves: false,
      vi: 'Vi phạm không tăng',
      en: 'Violations do not rise',
    },
  ],
  knownAt: '2021-08-24T01:00:00Z',
};
const told = {
  vi: {
    title: 'Nguy cơ',
    now: ['71', 'Mức 2', '40%', '< 1%', '61,2 ca / 100.000 dân / tuần, đã cộng ca báo muộn'],
    strip: 'Mức 1: 10%, Mức 2: 50%, Mức 3: 30%, Mức 4: 10%',
    why: ['Số ca tăng nhanh. làm tăng điểm', 'Nhiều người đã tiêm. làm giảm điểm'],
    also: 'Vi phạm không tăng',
    data: /Số liệu đến hết 23\/08\/2021.*chấm lúc 08:00 24\/08\/2021/,
    old: /Số liệu đến hết 23\/08\/2021 \(cũ 7 ngày\)/,
    withheld: 'Không đưa ra số. Chuỗi số liệu còn quá ngắn để tính.',
    unknownReason: 'Không đưa ra số. Dịch vụ nêu lý do: moonlight',
    detail: 'Chi tiết kỹ thuật',
    notSaid: 'chưa có',
    newer: 'Vừa có điểm mới: 80, đang lấy lý do…',
    away: /Nguy cơ: dịch vụ không trả lời/,
    model: 'Mô hình',
  },
  en: {
    title: 'Risk',
    now: ['71', 'Level 2', '40%', '< 1%', '61.2 cases per 100,000 a week, late reports included'],
    strip: 'Level 1: 10%, Level 2: 50%, Level 3: 30%, Level 4: 10%',
    why: ['Cases rise fast. raises the score', 'Many are vaccinated. lowers the score'],
    also: 'Violations do not rise',
    data: /Data to the end of 23\/08\/2021.*scored at 08:00 24\/08\/2021/,
    old: /Data to the end of 23\/08\/2021 \(7 days old\)/,
    withheld: 'No number is given. The series is still too short.',
    unknownReason: 'No number is given. The service says: moonlight',
    detail: 'Technical details',
    notSaid: 'none yet',
    newer: 'A new score has just come: 80; fetching its reasons…',
    away: /Risk: the service does not answer/,
    model: 'Model',
  },
};
const props = { areaId: 'tan-phu', level: 'ward' as const };
const text = (element: Element) => element.textContent?.replace(/\s+/g, ' ').trim();

describe.each(['vi', 'en'] as const)('%s', (language) => {
  const t = told[language];
  const withRisk = (risk: RiskScored) => {
    const centre = newCentre(language);
    withRisks(centre, [risk]);
    return centre;
  };
  const section = () => within(screen.getByRole('region', { name: t.title }));

  test('level now, where it may go, and why', () => {
    show(AreaRisk, props, withRisk(scored));
    for (const now of t.now) expect(section().getAllByText(now).length).toBeGreaterThan(0);
    expect(section().getByRole('img').getAttribute('aria-label')).toBe(t.strip);
    const reasons = section()
      .getAllByRole('list')
      .find((list) => list.tagName === 'OL')!;
    expect(
      within(reasons)
        .getAllByRole('listitem')
        .map((reason) => text(reason)!),
    ).toEqual(t.why);
    expect(section().getByText(t.also)).toBeTruthy();
    expect(text(screen.getByRole('region', { name: t.title }))).toMatch(t.data);
  });

  test('a withheld risk says why in words, has no number, and keeps the service’s own detail', () => {
    const { score, presentBand, horizons, drivers, ...rest } = scored;
    show(AreaRisk, props, withRisk({ ...rest, abstention: { reason: 'too-little', detail: 'weeks 3, at least 4' } }));
    expect(text(section().getByRole('note').querySelector('p')!)).toBe(t.withheld);
    expect(section().getByText(t.detail)).toBeTruthy();
    expect(section().getByText('weeks 3, at least 4')).toBeTruthy();
    expect(section().queryByRole('table')).toBeNull();
    expect(section().queryByRole('button')).toBeNull();
    expect(section().queryByText(String(score))).toBeNull();
  });

  test('a reason that has no words here is passed on', () => {
    show(AreaRisk, props, withRisk({ ...scored, abstention: { reason: 'moonlight', detail: '' } }));
    expect(text(section().getByRole('note'))).toBe(t.unknownReason);
  });

  test('a newer score is named while its reasons are on their way; the older statement stays whole', () => {
    const centre = withRisk(scored);
    centre.line.world = {
      ...emptyWorld('q7'),
      issued: new Map([
        [
          issuedKey('risk', 'tan-phu'),
          {
            id: 'r2',
            sequence: 9,
            type: 'risk-scored',
            layer: 'risk',
            entity: 'tan-phu',
            areaId: 'tan-phu',
            time: '2021-08-24T04:00:00Z',
            recordedTime: '2021-08-24T04:00:00Z',
            values: { score: 80, presentBand: 3, riseIn2Weeks: 0.5 },
          },
        ],
      ]),
    };
    show(AreaRisk, props, centre);
    expect(section().getByText(t.newer)).toBeTruthy();
    expect(section().getByText('71')).toBeTruthy();
    expect(section().queryByText('80')).toBeNull();
  });

  test('old data are said to be', () => {
    const centre = withRisk(scored);
    centre.wallMs = Date.parse('2021-08-30T05:00:00Z');
    show(AreaRisk, props, centre);
    expect(text(screen.getByRole('region', { name: t.title }))).toMatch(t.old);
  });

  test('nothing said yet, and a service that is away, are told apart', async () => {
    const centre = newCentre(language);
    show(AreaRisk, props, centre);
    expect(section().getByText(t.notSaid)).toBeTruthy();
    centre.outlook.risk.ward.error = new HttpProblem(503, 'x');
    expect(await section().findByText(t.away)).toBeTruthy();
    expect(section().queryByText(t.notSaid)).toBeNull();
  });

  test('the model that says it is one step away', async () => {
    const centre = show(AreaRisk, props, withRisk(scored));
    await fireEvent.click(section().getByRole('button', { name: t.model }));
    expect([centre.screen, centre.outlook.modelId]).toEqual(['models', 'risk-1']);
  });
});
