import { screen, waitFor } from '@testing-library/svelte';
import { describe, expect, test } from 'vitest';
import { newCentre, show } from '../../testing/given.ts';
import { problem, serve } from '../../testing/serve.ts';
import ModelsScreen from './ModelsScreen.svelte';
import type { StoredModel } from './model-card.ts';

const pair = (relativeWis: number) => ({
  model: { cells: 40, wis: 2, coverage50: 0.5, coverage95: 0.95 },
  baseline: { cells: 40, wis: 4 },
  relativeWis,
});
const model = (modelId: string, more: Partial<StoredModel> = {}): StoredModel => ({
  district: 'q7',
  modelId,
  kind: 'forecast-combination',
  dataThroughDate: '2021-08-23',
  knownAt: '2021-08-24T01:00:00Z',
  card: { backtest: pair(0.8) },
  ...more,
});

const told = {
  vi: {
    empty: 'Chưa có mô hình nào chạy cho địa bàn này.',
    forecast: 'Dự báo số ca',
    better: 'Tốt hơn cách đoán đơn giản: sai số nhỏ hơn 20%.',
    worse: 'Kém hơn cách đoán đơn giản: sai số lớn hơn 50%. Vì vậy bản đồ đang hiện mô hình cơ sở.',
    notFound: 'Không tìm thấy mô hình m9: có thể nó thuộc địa bàn khác hoặc đã cũ.',
    away: /^Mô hình: dịch vụ không trả lời/,
  },
  en: {
    empty: 'No model has run for this district yet.',
    forecast: 'Forecast of cases',
    better: 'Better than the simplest guess: its error is 20% smaller.',
    worse: 'Worse than the simplest guess: its error is 50% larger. So the map shows the baseline instead.',
    notFound: 'Model m9 was not found: it may belong to another district, or be old.',
    away: /^Models: the service does not answer/,
  },
};

describe.each(['vi', 'en'] as const)('%s', (language) => {
  const t = told[language];

  test('a model says in words what it is and how good it was', async () => {
    serve({ '/api/models': { items: [model('m2')] } });
    show(ModelsScreen, {}, newCentre(language));
    expect(await screen.findByRole('heading', { name: t.forecast })).toBeTruthy();
    expect(screen.getByText(t.better)).toBeTruthy();
  });

  test('one that is worse than the baseline says so, and what is shown instead', async () => {
    serve({ '/api/models': { items: [model('m2', { card: { backtest: pair(1.5) } })] } });
    show(ModelsScreen, {}, newCentre(language));
    expect(await screen.findByText(t.worse)).toBeTruthy();
  });

  test('the network among its members: where it fails, what it learned from, its weights', async () => {
    const fails = [{ vi: 'Sóng dịch dốc', en: 'Sharp waves' }];
    const network = {
      weightsHash: '52214d28a6a4ff',
      dataWindow: ['1997-10-04', '2025-11-15'] as [string, string],
      fails,
    };
    serve({ '/api/models': { items: [model('m2', { card: { backtest: pair(0.8), network } })] } });
    show(ModelsScreen, {}, newCentre(language));
    expect(await screen.findByText(fails[0]![language])).toBeTruthy();
    expect(screen.getByText('52214d28a6a4')).toBeTruthy();
    expect(screen.getByText(/1997.*2025/)).toBeTruthy();
  });

  test('a forecast that went without the network says that its weights were refused', async () => {
    serve({ '/api/models': { items: [model('m3', { card: { network: { refused: 'the hash is another' } } })] } });
    show(ModelsScreen, {}, newCentre(language));
    expect(await screen.findByText('the hash is another')).toBeTruthy();
  });

  test('no model yet', async () => {
    serve({ '/api/models': { items: [] } });
    show(ModelsScreen, {}, newCentre(language));
    expect(await screen.findByText(t.empty)).toBeTruthy();
  });

  test('a model that a link names is asked for by its id; one that is not there is said not to be', async () => {
    const asked = serve({ '/api/models': { items: [model('m2')] } });
    const centre = newCentre(language);
    centre.outlook.modelId = 'm9';
    show(ModelsScreen, {}, centre);
    expect(await screen.findByText(t.notFound)).toBeTruthy();
    expect(asked.map(({ path }) => path)).toContain('/api/models/m9');
  });

  test('a service that is away', async () => {
    serve({ '/api/models': () => problem(503) });
    show(ModelsScreen, {}, newCentre(language));
    expect(await screen.findByText(t.away)).toBeTruthy();
  });
});

test('models are asked for as of the day that is looked at, and again when that changes', async () => {
  const asked = serve({ '/api/models': { items: [] } });
  const centre = newCentre('vi');
  show(ModelsScreen, {}, centre);
  await waitFor(() => expect(asked).toHaveLength(1));
  centre.day = '2021-08-20';
  await waitFor(() => expect(asked.at(-1)!.query.asOf).toBe('2021-08-20T16:59:59.999Z'));
});

test('the newest of a kind is shown, or an earlier one that a link names', async () => {
  const earlier = model('m1', { knownAt: '2021-08-17T01:00:00Z', card: { backtest: pair(1.5) } });
  serve({ '/api/models': { items: [earlier, model('m2')] } });
  const centre = newCentre('vi');
  show(ModelsScreen, {}, centre);
  expect(await screen.findByText(told.vi.better)).toBeTruthy();
  expect(screen.queryByText(told.vi.worse)).toBeNull();
  centre.outlook.modelId = 'm1';
  expect(await screen.findByText(told.vi.worse)).toBeTruthy();
});
