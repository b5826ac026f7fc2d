import { readFileSync } from 'node:fs';
import type { z } from '@hono/zod-openapi';
import { describe, expect, test } from 'vitest';
import { definitionOf } from './catalogue.ts';
import { cloudEvent } from './cloud-event.ts';
import { pageQuery } from './http.ts';
import { planRequest, scenarioLever, scenarioRequest } from './scenarios.ts';
import { isRefusedAt, sidesOf, statedBounds, valueAt, withValue } from './testing/stated-bounds.ts';

/** Every bound of every event, as agreed with those who send them. A changed bound is a new version of the event, or a mistake. */
const bounds = {
  'district-registered': `
    districtId: district
    name: text 1..200
    nameEnglish: text 1..200
    centre.lon: number -180..180
    centre.lat: number -90..90
    zoom: number 0..22
    source: text ..4000`,
  'area-revised': `
    areaId: identifier
    parentId: identifier
    name: text 1..200
    nameEnglish: text 1..200
    code: text ..40
    validFrom: day
    successors: list ..100
    successors[].areaId: identifier
    successors[].share: number >0..1
    geometry.coordinates: list 1..
    geometry.coordinates[]: list 1..
    geometry.coordinates[][]: list 4..
    repairs: list ..20
    repairs[]: text ..300
    source: text ..4000`,
  'population-published': `
    areaId: identifier
    validFrom: day
    ageGroup: age group
    people: integer 0..100000000
    source: text ..4000`,
  'map-feature-revised': `
    featureId: identifier
    class: text 1..200
    name: text 1..200
    source: text ..4000`,
  'case-confirmed': `
    caseId: identifier
    areaId: identifier
    location.lon: number -180..180
    location.lat: number -90..90
    ageYears: integer 0..125
    onsetDate: day
    specimenDate: day
    confirmedDate: day
    reporter: text 1..200`,
  'case-status-changed': `
    caseId: identifier
    since: instant
    reason: text ..4000`,
  'case-corrected': `
    caseId: identifier
    areaId: identifier
    location.lon: number -180..180
    location.lat: number -90..90
    ageYears: integer 0..125
    onsetDate: day
    specimenDate: day
    confirmedDate: day
    reason: text ..4000`,
  'case-count-published': `
    areaId: identifier
    periodStart: day
    periodEnd: day
    cases: number 0..
    ratePer100k: number 0..
    population: integer 0..
    definition: text ..80
    note: text ..4000`,
  'dose-administered': `
    doseId: identifier
    personKey: identifier
    areaId: identifier
    doseNumber: integer 1..9
    courseDoses: integer 1..3
    ageYears: integer 0..125
    administeredDate: day
    product: text 1..200`,
  'vaccination-count-published': `
    areaId: identifier
    asOfDate: day
    ageGroup: age group
    population: integer 0..
    peopleAtLeastOneDose: integer 0..
    peopleFullCourse: integer 0..
    peopleAdditionalDose: integer 0..
    note: text ..4000`,
  'capacity-reported': `
    facilityId: identifier
    name: text 1..200
    areaId: identifier
    location.lon: number -180..180
    location.lat: number -90..90
    bedsTotal: integer 0..100000
    bedsOccupied: integer 0..100000
    intensiveCareTotal: integer 0..100000
    intensiveCareOccupied: integer 0..100000
    oxygenPoints: integer 0..100000
    staff: integer 0..100000`,
  'violation-reported': `
    violationId: identifier
    sourceKind: text ..200
    occurredAt: instant
    location.lon: number -180..180
    location.lat: number -90..90
    areaId: identifier
    address: text 1..200
    description: text ..4000
    reporter: text 1..200
    reference: text ..80`,
  'violation-verified': `
    violationId: identifier
    occurredAt: instant
    officer: text 1..200
    note: text ..4000`,
  'violation-dismissed': `
    violationId: identifier
    occurredAt: instant
    officer: text 1..200
    note: text ..4000
    reason: text ..4000`,
  'violation-minuted': `
    violationId: identifier
    occurredAt: instant
    officer: text 1..200
    note: text ..4000
    minutesNumber: text ..80
    evidenceSha256: list ..50
    evidenceSha256[]: SHA-256`,
  'violation-suspended': `
    violationId: identifier
    occurredAt: instant
    officer: text 1..200
    note: text ..4000`,
  'violation-decided': `
    violationId: identifier
    occurredAt: instant
    officer: text 1..200
    note: text ..4000
    decisionNumber: text ..80
    fineVnd: integer 0..1000000000
    remedyDueDate: day`,
  'violation-enforcing': `
    violationId: identifier
    occurredAt: instant
    officer: text 1..200
    note: text ..4000
    decisionNumber: text ..80
    remedyDueDate: day`,
  'violation-cancelled': `
    violationId: identifier
    occurredAt: instant
    officer: text 1..200
    note: text ..4000
    reason: text ..4000`,
  'violation-expired': `
    violationId: identifier
    occurredAt: instant
    officer: text 1..200
    note: text ..4000
    reason: text ..4000`,
  'violation-remedied': `
    violationId: identifier
    occurredAt: instant
    officer: text 1..200
    note: text ..4000`,
  'violation-closed': `
    violationId: identifier
    occurredAt: instant
    officer: text 1..200
    note: text ..4000
    outcome: text ..200`,
  'violation-merged': `
    violationId: identifier
    occurredAt: instant
    officer: text 1..200
    note: text ..4000
    intoViolationId: identifier`,
  'business-registered': `
    businessId: identifier
    name: text 1..200
    sector: text ..120
    areaId: identifier
    location.lon: number -180..180
    location.lat: number -90..90
    address: text ..300
    registeredDate: day
    licensedUntil: day
    employees: integer 0..1000000`,
  'business-status-changed': `
    businessId: identifier
    effectiveDate: day
    licensedUntil: day
    reason: text ..4000`,
  'revenue-published': `
    indicatorId: identifier
    areaId: identifier
    periodStart: day
    periodEnd: day
    unit: text 1..200
    name: text 1..200
    source: text 1..4000`,
  'indicator-published': `
    indicatorId: identifier
    areaId: identifier
    periodStart: day
    periodEnd: day
    unit: text 1..200
    name: text 1..200
    source: text 1..4000`,
  'risk-scored': `
    areaId: identifier
    dataThroughDate: day
    cuts: list 1..7
    cuts[]: number >0..
    modelId: identifier
    score: number 0..100
    ratePer100k: number 0..
    nowcastPer100k: number 0..
    presentBand: integer 1..8
    riseIn2Weeks: number 0..1
    fallIn2Weeks: number 0..1
    baseDate: day
    horizons: list 1..8
    horizons[].weeks: integer 1..8
    horizons[].targetDate: day
    horizons[].bands: list 2..8
    horizons[].bands[]: number 0..1
    horizons[].rise: number 0..1
    horizons[].fall: number 0..1
    drivers: list ..8
    drivers[].driver: identifier
    drivers[].expectedChange: number -1..
    drivers[].vi: text ..4000
    drivers[].en: text ..4000
    context: list ..12
    context[].name: identifier
    context[].vi: text ..4000
    context[].en: text ..4000
    abstention.reason: identifier
    abstention.detail: text ..4000
    abstention.note.en: text ..4000
    abstention.note.vi: text ..4000
    card.kind: identifier
    card.codeVersion: text ..80
    card.origins: integer 0..
    card.cells: integer 0..`,
  'forecast-issued': `
    areaId: identifier
    dataThroughDate: day
    cardId: identifier
    reason: text ..4000
    horizons: list 1..4
    horizons[].weeks: integer 1..4
    horizons[].targetDate: day
    horizons[].quantiles: list 23..23
    horizons[].quantiles[]: number 0..
    horizons[].baseline: list 23..23
    horizons[].baseline[]: number 0..
    days: list 1..28
    days[].days: integer 1..28
    days[].targetDate: day
    days[].quantiles: list 23..23
    days[].quantiles[]: number 0..
    days[].baseline: list 23..23
    days[].baseline[]: number 0..
    abstention.reason: identifier
    abstention.detail: text ..4000
    abstention.note.en: text ..4000
    abstention.note.vi: text ..4000`,
  'model-activated': `
    version: version
    reason: text 1..4000
    by: text 1..200`,
  'cluster-detected': `
    areaId: identifier
    areaIds: list 1..500
    areaIds[]: identifier
    raisedDate: day
    firstDate: day
    lastDate: day
    observed: integer 1..
    expected: number 0..
    relativeRisk: number 0..
    radiusKm: number 0..
    p: number 0..1
    alpha: number 0..1
    quietDays: integer 0..
    growthFactor: number 1..
    modelId: identifier
    centre[0]: number -180..180
    centre[1]: number -90..90`,
  'scenario-requested': `
    runId: identifier
    inputHash: identifier
    dataHash: identifier
    codeVersion: text 1..80
    names: list 1..3
    names[]: text 1..200
    clockTime: instant`,
  'scenario-completed': `
    runId: identifier
    inputHash: identifier
    dataHash: identifier
    codeVersion: text 1..80
    seconds: number 0..
    comparison.startDate: day
    comparison.modelId: identifier
    comparison.outcomes[].areaIds[]: identifier
    comparison.outcomes[].probabilityBedsShort: number 0..1
    comparison.outcomes[].probabilityIntensiveCareShort: number 0..1
    comparison.outcomes[].probabilityReached[].byDay[]: number 0..1
    comparison.outcomes[].wards[].areaId: identifier
    comparison.outcomes[].wards[].probabilityReached[].atEnd: number 0..1
    comparison.outcomes[].wards[].probabilityReached[].highest: number 0..1
    comparison.avoided[].shareOfPathsBetter: number 0..1
    plan.startDate: day
    plan.modelId: identifier
    plan.plan.areaIds[]: identifier
    plan.plan.probability: number 0..1
    plan.nothing.areaIds[]: identifier
    plan.nothing.probability: number 0..1
    plan.reason.vi: text ..4000
    plan.reason.en: text ..4000`,
  'scenario-cancelled': `
    runId: identifier`,
  'scenario-failed': `
    runId: identifier
    reason: identifier
    detail: text ..4000
    note.en: text ..4000
    note.vi: text ..4000`,
};

