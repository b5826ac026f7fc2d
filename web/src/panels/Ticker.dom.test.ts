import { fireEvent, screen } from '@testing-library/svelte';
import type { LiveItem } from '@vungxanh/services/contracts/live.ts';
import { describe, expect, test } from 'vitest';
import { emptyWorld } from '../feed/world.ts';
import { newCentre, show } from '../testing/given.ts';
import Ticker from './Ticker.svelte';

const item = (type: string, layer: LiveItem['layer'], more: Partial<LiveItem> = {}): LiveItem => ({
  id: `${type} ${more.sequence ?? 1}`,
  sequence: 1,
  type,
  layer,
  entity: 'e1',
  areaId: 'tan-phu-1',
  time: '2021-08-24T04:00:00Z',
  recordedTime: '2021-08-24T04:30:00Z',
  values: {},
  ...more,
});
function withNews(language: 'vi' | 'en', latest: LiveItem[]) {
  const centre = newCentre(language);
  centre.line.world = { ...emptyWorld('q7'), latest };
  return centre;
}
const lines = () => screen.queryAllByRole('listitem').map((line) => line.textContent?.replace(/\s+/g, ' ').trim());

const told = {
  vi: {
    waiting: 'Chờ tin mới…',
    case: '11:30 Ca bệnh mới · cộng đồng tại Phường Tân Phú',
    violation: '11:30 Xác minh vi phạm · lấn chiếm tại Phường Tân Phú',
    step: '11:30 Xác minh vi phạm tại Phường Tân Phú',
    folded: '11:30 Ca bệnh mới tại Phường Tân Phú (gộp 1.250 tin)',
    risk: '11:30 Chấm điểm nguy cơ · Điểm 63, lên mức 40% tại Phường Tân Phú',
    withheld: '11:30 Chấm điểm nguy cơ · không đánh giá được, xem lý do tại Phường Tân Phú',
    cluster: '11:30 Ổ dịch nổi lên · 14 ca, dự kiến 3,2 tại Phường Tân Phú',
  },
  en: {
    waiting: 'Waiting for news…',
    case: '11:30 New case · community in Tân Phú Ward',
    violation: '11:30 Violation verified · encroachment in Tân Phú Ward',
    step: '11:30 Violation verified in Tân Phú Ward',
    folded: '11:30 New case in Tân Phú Ward (stands for 1,250)',
    risk: '11:30 Risk scored · Score 63, rises 40% in Tân Phú Ward',
    withheld: '11:30 Risk scored · not assessed, see why in Tân Phú Ward',
    cluster: '11:30 Cluster detected · 14 cases, 3.2 expected in Tân Phú Ward',
  },
};

describe.each(['vi', 'en'] as const)('%s', (language) => {
  const t = told[language];

  test('nothing told yet is said to be waited for', () => {
    show(Ticker, {}, newCentre(language));
    expect(screen.getByText(t.waiting)).toBeTruthy();
  });

  test('an event is told with its time in the district, what it is of, and the ward', () => {
    show(
      Ticker,
      {},
      withNews(language, [
        item('case-confirmed', 'cases', { values: { exposure: 'community' } }),
        item('violation-verified', 'violations', { values: { kind: 'encroachment', status: 'verified' } }),
        // The type says the status already.
        item('violation-verified', 'violations', { sequence: 2, values: { status: 'verified' } }),
      ]),
    );
    expect(lines()).toEqual([t.case, t.violation, t.step]);
    expect(screen.queryByText(t.waiting)).toBeNull();
  });

  test('one line may stand for many events, and says so', () => {
    show(Ticker, {}, withNews(language, [item('case-confirmed', 'cases', { standsFor: 1250 })]));
    expect(lines()).toEqual([t.folded]);
  });

  test('risks and clusters bring their numbers; a withheld risk brings none', () => {
    show(
      Ticker,
      {},
      withNews(language, [
        item('risk-scored', 'risk', { sequence: 3, values: { score: 63, riseIn2Weeks: 0.4 } }),
        item('risk-scored', 'risk', { sequence: 2, values: { score: null, riseIn2Weeks: null } }),
        item('cluster-detected', 'clusters', { values: { observed: 14, expected: 3.24 } }),
      ]),
    );
    expect(lines()).toEqual([t.risk, t.withheld, t.cluster]);
  });
});

test('an event that is of an area opens it; one that is of none opens nothing', async () => {
  const centre = withNews('vi', [
    item('case-confirmed', 'cases'),
    item('revenue-published', 'indicators', { areaId: undefined }),
  ]);
  show(Ticker, {}, centre);
  const [area, none] = screen.getAllByRole<HTMLButtonElement>('button');
  await fireEvent.click(area!);
  expect(centre.areaId).toBe('tan-phu-1');
  expect(none!.disabled).toBe(true);
});

test('only as many as there is room for, the newest first', () => {
  const latest = [3, 2, 1].map((sequence) => item(`type-${sequence}`, 'cases', { sequence, areaId: undefined }));
  show(Ticker, { most: 2 }, withNews('vi', latest));
  expect(lines()).toEqual(['11:30 type-3', '11:30 type-2']);
});
