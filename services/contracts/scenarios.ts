import { z } from '@hono/zod-openapi';
import { abstention } from './events/ml/abstention.ts';
import { askedInstant, day, districtId, identifier, longText, shortText } from './primitives.ts';

const share = z.number().min(0).max(1);
const amountPerDay = z.number().min(0).max(1e6);

const period = {
  /** First and last day, both included. */
  fromDate: day,
  toDate: day,
  /** Wards; left out: the whole district. */
  areaIds: z.array(identifier).min(1).max(500).optional(),
};

/** What can be done, from a day to a day, in some wards or in all. Amounts are shared by people over the named wards. */
export const scenarioLever = z
  .discriminatedUnion('kind', [
    z.object({
      kind: z.literal('vaccination'),
      ...period,
      firstDosesPerDay: amountPerDay,
      secondDosesPerDay: amountPerDay,
      /** decides how long the second dose waits; left out: AstraZeneca */
      vaccine: z.enum(['AstraZeneca', 'Pfizer', 'Moderna', 'Vero Cell']).optional(),
    }),
    z.object({ kind: z.literal('5K'), ...period, adherence: share }),
    z.object({ kind: z.literal('tracing'), ...period, tracedPerDay: amountPerDay, isolationPlaces: amountPerDay }),
    z.object({ kind: z.literal('treatment'), ...period, beds: amountPerDay, intensiveCare: amountPerDay }),
    z.object({ kind: z.literal('movement'), ...period, limit: share }),
    z.object({ kind: z.literal('business'), ...period, openShare: share }),
  ])
  .openapi('ScenarioLever');
export type ScenarioLever = z.infer<typeof scenarioLever>;

/**
 * POST /api/scenarios. Day 0 is the day after the last one that the model was fitted to; the same input has the same answer. A screen sends the `asOf` of the
 * model that it shows: in a running exercise day 0 moves on. Days before day 0 or beyond the last one are refused.
 */
export const scenarioRequest = z
  .object({
    district: districtId,
    asOf: askedInstant.optional(),
    days: z.number().int().min(14).max(180).default(60),
    paths: z.number().int().min(100).max(5000).default(1000),
    seed: z.number().int().min(0).max(2_147_483_647).default(2021),
    scenarios: z
      .array(z.object({ name: shortText, levers: z.array(scenarioLever).max(30) }))
      .min(1)
      .max(3),
  })
  .openapi('ScenarioRequest');
export type ScenarioRequest = z.infer<typeof scenarioRequest>;

/** POST /api/scenarios/plans: the smallest set of wards and measures that keeps the weekly rate under a cut, within limits. */
export const planRequest = z
  .object({
    district: districtId,
    asOf: askedInstant.optional(),
    seed: z.number().int().min(0).max(2_147_483_647).default(2021),
    target: z.object({
      /** Reported cases per 100,000 of the district that are not to be reached … */
      ratePer100k: z.number().positive().max(100_000),
      /** … in the seven days that end so many days after the data, with more than this probability. What lies before those seven days does not count. */
      withinDays: z.number().int().min(7).max(60),
      probability: z.number().min(0.01).max(0.99),
      mostPeopleRestricted: z.number().int().min(0).optional(),
      mostCost: z.number().min(0).optional(),
    }),
    limits: z
      .object({
        dosesPerDay: amountPerDay.optional(),
        tracedPerDay: amountPerDay.optional(),
        isolationPlaces: amountPerDay.optional(),
      })
      .default({}),
  })
  .openapi('PlanRequest');
export type PlanRequest = z.infer<typeof planRequest>;

/** Never a single line: quantiles over paths. */
export const band = z
  .object({ q05: z.number(), q25: z.number(), q50: z.number(), q75: z.number(), q95: z.number() })
  .openapi('Band');