const levers = {
  vaccination: `
    fromDate: day
    toDate: day
    areaIds: list 1..500
    areaIds[]: identifier
    firstDosesPerDay: number 0..1000000
    secondDosesPerDay: number 0..1000000`,
  '5K': `
    fromDate: day
    toDate: day
    areaIds: list 1..500
    areaIds[]: identifier
    adherence: number 0..1`,
  tracing: `
    fromDate: day
    toDate: day
    areaIds: list 1..500
    areaIds[]: identifier
    tracedPerDay: number 0..1000000
    isolationPlaces: number 0..1000000`,
  treatment: `
    fromDate: day
    toDate: day
    areaIds: list 1..500
    areaIds[]: identifier
    beds: number 0..1000000
    intensiveCare: number 0..1000000`,
  movement: `
    fromDate: day
    toDate: day
    areaIds: list 1..500
    areaIds[]: identifier
    limit: number 0..1`,
  business: `
    fromDate: day
    toDate: day
    areaIds: list 1..500
    areaIds[]: identifier
    openShare: number 0..1`,
};

/** Changes of the full and the minimal fixture, for fields that neither of them holds. */
const samples: Record<string, { full?: object; minimal?: object }> = {
  'case-count-published': { full: { ratePer100k: 1 } },
  'capacity-reported': { full: { bedsTotal: 100_000 } },
  'risk-scored': {
    full: {
      context: [{ name: 'n', value: 1, mean: 1, effectPerWeek: 1, low: 1, high: 1, moves: true, vi: 'a', en: 'a' }],
    },
  },
  'scenario-completed': {
    full: {
      comparison: {
        startDate: '2021-08-14',
        modelId: 'm',
        outcomes: [
          {
            areaIds: ['W1'],
            probabilityBedsShort: 1,
            probabilityIntensiveCareShort: 1,
            probabilityReached: [{ cut: 1, byDay: [1] }],
            wards: [{ areaId: 'W1', probabilityReached: [{ cut: 1, atEnd: 1, highest: 1 }] }],
          },
        ],
        avoided: [{ shareOfPathsBetter: 1 }],
      },
    },
    minimal: {
      plan: {
        startDate: '2021-08-14',
        modelId: 'm',
        plan: { areaIds: ['W1'], probability: 1 },
        nothing: { areaIds: ['W1'], probability: 1 },
        reason: { vi: 'a', en: 'a' },
      },
    },
  },
};

