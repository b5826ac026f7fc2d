import { createHash } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { mulberry32 } from '@vungxanh/ml/numerics';
import {
  compareScenarios,
  type District,
  exampleDistrict,
  type Lever,
  planMeasures,
  wardChancesOf,
} from '@vungxanh/ml/scenario';
import type {
  PlanRequest,
  PlanResult,
  ScenarioLever,
  ScenarioModel,
  ScenarioOutcome,
  ScenarioRequest,
  ScenarioRun,
} from '@vungxanh/services/contracts/scenarios.ts';

export interface MockWard {
  areaId: string;
  people: number;
  position: [number, number];
  /** cases of the last seven days */
  cases: number;
}

interface Question {
  district: string;
  asOfMs: number;
  wards: MockWard[];
}

const dayMs = 86_400_000;
const dateOf = (ms: number) => new Date(ms).toISOString().slice(0, 10);
const cuts = [20, 50, 150];
const leverAssumptions = { effect5K: 0.35, yieldShare: 0.12, movementContactShare: 0.5, businessContactShare: 0.25 };

/** Scenarios of the seeded centre: the real model on made-up wards. `paths` and what is tried are cut so that a test waits seconds. */
export function mockScenarios() {
  const runs = new Map<string, ScenarioRun & { stop?: AbortController; listeners: Set<ServerResponse> }>();
  let count = 0;

  function model({ district, asOfMs, wards }: Question): ScenarioModel {
    const base = exampleDistrict();
    const asOf = new Date(asOfMs).toISOString();
    const cases = wards.reduce((sum, ward) => sum + ward.cases, 0);
    const common = {
      district,
      asOf,
      codeVersion: 'mock',
      cuts,
      leverAssumptions,
      assumptions: [
        {
          field: 'effect5K',
          value: 0.35,
          unit: 'share',
          source: 'mock',
          verified: false,
          vi: '5K được làm đúng bớt 35 % tiếp xúc',
          en: '5K done right avoids 35 % of contacts',
        },
        {
          field: 'latentDays',
          value: 3,
          unit: 'days',
          source: 'mock',
          verified: true,
          vi: 'Thời gian ủ bệnh trung bình',
          en: 'Mean latent period',
        },
      ],
    };
    if (cases < 10)
      return {
        ...common,
        startDate: null,
        dataThroughDate: null,
        modelId: null,
        dataHash: null,
        areas: [],
        model: null,
        particles: [],
        abstention: { reason: 'too-few-cases', detail: 'fewer than 10 cases in 7 days' },
      };
    const ages = [0.22, 0.66, 0.12];
    const startOf = (random: () => number) => {
      const spread = (times: number) =>
        wards.map((ward) => ages.map((share) => Math.round(ward.cases * share * times * (0.7 + 0.6 * random()))));
      return { exposed: spread(0.9), infectious: spread(1.8) };
    };
    const population = wards.map((ward) => ages.map((share) => Math.round(ward.people * share)));
    const immunity = {
      oneDose: population.map((row) => row.map((people, g) => (g === 0 ? 0 : Math.round(0.3 * people)))),
      twoDoses: population.map((row) => row.map((people, g) => (g === 0 ? 0 : Math.round(0.2 * people)))),
    };
    const random = mulberry32(2021);
    const particles = Array.from({ length: 20 }, () => ({
      reproductionNumber: 2.2 + 0.8 * random(),
      reportedShare: 0.35 + 0.3 * random(),
      start: { ...startOf(random), ...immunity },
    }));
    const own: District = {
      ...base,
      wards: wards.map((ward, w) => ({
        id: ward.areaId,
        position: ward.position,
        population: population[w]!,
        businesses: Math.round(ward.people / 6),
      })),
      start: particles[0]!.start,
      capacity: { beds: 900, intensiveCare: 60, isolationPlaces: 3000 },
      costs: {
        ...base.costs,
        dose: 250_000,
        traced: 300_000,
        bedDay: 1_200_000,
        intensiveCareDay: 8_000_000,
        restrictedPersonDay: 90_000,
        closedBusinessDay: 1_500_000,
      },
    };
    return {
      ...common,
      startDate: dateOf(asOfMs + 7 * 3_600_000),
      dataThroughDate: dateOf(asOfMs + 7 * 3_600_000 - dayMs),
      modelId: 'mock-scenario-1',
      dataHash: 'mock',
      areas: wards.map((ward) => ({
        areaId: ward.areaId,
        people: ward.people,
        businesses: Math.round(ward.people / 6),
      })),
      model: own as unknown as Record<string, unknown>,
      particles: particles as unknown as Record<string, unknown>[],
      abstention: null,
    };
  }

  /** Written out once more, on purpose: the screen's own translation is tested against this one. */
  function leversOf(levers: ScenarioLever[], startDate: string, days: number): Lever[] {
    const dayOf = (date: string) => Math.round((Date.parse(date) - Date.parse(startDate)) / dayMs);
    return levers.flatMap(({ fromDate, toDate, areaIds, ...rest }) => {
      const [fromDay, toDay] = [Math.max(0, dayOf(fromDate)), Math.min(days - 1, dayOf(toDate))];
      const { effect5K, yieldShare, movementContactShare, businessContactShare } = leverAssumptions;
      const extra = {
        '5K': { effect: effect5K },
        tracing: { yieldShare },
        movement: { contactShare: movementContactShare },
        business: { contactShare: businessContactShare },
      } as Record<string, object>;
      return toDay < fromDay
        ? []
        : [{ ...rest, ...extra[rest.kind], fromDay, toDay, ...(areaIds ? { wards: areaIds } : {}) } as Lever];
    });
  }

  const seen = ({
    stop: _stop,
    listeners: _listeners,
    ...run
  }: ScenarioRun & { stop?: AbortController; listeners?: Set<ServerResponse> }): ScenarioRun => run;

  function tell(id: string) {
    const run = runs.get(id)!;
    for (const listener of run.listeners) {
      const { request: _request, ...rest } = seen(run);
      listener.write(`event: run\ndata: ${JSON.stringify(rest)}\n\n`);
      if (run.endedAt) listener.end();
    }
  }

  function enqueue(
    kind: ScenarioRun['kind'],
    request: ScenarioRequest | PlanRequest,
    names: string[],
    work: (signal: AbortSignal, progress: (share: number) => void) => Promise<Partial<ScenarioRun>>,
  ) {
    const inputHash = createHash('sha256').update(JSON.stringify(request)).digest('hex').slice(0, 16);
    const ready = [...runs.values()].find((run) => run.inputHash === inputHash && run.status === 'completed');
    if (ready) return { status: 200, body: { ...seen(ready), cached: true } };
    const id = `run-${++count}`;
    const stop = new AbortController();
    runs.set(id, {
      id,
      kind,
      district: request.district,
      inputHash,
      status: 'queued',
      position: 0,
      progress: 0,
      requestedAt: new Date().toISOString(),
      endedAt: null,
      cached: false,
      names,
      request,
      stop,
      listeners: new Set(),
    });
    const change = (part: Partial<ScenarioRun>) => {
      Object.assign(runs.get(id)!, part);
      tell(id);
    };
    setTimeout(async () => {
      if (stop.signal.aborted) return;
      change({ status: 'running', position: null });
      try {
        const result = await work(stop.signal, (progress) => change({ progress }));
        change({ ...result, status: 'completed', progress: 1, endedAt: new Date().toISOString() });
      } catch (error) {
        if (!stop.signal.aborted)
          change({
            status: 'failed',
            endedAt: new Date().toISOString(),
            failure: { reason: 'failed', detail: String(error) },
          });
      }
    }, 150);
    return { status: 202, body: seen(runs.get(id)!) };
  }

  const fittedDistrict = (question: Question): { told: ScenarioModel; district: District } => {
    const told = model(question);
    return {
      told,
      district: {
        ...(told.model as unknown as District),
        fitted: told.particles as unknown as NonNullable<District['fitted']>,
      },
    };
  };

  function compare(request: ScenarioRequest, question: Question) {
    const errors = request.scenarios.flatMap(({ levers, name }, s) => [
      ...(name ? [] : [{ field: `json.scenarios.${s}.name`, value: name, reason: 'must not be empty' }]),
      ...levers.flatMap((lever, l) =>
        lever.toDate < lever.fromDate
          ? [
              {
                field: `json.scenarios.${s}.levers.${l}.toDate`,
                value: lever.toDate,
                reason: 'must not lie before fromDate',
              },
            ]
          : [],
      ),
    ]);
    if (errors.length)
      return { status: 422, body: { type: 'about:blank', title: 'the request does not fit', status: 422, errors } };
    const { told, district } = fittedDistrict(question);
    return enqueue(
      'comparison',
      request,
      request.scenarios.map(({ name }) => name),
      async (signal, progress) => {
        const scenarios = request.scenarios.map(({ name, levers }) => ({
          name,
          levers: leversOf(levers, told.startDate!, request.days),
        }));
        const run = { days: request.days, paths: request.paths, seed: request.seed, stepDays: 1 };
        const { outcomes, avoided } = await compareScenarios(district, scenarios, run, {
          signal,
          progress,
          weeklyCuts: cuts,
        });
        const limited = (levers: Lever[]) =>
          question.wards
            .map(({ areaId }) => areaId)
            .filter((id) =>
              levers.some(
                (l) => (l.kind === 'movement' || l.kind === 'business') && (!l.wards || l.wards.includes(id)),
              ),
            );
        const answered = outcomes.map(
          (outcome) =>
            ({
              ...outcome,
              areaIds: limited(scenarios.find(({ name }) => name === outcome.name)?.levers ?? []),
              wards: wardChancesOf(outcome.wards),
            }) as ScenarioOutcome,
        );
        return { comparison: { startDate: told.startDate!, modelId: told.modelId!, outcomes: answered, avoided } };
      },
    );
  }

  function plan(request: PlanRequest, question: Question) {
    const { told, district } = fittedDistrict(question);
    return enqueue('plan', request, [], async (signal, progress) => {
      const { target, limits } = request;
      const last = target.withinDays;
      const period = { fromDay: 0, toDay: last };
      const measures = [
        {
          name: '5K',
          strengths: [[{ kind: '5K' as const, ...period, adherence: 0.8, effect: leverAssumptions.effect5K }]],
        },
        {
          name: 'movement',
          strengths: [
            [{ kind: 'movement' as const, ...period, limit: 0.8, contactShare: leverAssumptions.movementContactShare }],
          ],
        },
      ];
      const found = await planMeasures(
        district,
        measures,
        {
          weeklyCut: target.ratePer100k,
          onDay: last,
          probability: target.probability,
          mostRestricted: target.mostPeopleRestricted,
          mostCost: target.mostCost,
          mostDoses: limits.dosesPerDay,
        },
        { days: last + 1, paths: 60, seed: request.seed, stepDays: 1 },
        { signal, progress },
      );
      const step = (from: (typeof found.tried)[number]): PlanResult['plan'] => ({
        areaIds: from.wards,
        levers: from.scenario.levers.map(({ fromDay, toDay, wards, ...rest }) => {
          const { effect: _e, contactShare: _c, ...own } = rest as Record<string, unknown>;
          return {
            ...own,
            fromDate: dateOf(Date.parse(told.startDate!) + fromDay * dayMs),
            toDate: dateOf(Date.parse(told.startDate!) + toDay * dayMs),
            areaIds: wards,
          } as unknown as ScenarioLever;
        }),
        probability: from.probability,
        mostRestricted: from.mostRestricted,
        cost: from.cost,
        doses: from.doses,
      });
      const plan: PlanResult = {
        startDate: told.startDate!,
        modelId: told.modelId!,
        found: found.found,
        plan: step(found.found ? found.plan : found.best),
        nothing: step(found.tried[0]!),
        tried: found.tried.length,
        reason: found.found
          ? null
          : { vi: 'không có tổ hợp phường và biện pháp nào đạt mục tiêu trong giới hạn', en: found.reason },
      };
      return { plan };
    });
  }

  return {
    model,
    post: (path: string, body: unknown, question: Question): { status: number; body: unknown } | undefined => {
      if (path === '/api/scenarios') return compare(body as ScenarioRequest, question);
      if (path === '/api/scenarios/plans') return plan(body as PlanRequest, question);
      return undefined;
    },
    cancel: (path: string): ScenarioRun | undefined => {
      const run = runs.get(path.split('/')[3] ?? '');
      if (!run) return undefined;
      run.stop?.abort();
      Object.assign(run, { status: 'cancelled', endedAt: new Date().toISOString() });
      tell(run.id);
      return seen(run);
    },
    get: (path: string, question: Question): unknown => {
      if (path === '/api/scenarios/model') return model(question);
      if (path === '/api/scenarios')
        return {
          next: null,
          items: [...runs.values()]
            .filter((run) => run.district === question.district)
            .toReversed()
            .map((run) => {
              const { request: _request, comparison: _comparison, plan: _plan, ...rest } = seen(run);
              return rest;
            }),
        };
      const run = runs.get(path.split('/')[3] ?? '');
      return run && seen(run);
    },
    /** Server-sent events of one run; false when there is none. */
    stream: (path: string, response: ServerResponse): boolean => {
      const id = /^\/api\/scenarios\/([^/]+)\/progress$/.exec(path)?.[1];
      const run = id ? runs.get(id) : undefined;
      if (!run) return false;
      response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
      run.listeners.add(response);
      response.on('close', () => run.listeners.delete(response));
      tell(run.id);
      return true;
    },
  };
}
