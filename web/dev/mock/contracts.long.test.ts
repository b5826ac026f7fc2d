import { drillState } from '@vungxanh/services/contracts/http/drill.ts';
import {
  accepted as businessAccepted,
  businessFiguresAnswer,
  businessPage,
} from '@vungxanh/services/contracts/http/economy.ts';
import {
  areaSeriesAnswer,
  epidemicFigures,
  formulaText,
  rowList,
  seriesAnswer,
} from '@vungxanh/services/contracts/http/epidemic.ts';
import { feedRow } from '@vungxanh/services/contracts/http/feeds.ts';
import { areaCollection, district } from '@vungxanh/services/contracts/http/geography.ts';
import { clustersAnswer } from '@vungxanh/services/contracts/http/outlook/clusters.ts';
import { forecastAnswer } from '@vungxanh/services/contracts/http/outlook/forecast.ts';
import { modelInForce, modelsAnswer, storedModel } from '@vungxanh/services/contracts/http/outlook/models.ts';
import { riskAnswer } from '@vungxanh/services/contracts/http/outlook/risk.ts';
import { statisticsAnswer } from '@vungxanh/services/contracts/http/outlook/statistics.ts';
import {
  accepted as violationAccepted,
  violationFiguresAnswer,
  violationPage,
} from '@vungxanh/services/contracts/http/urban-order.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { serveBuilt } from './serve.ts';

// Screens that work on the mock work on the services only as far as both say the same. A schema leaves out what it does not know: an answer
// that says more, less or something else than its contract is not what comes out of it.

interface Schema {
  parse: (answer: unknown) => unknown;
}
let mock: Awaited<ReturnType<typeof serveBuilt>>;
beforeAll(async () => {
  mock = await serveBuilt('/nowhere');
});
afterAll(() => mock.stop());

const ask = async (address: string, init?: RequestInit) => {
  const response = await fetch(`${mock.url}${address}`, init);
  return { status: response.status, body: await response.json() };
};
const post = (address: string, json: unknown) =>
  ask(address, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(json) });

const answers: [address: string, schema: Schema][] = [
  ['/api/districts', district.array()],
  ['/api/geography/areas', areaCollection],
  ['/api/epidemic/figures', epidemicFigures],
  ['/api/epidemic/formulas', formulaText.array()],
  ['/api/epidemic/cases?limit=3', rowList],
  ['/api/epidemic/series?areaId={district}-tan-phu', seriesAnswer],
  ['/api/epidemic/series?by=onset', seriesAnswer],
  ['/api/epidemic/area-series', areaSeriesAnswer],
  ['/api/feeds', feedRow.array()],
  ['/api/urban-order/figures', violationFiguresAnswer],
  ['/api/urban-order/violations?limit=3', violationPage],
  ['/api/economy/figures?language=en', businessFiguresAnswer],
  ['/api/economy/businesses', businessPage],
  ['/api/drill', drillState],
  ['/api/risk?level=district', riskAnswer],
  ['/api/risk', riskAnswer],
  ['/api/risk?level=neighbourhood', riskAnswer],
  ['/api/forecasts', forecastAnswer],
  ['/api/forecasts?areaId={district}-tan-phu', forecastAnswer],
  ['/api/forecasts?areaId={district}-tan-phong', forecastAnswer],
  ['/api/forecasts?areaId={district}-tan-phu&target=admissions&cadence=daily', forecastAnswer],
  ['/api/epidemic-statistics', statisticsAnswer],
  ['/api/clusters', clustersAnswer],
  ['/api/models', modelsAnswer],
];
/** The live district and the exercise, now and earlier. */
const questions = ['district=q7', 'district=q7-drill', 'district=q7-drill&asOf=2021-07-20T00:00:00Z'];
const asked = answers.flatMap(([address, schema]) =>
  questions.map((question) => {
    const district = new URLSearchParams(question).get('district')!;
    const own = address.replace('{district}', district);
    return [`${own}${own.includes('?') ? '&' : '?'}${question}`, schema] as const;
  }),
);

test.each(asked)('%s answers what its contract says', async (address, schema) => {
  const { status, body } = await ask(address);
  expect(status).toBe(200);
  expect(schema.parse(body)).toEqual(body);
});

test('one model, and a version that is decided on, are answered as their contracts say', async () => {
  const { items } = modelsAnswer.parse((await ask('/api/models?district=q7')).body);
  const { body } = await ask(`/api/models/${items[0]!.modelId}?district=q7`);
  expect(storedModel.parse(body)).toEqual(body);
  const decided = await post('/api/models/risk/active?district=q7', { version: 'ml-1', reason: 'r', by: 'b' });
  expect(modelInForce.parse(decided.body)).toEqual(decided.body);
});

test.each(['pause', 'resume', 'stop', 'start'])('the exercise’s button %s', async (action) => {
  const { body } = await post('/api/drill', { action });
  expect(drillState.parse(body)).toEqual(body);
});

test('what is reported is answered as the contracts say', async () => {
  const violation = await post('/api/urban-order/violations?district=q7', { kind: 'encroachment' });
  expect(violationAccepted.parse(violation.body)).toEqual(violation.body);
  const business = await post('/api/economy/businesses/b1/status?district=q7', { status: 'closed' });
  expect(businessAccepted.parse(business.body)).toEqual(business.body);
});