const tableOf = (text: string) =>
  Object.fromEntries(
    text
      .trim()
      .split('\n')
      .map((line) => line.trim().split(': ') as [string, string]),
  );

const fixture = (name: string): { data: object } =>
  JSON.parse(readFileSync(new URL(`./fixtures/${name}.json`, import.meta.url), 'utf8'));

/** The schema has these bounds and no others, and each refuses what is one step beyond it. `samples`: data in which the fields can be tried. */
function holds(schema: z.ZodType, table: string, samples: unknown[]): void {
  const expected = tableOf(table);
  expect(statedBounds(schema)).toEqual(expected);
  for (const [path, bound] of Object.entries(expected)) {
    const sample = samples.find((data) => valueAt(data, path) !== undefined && valueAt(data, path) !== null);
    expect(sample, `a sample with ${path}`).toBeDefined();
    const { within, beyond } = sidesOf(bound, valueAt(sample, `${path}[0]`));
    expect(beyond.length, `${path}: ${bound}`).toBeGreaterThan(0);
    for (const value of within)
      expect(isRefusedAt(schema, withValue(sample, path, value), path), `${path} ${value}, within ${bound}`).toBe(
        false,
      );
    for (const value of beyond)
      expect(isRefusedAt(schema, withValue(sample, path, value), path), `${path} ${value}, beyond ${bound}`).toBe(true);
  }
}

