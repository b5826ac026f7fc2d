import { dateAfter, exampleDistrict } from '@vungxanh/ml/scenario';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { newEvent } from '#contracts/new-event.ts';
import type { ScenarioLever } from '#contracts/scenarios.ts';
import { leverOfModel, leverOfRequest } from './levers.ts';
import { comparisonResult } from './results.ts';
import { rounded } from './rounded.ts';
import { largestMessageBytes } from './run-journal.ts';
import { doJob } from './work/do-job.ts';

describe('what goes into the journal', () => {
  test('five outcomes of 180 days are well below what a message holds', async () => {
    const period = { fromDay: 0, toDay: 179 };
    const example = exampleDistrict();
    const wards = example.wards.map((ward, w) => ({ ...ward, id: `q7-phuong-${w}` }));
    const job = {
      kind: 'comparison' as const,
      district: { ...example, wards },
      scenarios: [
        { name: 'a', levers: [{ kind: 'movement' as const, ...period, limit: 0.3, contactShare: 0.5 }] },
        { name: 'b', levers: [{ kind: 'business' as const, ...period, openShare: 0.3, contactShare: 0.25 }] },
      ],
      run: { days: 180, paths: 40, seed: 1, stepDays: 1 },
      weeklyCuts: [20, 50, 150],
    };
    const answer = await doJob(job, () => {});
    const comparison = comparisonResult({ startDate: '2021-08-10', modelId: 'm' }, answer);
    expect(comparison.outcomes.map(({ kind }) => kind)).toEqual([
      'nothing',
      'given',
      'given',
      'smallest-area',
      'smallest-area',
    ]);
    const { message } = newEvent({
      type: 'scenario-completed',
      district: 'q7',
      source: 'ml',
      id: 'x',
      time: '2021-08-10T00:00:00Z',
      recordedTime: '2021-08-10T00:00:00Z',
      data: { runId: 'r', kind: 'comparison', inputHash: 'h', dataHash: 'd', codeVersion: 'c', comparison },
    });
    const bytes = Buffer.byteLength(message.payload);
    expect(bytes).toBeGreaterThan(100_000);
    expect(bytes).toBeLessThan(largestMessageBytes / 2);
  });

  test('four digits, wherever a number stands', () => {
    expect(rounded({ a: [1234.567, { b: 0.000123456 }], c: null, d: 'x', e: 98_765_432 })).toEqual({
      a: [1235, { b: 0.0001235 }],
      c: null,
      d: 'x',
      e: 98_770_000,
    });
  });
});

test('a lever keeps its meaning on the way to the model and back', () => {
  const share = fc.double({ min: 0, max: 1, noNaN: true });
  const amount = fc.integer({ min: 0, max: 10_000 });
  const what = fc.oneof(
    fc.record({ kind: fc.constant('vaccination' as const), firstDosesPerDay: amount, secondDosesPerDay: amount }),
    fc.record({ kind: fc.constant('5K' as const), adherence: share }),
    fc.record({ kind: fc.constant('tracing' as const), tracedPerDay: amount, isolationPlaces: amount }),
    fc.record({ kind: fc.constant('treatment' as const), beds: amount, intensiveCare: amount }),
    fc.record({ kind: fc.constant('movement' as const), limit: share }),
    fc.record({ kind: fc.constant('business' as const), openShare: share }),
  );
  const days = fc.integer({ min: 0, max: 400 });
  const areas = fc.option(fc.array(fc.constantFrom('A', 'B', 'C'), { minLength: 1 }), { nil: undefined });
  fc.assert(
    fc.property(what, days, days, areas, (lever, from, length, areaIds) => {
      const startDate = '2021-08-10';
      const asked = {
        ...lever,
        fromDate: dateAfter(startDate, from),
        toDate: dateAfter(startDate, from + length),
        ...(areaIds ? { areaIds } : {}),
      } as ScenarioLever;
      const model = leverOfModel(asked, startDate);
      expect([model.fromDay, model.toDay]).toEqual([from, from + length]);
      expect(leverOfRequest(model, startDate)).toEqual(asked);
    }),
  );
});
