import type { District } from '@vungxanh/ml/scenario';
import type { ScenarioModel, ScenarioRequest, ScenarioRun } from '#contracts/scenarios.ts';
import { get, post, until } from '#platform/testing/requests.ts';
import type { ServiceUnderTest } from '#platform/testing/service.ts';
import { dayOf, openDistrict, startMl, wave } from '../../outlook/testing/service.ts';

const rising = (ward: number, day: number) => 2 + ward / 2 + 2 * Math.exp(day / 25);

export const asDistrict = ({ model, particles }: ScenarioModel): District =>
  ({ ...model, fitted: particles }) as unknown as District;

/** A district with forty days of a rising wave, its model fitted, and somebody who asks for scenarios. */
export interface ScenarioDesk {
  service: ServiceUnderTest;
  district: string;
  model: ScenarioModel;
  ask: (method: string, path: string, body?: unknown) => Promise<Response>;
  get: <Answer>(path: string) => Promise<Answer>;
  /** Asks for a run; throws when it is refused. */
  send: (body: unknown, path?: string) => Promise<{ status: number; headers: Headers; run: ScenarioRun }>;
  ended: (runId: string) => Promise<ScenarioRun>;
  /** from day 0 on */
  period: { fromDate: string; toDate: string };
  request: (change?: Partial<ScenarioRequest>) => ScenarioRequest;
}

export async function openScenarioDesk(): Promise<ScenarioDesk> {
  const service = await startMl();
  const district = await openDistrict(service);
  const read = <Answer>(path: string) => get<Answer>(service, path);
  for (const result of await service.parts.appender.appendAll(wave(district, { from: 0, to: 40 }, rising)))
    if (!result.ok) throw new Error(result.detail);
  const model = await until(async () => {
    const answer = await read<ScenarioModel>(`/api/scenarios/model?district=${district}`);
    return answer.abstention === null && answer.dataThroughDate! >= dayOf(35) ? answer : undefined;
  });
  const period = { fromDate: model.startDate!, toDate: dayOf(60) };
  return {
    service,
    district,
    model,
    ask: async (method, path, body) =>
      body === undefined ? service.app.request(path, { method }) : post(service, path, body),
    get: read,
    send: async (body, path = '/api/scenarios') => {
      const response = await post(service, path, body);
      if (!response.ok) throw new Error(`${response.status} ${path}: ${await response.text()}`);
      return { status: response.status, headers: response.headers, run: (await response.json()) as ScenarioRun };
    },
    ended: (runId) =>
      until(async () => {
        const run = await read<ScenarioRun>(`/api/scenarios/${runId}`);
        return run.endedAt ? run : undefined;
      }),
    period,
    request: (change = {}) => ({
      district,
      days: 30,
      paths: 200,
      seed: 7,
      scenarios: [
        { name: 'Hạn chế đi lại', levers: [{ kind: 'movement', ...period, limit: 0.6 }] },
        {
          name: 'Tiêm và 5K',
          levers: [
            { kind: 'vaccination', ...period, areaIds: ['W1', 'W2'], firstDosesPerDay: 500, secondDosesPerDay: 0 },
            { kind: '5K', ...period, adherence: 0.8 },
          ],
        },
      ],
      ...change,
    }),
  };
}