describe('on each side of every bound of an event', () => {
  test.each(Object.entries(bounds))('%s', (type, table) => {
    const tried = (['full', 'minimal'] as const).map((size) => ({
      ...fixture(`${type}.${size}`).data,
      ...samples[type]?.[size],
    }));
    holds(definitionOf(type)!.schema, table, tried);
  });

  test('the quantiles of a week do not fall', () => {
    const { data } = fixture('forecast-issued.full');
    const { schema } = definitionOf('forecast-issued')!;
    const falling = withValue(data, 'horizons[].quantiles', [...new Array(22).fill(2), 1.999]);
    expect(isRefusedAt(schema, falling, 'horizons[].quantiles')).toBe(true);
    const flat = withValue(data, 'horizons[].quantiles', new Array(23).fill(2));
    expect(isRefusedAt(schema, flat, 'horizons[].quantiles')).toBe(false);
  });

  test('beds: twice as many people as beds, and ten, is the most', () => {
    const { data } = fixture('capacity-reported.minimal');
    const { schema } = definitionOf('capacity-reported')!;
    const occupied = (bedsTotal: number, bedsOccupied: number) =>
      isRefusedAt(schema, { ...data, bedsTotal, bedsOccupied }, 'bedsOccupied');
    expect([occupied(0, 10), occupied(0, 11), occupied(40, 90), occupied(40, 91)]).toEqual([false, true, false, true]);
  });

  test.each([
    ['Point', '[106.7,10.7]'],
    ['LineString', '[[106.7,10.7],[0,0]]'],
    ['MultiLineString', '[[[106.7,10.7],[0,0]]]'],
    ['Polygon', '[[[106.7,10.7],[0,0],[1,1],[106.7,10.7]]]'],
    ['MultiPolygon', '[[[[106.7,10.7],[0,0],[1,1],[106.7,10.7]]]]'],
  ])('map feature as %s: on Earth, and long enough', (type, coordinates) => {
    const { data } = fixture('map-feature-revised.full');
    const { schema } = definitionOf('map-feature-revised')!;
    const refused = (shape: string) =>
      isRefusedAt(schema, { ...data, geometry: { type, coordinates: JSON.parse(shape) } }, 'geometry');
    const refusedAt = (position: string) => refused(coordinates.replace('106.7,10.7', position));
    expect(refused(coordinates)).toBe(false);
    expect(['180,90', '-180,-90'].map(refusedAt)).toEqual([false, false]);
    expect(['180.001,0', '-180.001,0', '0,90.001', '0,-90.001'].map(refusedAt)).toEqual([true, true, true, true]);
    if (type !== 'Point') expect(refused(coordinates.replace('[106.7,10.7],', ''))).toBe(true);
  });
});