const dailyNames = ['reported', 'hospital', 'intensiveCare', 'isolated', 'deaths', 'infections'] as const;
const totalNames = [
  'reported',
  'infections',
  'deaths',
  'peakHospital',
  'peakIntensiveCare',
  'bedDays',
  'intensiveCareDays',
  'isolatedPersonDays',
  'doses',
  'workingDaysLost',
  'cost',
] as const;
const bandsOf = <Name extends string, Value extends z.ZodType>(names: readonly Name[], value: Value) =>
  z.object(Object.fromEntries(names.map((name) => [name, value])) as Record<Name, Value>);

export const scenarioOutcome = z
  .object({
    name: z.string(),
    /** Doing nothing, as asked, or the same limits in the fewest wards that hold half of those infectious now (`of`: whose). */
    kind: z.enum(['nothing', 'given', 'smallest-area']),
    of: z.string().optional(),
    /** Wards in which anything is limited. */
    areaIds: z.array(identifier),
    days: z.number().int(),
    paths: z.number().int(),
    /** One band a day, day 0 first. */
    daily: bandsOf(dailyNames, z.array(band)),
    totals: bandsOf(totalNames, band),
    /** One number a day: what the levers themselves do, the same on every path. */
    restrictedPeople: z.array(z.number()),
    closedBusinesses: z.array(z.number()),
    mostRestricted: z.number(),
    restrictedPersonDays: z.number(),
    closedBusinessDays: z.number(),
    probabilityBedsShort: share,
    probabilityIntensiveCareShort: share,
    /** Per cut: probability that the reported cases of the last seven days reach it, by day (null before day 6). */
    probabilityReached: z.array(z.object({ cut: z.number(), byDay: z.array(share.nullable()) })),
    /**
     * The same of each ward, of its own people: on the last day, and the highest of its days (that it is reached on any day at all is at least as likely).
     * Not in runs before 2026-11-22.
     */
    wards: z
      .array(
        z.object({
          areaId: identifier,
          probabilityReached: z.array(z.object({ cut: z.number(), atEnd: share, highest: share })),
        }),
      )
      .optional(),
  })
  .openapi('ScenarioOutcome');
export type ScenarioOutcome = z.infer<typeof scenarioOutcome>;

export const scenarioResult = z.object({
  /** Day 0. */
  startDate: day,
  modelId: identifier,
  outcomes: z.array(scenarioOutcome),
  avoided: z.array(
    z.object({ name: z.string(), infections: z.number(), deaths: z.number(), shareOfPathsBetter: share }),
  ),
});
export type ScenarioResult = z.infer<typeof scenarioResult>;

const planStep = z.object({
  areaIds: z.array(identifier),
  levers: z.array(scenarioLever),
  /** That the rate is reached all the same. */
  probability: share,
  mostRestricted: z.number(),
  cost: z.number(),
  doses: z.number(),
});

export const planResult = z.object({
  startDate: day,
  modelId: identifier,
  found: z.boolean(),
  /** The plan; when none was found, what came nearest within the limits. */
  plan: planStep,
  nothing: planStep,
  tried: z.number().int(),
  /** Why there is none, in two languages. */
  reason: z.object({ vi: longText, en: longText }).nullable(),
});
export type PlanResult = z.infer<typeof planResult>;

/**
 * A run as it stands: GET /api/scenarios/:id. Without request and results in the list GET /api/scenarios?district (`{ items, next }`, newest first) and in
 * the server-sent events of GET /api/scenarios/:id/progress: event `run` at each change, the last one with `endedAt`, after which the stream ends.
 * DELETE /api/scenarios/:id cancels, and answers with the run.
 */
export const scenarioRun = z
  .object({
    id: identifier,
    kind: z.enum(['comparison', 'plan']),
    district: districtId,
    inputHash: z.string(),
    status: z.enum(['queued', 'running', 'completed', 'cancelled', 'failed']),
    /** 0 is next. */
    position: z.number().int().nullable(),
    /** 0 to 1. */
    progress: share,
    requestedAt: z.string(),
    endedAt: z.string().nullable(),
    /** The answer stood ready: same input, same data. */
    cached: z.boolean(),
    names: z.array(z.string()),
    request: z.union([scenarioRequest, planRequest]).optional(),
    comparison: scenarioResult.optional(),
    plan: planResult.optional(),
    failure: abstention.optional(),
  })
  .openapi('ScenarioRun');
