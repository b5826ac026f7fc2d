import { scenarioModel, scenarioRun } from '@vungxanh/services/contracts/scenarios.ts';
import { expect, test } from 'vitest';
import { mockScenarios } from '../dev/mock/scenarios.ts';

const wards = [0, 1, 2].map((w) => ({
  areaId: `q7-${w}`,
  people: 30_000,
  position: [106.7 + 0.01 * w, 10.73] as [number, number],
  cases: 20 * (w + 1),
}));
const question = { district: 'q7', asOfMs: Date.parse('2021-08-24T09:00:00Z'), wards };

// Screens that work on the mock work on the services only as far as both say the same.
test('the mock answers what the contract says: model, abstention, run', async () => {
  const mock = mockScenarios();
  const model = mock.model(question);
  expect(scenarioModel.parse(model)).toEqual(model);
  const silent = mock.model({ ...question, wards: wards.map((ward) => ({ ...ward, cases: 0 })) });
  expect(scenarioModel.parse(silent).abstention?.reason).toBe('too-few-cases');
  const lever = { kind: '5K', fromDate: '2021-08-24', toDate: '2021-09-10', adherence: 0.5 };
  const request = { district: 'q7', days: 14, paths: 100, seed: 1, scenarios: [{ name: '5K', levers: [lever] }] };
  const asked = mock.post('/api/scenarios', request, question)!;
  expect(asked.status).toBe(202);
  const { id } = scenarioRun.parse(asked.body);
  await expect
    .poll(() => (mock.get(`/api/scenarios/${id}`, question) as { status: string }).status, { timeout: 90_000 })
    .toBe('completed');
  const done = scenarioRun.parse(mock.get(`/api/scenarios/${id}`, question));
  expect(done.comparison!.outcomes.map(({ kind }) => kind)).toEqual(['nothing', 'given']);
  for (const outcome of done.comparison!.outcomes)
    expect(
      outcome.wards!.map(({ areaId, probabilityReached }) => [areaId, ...probabilityReached.map(({ cut }) => cut)]),
    ).toEqual(wards.map(({ areaId }) => [areaId, ...model.cuts]));
  expect(mock.post('/api/scenarios', request, question)).toMatchObject({ status: 200, body: { id, cached: true } });
});
