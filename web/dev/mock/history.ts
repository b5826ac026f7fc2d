import { mulberry32, poissonByProducts, type Uniform } from '@vungxanh/ml/numerics';
import type { LiveItem } from '@vungxanh/services/contracts/live.ts';
import { pointCategories, pointStatuses } from '@vungxanh/services/contracts/points.ts';
import { type MockArea, mockAreas, pointInside } from './places.ts';

export const dayMs = 86_400_000;
/** Ho Chi Minh City has no daylight saving: local midnight is 17:00 UTC of the day before. */
export const localDay = (ms: number) => Math.floor((ms + 7 * 3_600_000) / dayMs);
export const dayText = (day: number) => new Date(day * dayMs).toISOString().slice(0, 10);

const pick = <T>(random: Uniform, options: readonly T[]): T => options[Math.floor(random() * options.length)]!;

/** One row that the mock knows of, with both axes of time. `changes` are later statuses. */
export interface MockRow {
  layer: keyof typeof pointStatuses;
  id: string;
  sequence: number;
  areaId: string;
  wardId: string;
  at: [number, number];
  day: number;
  onset?: number;
  recordedMs: number;
  category: number;
  changes: { status: number; recordedMs: number }[];
}

export interface MockHistory {
  areas: MockArea[];
  rows: MockRow[];
  rowById: ReadonlyMap<string, MockRow>;
  /** What the stream says, in order of recording. */
  events: { recordedMs: number; item: LiveItem }[];
}

const eventType = (layer: MockRow['layer'], step: number, status: number): string => {
  if (layer === 'violations') return `violation-${pointStatuses.violations[status]}`;
  if (layer === 'cases') return step === 0 ? 'case-confirmed' : 'case-status-changed';
  return step === 0 ? 'business-registered' : 'business-status-changed';
};

/** A wave that rises and falls over the given days, with violations and businesses beside it. `liveEverySeconds`: extra cases from `nowMs` on. */
export function mockHistory(
  prefix: string,
  seed: number,
  fromDay: number,
  days: number,
  extra?: { nowMs: number },
): MockHistory {
  const areas = mockAreas(prefix);
  const cells = areas.filter((area) => area.level === 'neighbourhood');
  const random = mulberry32(seed);
  const rows: Omit<MockRow, 'sequence'>[] = [];
  const wardFactor = new Map(areas.filter((a) => a.level === 'ward').map((a) => [a.areaId, 0.2 + random() ** 2 * 2.6]));
  const row = (layer: MockRow['layer'], cell: MockArea, number: number, day: number, delayDays: number) => ({
    layer,
    id: `${prefix}-${layer.slice(0, 4)}-${number}`,
    areaId: cell.areaId,
    wardId: cell.parentId!,
    at: pointInside(cell.ring, random),
    day,
    recordedMs: day * dayMs - 7 * 3_600_000 + (0.3 + random() * 0.5 + delayDays) * dayMs,
    category: 0,
    changes: [] as MockRow['changes'],
  });
  const addCase = (cell: MockArea, day: number, recordedMs?: number) => {
    const fresh = row('cases', cell, rows.length, day, random() < 0.3 ? 2 : random() < 0.6 ? 1 : 0);
    if (recordedMs) fresh.recordedMs = recordedMs;
    const outcomes = [
      { status: pick(random, [1, 1, 2, 2, 3]), after: 1 },
      { status: random() < 0.985 ? 4 : 5, after: 9 + random() * 8 },
    ];
    fresh.category = random() < 0.7 ? 0 : random() < 0.8 ? 1 : 3;
    fresh.changes.push({ status: 0, recordedMs: fresh.recordedMs });
    for (const { status, after } of outcomes)
      fresh.changes.push({ status, recordedMs: fresh.recordedMs + after * dayMs });
    rows.push({ ...fresh, onset: day - 1 - Math.floor(random() * 6) });
  };

  for (let i = 0; i < days; i += 1) {
    const phase = (i / days) * 2.2;
    const level = 34 * Math.exp(-((phase - 1.15) ** 2) / 0.16) + 2.5;
    const weekend = (fromDay + i + 4) % 7 === 0 ? 0.55 : 1;
    for (const cell of cells) {
      const mean = (level * weekend * wardFactor.get(cell.parentId!)! * cell.population) / 360_000;
      for (let n = poissonByProducts(mean, random); n > 0; n -= 1) addCase(cell, fromDay + i);
    }
    for (let n = poissonByProducts(1.6, random); n > 0; n -= 1) {
      const fresh = row('violations', pick(random, cells), rows.length, fromDay + i, 0);
      fresh.category = Math.floor(random() ** 2 * pointCategories.violations.length);
      const steps = Math.floor(random() * 7);
      for (let step = 0; step <= steps; step += 1)
        fresh.changes.push({ status: step, recordedMs: fresh.recordedMs + step * 4 * dayMs });
      rows.push(fresh);
    }
  }
  for (let n = 0; n < 1400; n += 1) {
    const fresh = row('businesses', pick(random, cells), rows.length, fromDay, 0);
    fresh.category = random() < 0.35 ? 0 : 1;
    fresh.changes.push({ status: random() < 0.15 ? 0 : 2, recordedMs: fresh.recordedMs });
    if (random() < 0.8)
      fresh.changes.push({ status: 0, recordedMs: fresh.recordedMs + (0.35 + random() * 0.6) * days * dayMs });
    rows.push(fresh);
  }
  if (extra)
    for (let n = 0; n < 1500; n += 1) addCase(pick(random, cells), localDay(extra.nowMs), extra.nowMs + (n + 1) * 4000);

  const ordered = rows.toSorted((a, b) => a.recordedMs - b.recordedMs).map((r, i) => ({ ...r, sequence: i + 1 }));
  return {
    areas,
    rows: ordered,
    rowById: new Map(ordered.map((r) => [r.id, r])),
    events: ordered
      .flatMap(itemsOf)
      .toSorted((a, b) => a.recordedMs - b.recordedMs)
      .map(numbered),
  };
}

function itemsOf(row: MockRow): MockHistory['events'] {
  return row.changes.map(({ status, recordedMs }, i) => ({
    recordedMs,
    item: {
      id: `${row.id}-${i}`,
      sequence: 0,
      type: eventType(row.layer, i, status),
      layer: row.layer,
      entity: row.id,
      // As the edge does: a later step brings neither area nor place.
      ...(i === 0 ? { areaId: row.areaId, at: row.at } : {}),
      time: new Date(i === 0 ? row.day * dayMs : recordedMs).toISOString(),
      recordedTime: new Date(recordedMs).toISOString(),
      status: pointStatuses[row.layer][status]!,
      ...(i === 0 && row.layer === 'cases' ? { day: dayText(row.day) } : {}),
      values: {
        ...(row.layer === 'violations' ? {} : { status: pointStatuses[row.layer][status]! }),
        ...(i > 0
          ? {}
          : row.layer === 'violations'
            ? { kind: pointCategories.violations[row.category]! }
            : row.layer === 'cases'
              ? { confirmedDate: dayText(row.day), exposure: pointCategories.cases[row.category]! }
              : {}),
      },
    },
  }));
}

const numbered = (event: MockHistory['events'][number], i: number) => ({
  ...event,
  item: { ...event.item, sequence: i + 1 },
});

/** The status of a row as known at a moment, or undefined before anything was. */
export const statusAt = (row: MockRow, ms: number) => row.changes.findLast((change) => change.recordedMs <= ms)?.status;