export type ScenarioRun = z.infer<typeof scenarioRun>;

/** Past runs of "do nothing more" against what was reported: of so many runs, how many bands held, by week; and what they said in all beside what came. */
export const nothingRecord = z
  .object({
    calibrated: z.boolean(),
    weeks: z.array(
      z.object({
        week: z.number().int(),
        runs: z.number().int(),
        held50: z.number().int(),
        held90: z.number().int(),
        /** sum of the medians over what came; null: nobody was reported */
        saidBesideCame: z.number().nullable(),
      }),
    ),
  })
  .openapi('NothingRecord');
export type NothingRecord = z.infer<typeof nothingRecord>;

/**
 * GET /api/scenarios/model?district&asOf: what the browser needs to run the same model itself. `model` is the `District` of `@vungxanh/ml/scenario`,
 * its wards in the order of `areas`; each particle replaces reproduction number, reported share and start. Costs are in đồng.
 */
export const scenarioModel = z
  .object({
    district: districtId,
    asOf: z.string(),
    startDate: day.nullable(),
    dataThroughDate: day.nullable(),
    modelId: identifier.nullable(),
    dataHash: z.string().nullable(),
    codeVersion: z.string(),
    cuts: z.array(z.number()),
    areas: z.array(z.object({ areaId: identifier, people: z.number(), businesses: z.number() })),
    model: z.record(z.string(), z.unknown()).nullable(),
    particles: z.array(z.record(z.string(), z.unknown())),
    /** What the fit found: quantiles over the particles. Today's measures and behaviour are in the reproduction number: levers come on top of them. */
    fit: z
      .object({
        reproductionNumber: band,
        reportedShare: band,
        particles: z.number().int(),
        /** Days of reports that were fitted, up to dataThroughDate; days left out at the end because their reports are still coming in. */
        days: z.number().int(),
        daysLeftOut: z.number().int(),
        source: z.enum(['line-list', 'published-counts', 'published-weeks']),
        /** The model against what was seen: deaths among the cases of the line list, those that the sources' figures expect by now, and how many times as deadly it was made. null: too few cases to tell. */
        severity: z
          .object({ cases: z.number().int(), deaths: z.number().int(), expectedDeaths: z.number(), factor: z.number() })
          .nullable()
          .optional(),
      })
      .nullable()
      .optional(),
    /** How "do nothing" did as a forecast. */
    record: nothingRecord.optional(),
    /** What the levers' missing figures are: contacts avoided by 5K, share of contacts behind movement and business. */
    leverAssumptions: z.object({
      effect5K: share,
      yieldShare: share,
      movementContactShare: share,
      businessContactShare: share,
      /** contacts of a reported case that can be named and reached; days until a dose protects */
      contactsPerCase: z.number().min(0).optional(),
      protectionDelayDays: z.number().int().min(0).optional(),
      /** Days between two doses at least, by vaccine and date; the first is the usual vaccine. */
      doseIntervals: z
        .array(
          z.object({
            vaccine: z.string(),
            from: z.iso.date().nullable(),
            until: z.iso.date().nullable(),
            intervalDays: z.number().int().min(0),
          }),
        )
        .optional(),
    }),
    /** Each figure that is not from the district's own data, with where it is from. */
    assumptions: z.array(
      z.object({
        field: z.string(),
        value: z.union([z.number(), z.array(z.number())]),
        unit: z.string(),
        source: z.string(),
        verified: z.boolean(),
        vi: z.string(),
        en: z.string(),
      }),
    ),
    abstention: abstention.nullable(),
  })
  .openapi('ScenarioModel');
export type ScenarioModel = z.infer<typeof scenarioModel>;
