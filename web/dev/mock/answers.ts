import type { Business } from '@vungxanh/services/contracts/http/economy.ts';
import type { PointCell, PointCells } from '@vungxanh/services/contracts/http/point-cells.ts';
import type { Violation } from '@vungxanh/services/contracts/http/urban-order.ts';
import type { Figure } from '@vungxanh/services/contracts/http.ts';
import { bytesPerPoint, pointCategories, pointStatuses } from '@vungxanh/services/contracts/points.ts';
import { dayText, localDay, type MockHistory, type MockRow, statusAt } from './history.ts';
import type { MockArea } from './places.ts';

export interface Question {
  district: string;
  asOfMs: number;
  /** Given only when the caller asked for the past: lists then carry it. */
  asOf?: string;
  areaId?: string;
  from?: number;
  to?: number;
}

type Service = 'epidemic' | 'urban-order' | 'economy';
const layerOf = { epidemic: 'cases', 'urban-order': 'violations', economy: 'businesses' } as const;
const within = (row: MockRow, areaId: string | undefined, district: string) =>
  !areaId || areaId === district || row.wardId === areaId || row.areaId === areaId;

/** Rows known at the moment, in the area, with their day in the window. */
export function knownRows(
  history: MockHistory,
  service: Service,
  question: Question,
): (MockRow & { status: number })[] {
  const { district, areaId, from = -Infinity, to = Infinity, asOfMs } = question;
  return history.rows.flatMap((row) => {
    if (row.layer !== layerOf[service] || row.recordedMs > asOfMs) return [];
    if (row.day < from || row.day > to || !within(row, areaId, district)) return [];
    const status = statusAt(row, asOfMs);
    return status === undefined || (service === 'epidemic' && status === 6) ? [] : [{ ...row, status }];
  });
}

/** The same counted by cell, as the services count them. The mock has no legal clock: nothing is due. */
export function pointCells(rows: (MockRow & { status: number })[], cellZoom: number, asOfMs: number): PointCells {
  const world = 2 ** cellZoom;
  const cells = new Map<string, PointCell>();
  for (const row of rows) {
    const [lon, lat] = row.at;
    const x = Math.floor(((lon + 180) / 360) * world);
    const y = Math.floor(((1 - Math.asinh(Math.tan((lat * Math.PI) / 180)) / Math.PI) / 2) * world);
    const known = cells.get(`${x} ${y}`);
    const count = (known?.count ?? 0) + 1;
    const categories = [...(known?.categories ?? Array.from({ length: 12 }, () => 0))];
    categories[row.category]! += 1;
    cells.set(`${x} ${y}`, {
      x,
      y,
      lon: ((known?.lon ?? 0) * (count - 1) + lon) / count,
      lat: ((known?.lat ?? 0) * (count - 1) + lat) / count,
      count,
      open: (known?.open ?? 0) + (row.status < 2 ? 1 : 0),
      late: 0,
      due: 0,
      fresh: 0,
      categories,
      firstSequence: count === 1 ? row.sequence : null,
    });
  }
  return { asOf: new Date(asOfMs).toISOString(), cellZoom, total: rows.length, cells: [...cells.values()] };
}

export function pointBytes(rows: (MockRow & { status: number })[]): Uint8Array {
  const view = new DataView(new ArrayBuffer(rows.length * bytesPerPoint));
  rows.forEach((row, i) => {
    view.setFloat32(i * 16, row.at[0], true);
    view.setFloat32(i * 16 + 4, row.at[1], true);
    view.setUint32(i * 16 + 8, row.sequence, true);
    view.setUint16(i * 16 + 12, row.day, true);
    view.setUint8(i * 16 + 14, row.category);
    view.setUint8(i * 16 + 15, row.status);
  });
  return new Uint8Array(view.buffer);
}

const listAddress = (path: string, question: Question, area: MockArea, more: Record<string, string> = {}) =>
  `/api/${path}?${new URLSearchParams({ district: question.district, areaId: area.areaId, ...(question.asOf ? { asOf: question.asOf } : {}), ...more })}`;