describe('on each side of every bound of the envelope, of pages and of questions to the model', () => {
  test('envelope', () => {
    const event = {
      ...fixture('case-confirmed.full'),
      subject: 's',
      datacontenttype: 'application/json',
      dataschema: 'd',
      recordedtime: '2021-08-01T00:00:00Z',
      dataversion: 1,
    };
    holds(
      cloudEvent,
      `
    id: text 1..128
    source: text 1..256
    type: text 1..80
    time: instant
    subject: text 1..256
    datacontenttype: JSON media type
    dataschema: text 1..512
    district: district
    recordedtime: instant
    dataversion: integer 1..`,
      [event],
    );
  });

  test('pages: at most 1000 rows', () => {
    holds(
      pageQuery,
      `
    limit: integer 1..1000
    cursor: text ..200`,
      [{ limit: 5, cursor: 'c' }],
    );
    expect(pageQuery.parse({})).toEqual({ limit: 100 });
  });

  const period = { fromDate: '2021-08-01', toDate: '2021-08-02', areaIds: ['W1'] };
  test.each(scenarioLever.options.map((schema) => [schema.shape.kind.value, schema] as const))(
    'lever %s',
    (kind, schema) => {
      const amounts = Object.keys(schema.shape).filter((field) => !['kind', ...Object.keys(period)].includes(field));
      holds(schema, levers[kind], [{ kind, ...period, ...Object.fromEntries(amounts.map((field) => [field, 1])) }]);
    },
  );

  test('scenarios', () => {
    const sample = {
      district: 'q7',
      asOf: '2021-08-01T00:00:00Z',
      days: 60,
      paths: 1000,
      seed: 1,
      scenarios: [{ name: 'n', levers: [{ kind: '5K', ...period, adherence: 1 }] }],
    };
    holds(
      scenarioRequest,
      `
    district: district
    asOf: instant
    days: integer 14..180
    paths: integer 100..5000
    seed: integer 0..2147483647
    scenarios: list 1..3
    scenarios[].name: text 1..200
    scenarios[].levers: list ..30`,
      [sample],
    );
    expect(scenarioRequest.parse({ district: 'q7', scenarios: sample.scenarios })).toMatchObject({
      days: 60,
      paths: 1000,
      seed: 2021,
    });
  });

  test('plans', () => {
    const sample = {
      district: 'q7',
      asOf: '2021-08-01T00:00:00Z',
      seed: 1,
      target: { ratePer100k: 50, withinDays: 28, probability: 0.1, mostPeopleRestricted: 0, mostCost: 0 },
      limits: { dosesPerDay: 1, tracedPerDay: 1, isolationPlaces: 1 },
    };
    holds(
      planRequest,
      `
    district: district
    asOf: instant
    seed: integer 0..2147483647
    target.ratePer100k: number >0..100000
    target.withinDays: integer 7..60
    target.probability: number 0.01..0.99
    target.mostPeopleRestricted: integer 0..
    target.mostCost: number 0..
    limits.dosesPerDay: number 0..1000000
    limits.tracedPerDay: number 0..1000000
    limits.isolationPlaces: number 0..1000000`,
      [sample],
    );
  });
});