const explanations: Record<string, [vi: string, en: string]> = {
  'cases-7d': ['Số ca trong 7 ngày đến hết ngày xem.', 'Cases of the 7 days up to the day shown.'],
  'incidence-7d': ['Số ca 7 ngày × 100.000 / dân số.', 'Cases of 7 days × 100,000 / population.'],
  'incidence-14d': ['Số ca 14 ngày × 100.000 / dân số.', 'Cases of 14 days × 100,000 / population.'],
  'active-cases': ['Số ca còn được theo dõi tại thời điểm xem.', 'Cases still looked after at the moment shown.'],
  'coverage-one-dose': ['Số người đã tiêm ít nhất một mũi / dân số.', 'People with at least one dose / population.'],
  'coverage-full': ['Số người đã tiêm đủ liều / dân số.', 'People with the full course / population.'],
  'beds-free': ['Tổng giường trừ giường đang dùng.', 'Beds less occupied beds.'],
  'violations-open': ['Vụ chưa kết thúc.', 'Violations not at an end.'],
  'businesses-active': ['Đang mở cửa, kể cả mở có hạn chế.', 'Open or open with limits.'],
};
export const formulaTexts = Object.entries(explanations).map(([id, [vi, en]]) => ({
  id,
  version: 1,
  unit: '',
  explanation: { vi, en },
}));

/** Figures of every area, in the shape of each service: epidemic by name, the others as a list with the whole district first. */
export function figuresOf(history: MockHistory, service: Service, question: Question) {
  const onDay = localDay(question.asOfMs);
  const rows = knownRows(history, service, question);
  const byArea = new Map<string, typeof rows>();
  for (const row of rows)
    for (const id of [row.areaId, row.wardId, question.district]) byArea.set(id, [...(byArea.get(id) ?? []), row]);
  const areas = history.areas.map((area) => {
    const inside = byArea.get(area.areaId) ?? [];
    const figures =
      service === 'epidemic'
        ? epidemicFigures(area, inside, onDay, question)
        : otherFigures(service, area, inside, question);
    const { areaId, parentId, name, level } = area;
    return { areaId, parentId, name, level, figures };
  });
  return { asOf: new Date(question.asOfMs).toISOString(), onDay: dayText(onDay), areas };
}

/** As the other services answer: an array of figures, their explanation in one language. */
export function listedFigures(history: MockHistory, service: Service, question: Question, language: string) {
  const answer = figuresOf(history, service, question);
  const areas = answer.areas.map(({ areaId, figures }) => ({
    areaId,
    figures: Object.values(figures).map((figure) => ({
      ...figure,
      explanation: explanations[figure.formula]?.[language === 'en' ? 1 : 0],
    })),
  }));
  const onDay = service === 'economy' ? { on: answer.onDay } : { day: answer.onDay };
  return { asOf: answer.asOf, ...onDay, areas: [{ ...areas[0]!, areaId: null }, ...areas] };
}

function epidemicFigures(
  area: MockArea,
  rows: (MockRow & { status: number })[],
  onDay: number,
  question: Question,
): Record<string, Figure> {
  const people = area.population;
  const count = (days: number) => rows.filter((row) => row.day > onDay - days && row.day <= onDay).length;
  const cases = (days: number) =>
    listAddress('epidemic/cases', question, area, { onDay: dayText(onDay), windowDays: String(days) });
  const incidence = (days: 7 | 14): Figure => ({
    formula: `incidence-${days}d`,
    formulaVersion: 1,
    value: (count(days) / people) * 100_000,
    unit: `per 100,000 in ${days} days`,
    numerator: count(days),
    denominator: people,
    estimated: true,
    list: cases(days),
  });
  const coverage = (formula: string, share: number): Figure => ({
    formula,
    formulaVersion: 1,
    value: share,
    unit: 'share',
    numerator: Math.round(people * share),
    denominator: people,
    estimated: true,
  });
  const active = rows.filter((row) => row.status < 4).length;
  const share = Math.min(0.97, 0.35 + (onDay % 97) / 200 + (people % 13) / 60);
  return {
    'incidence-7d': incidence(7),
    'incidence-14d': incidence(14),
    'cases-7d': { formula: 'cases-7d', formulaVersion: 1, value: count(7), unit: 'cases', list: cases(7) },
    'active-cases': {
      formula: 'active-cases',
      formulaVersion: 1,
      value: active,
      unit: 'cases',
      list: listAddress('epidemic/cases', question, area, { active: 'true' }),
    },
    'coverage-one-dose': coverage('coverage-one-dose', share),
    'coverage-full': coverage('coverage-full', share * 0.62),
    'beds-free': {
      formula: 'beds-free',
      formulaVersion: 1,
      value: area.level === 'neighbourhood' ? null : Math.max(0, Math.round(people / 420 - active / 9)),
      unit: 'beds',
    },
  };
}

function otherFigures(
  service: Service,
  area: MockArea,
  rows: (MockRow & { status: number })[],
  question: Question,
): Record<string, Figure> {
  const plain = (formula: string, value: number, unit: string, more: Record<string, string>): Figure => ({
    formula,
    formulaVersion: 1,
    value,
    unit,
    list: listAddress(service === 'economy' ? 'economy/businesses' : 'urban-order/violations', question, area, {
      formula,
      ...more,
    }),
  });
  if (service === 'economy')
    return {
      'businesses-active': plain('businesses-active', rows.filter((row) => row.status < 2).length, 'businesses', {}),
    };
  return { 'violations-open': plain('violations-open', rows.filter((row) => row.status < 5).length, 'violations', {}) };
}

/** A page of the rows behind a figure. `goingOn`: only those that are not at an end. */
export function listOf(
  history: MockHistory,
  service: Service,
  question: Question,
  goingOn: boolean,
  limit: number,
  cursor: number,
) {
  const openBelow = { epidemic: 4, 'urban-order': 5, economy: 2 }[service];
  const rows = knownRows(history, service, question)
    .filter((row) => !goingOn || row.status < openBelow)
    .toSorted((a, b) => b.day - a.day || b.sequence - a.sequence);
  const page = rows.slice(cursor, cursor + limit);
  const next = cursor + limit < rows.length ? String(cursor + limit) : null;
  if (service === 'epidemic') return { total: rows.length, items: page.map(caseRow), next };
  const asOf = new Date(question.asOfMs).toISOString();
  const items = service === 'economy' ? page.map(businessRow) : page.map(violationRow);
  const on = service === 'economy' ? { on: dayText(localDay(question.asOfMs)) } : {};
  return { asOf, ...on, total: rows.length, items, nextCursor: next };
}

type KnownRow = MockRow & { status: number };
const location = ({ at }: KnownRow) => ({ lon: at[0], lat: at[1] });
const knownAt = ({ recordedMs }: KnownRow) => new Date(recordedMs).toISOString();

const caseRow = (row: KnownRow) => ({
  caseId: row.id,
  areaId: row.areaId,
  confirmedDate: dayText(row.day),
  onsetDate: dayText(row.onset!),
  exposure: pointCategories.cases[row.category],
  status: pointStatuses.cases[row.status],
  location: location(row),
  knownAt: knownAt(row),
});

const violationRow = (row: KnownRow): Violation => ({
  violationId: row.id,
  kind: pointCategories.violations[row.category]!,
  sourceKind: null,
  status: pointStatuses.violations[row.status]!,
  statusSince: knownAt(row),
  receivedAt: knownAt(row),
  occurredAt: `${dayText(row.day)}T08:00:00+07:00`,
  knownAt: knownAt(row),
  location: location(row),
  areaId: row.areaId,
  address: null,
  description: null,
  reporter: null,
  reference: null,
  minutesNumber: null,
  decisionNumber: null,
  authority: null,
  fineVnd: null,
  works: null,
  building: null,
  partyKind: null,
  procedure: null,
  mergedInto: null,
  irregular: [],
  dueStep: null,
  dueRule: null,
  dueFrom: null,
  dueAt: null,
  overdue: false,
  lawfulSteps: [],
  firstSequence: row.sequence,
  version: row.sequence,
});

const businessRow = (row: KnownRow): Business => ({
  businessId: row.id,
  registered: true,
  name: `Hộ kinh doanh ${row.sequence}`,
  form: pointCategories.businesses[row.category]!,
  sector: null,
  registeredDate: dayText(row.day),
  employees: null,
  address: null,
  areaId: row.areaId,
  location: location(row),
  knownAt: knownAt(row),
  status: pointStatuses.businesses[row.status]!,
  statusSince: null,
  licensedUntil: null,
  lapsed: false,
  firstSequence: row.sequence,
  version: row.sequence,
});

export function seriesOf(
  history: MockHistory,
  question: Question & { from: number; to: number },
  by: 'event' | 'onset',
) {
  const dayOf = (row: MockRow) => (by === 'onset' ? row.onset! : row.day);
  const counts = new Map<number, number>();
  for (const row of knownRows(history, 'epidemic', { ...question, from: undefined, to: undefined }))
    counts.set(dayOf(row), (counts.get(dayOf(row)) ?? 0) + 1);
  const today = localDay(question.asOfMs);
  const last = Math.min(question.to, today);
  const days = [];
  for (let day = question.from; day <= last; day += 1)
    days.push({ day: dayText(day), cases: counts.get(day) ?? 0, incomplete: day > today - (by === 'onset' ? 7 : 3) });
  return { asOf: new Date(question.asOfMs).toISOString(), by, days, published: [] };
}
