import type { Figure } from '#contracts/http.ts';
import { everyAge } from '../../coverage/age-ranges.ts';
import type { coverageOfAreas, peopleOfAges } from '../../coverage/area-coverage.ts';
import { bordersChanged } from '../../district/area-changes.ts';
import { listAddress } from '../../district/list-address.ts';
import type { Moment } from '../../district/moment.ts';
import { type CountColumns, dayOfNumber, numberOfDay } from '../counts/counts-sql.ts';
import { type Note, noteOfCount } from '../counts/notes.ts';
import type { windowCounts } from '../counts/window-count.ts';
import { noteOfCoverage } from '../vaccination/notes.ts';
import { coverageFormulas, type FormulaId, formulaById } from './formulas.ts';
import { type NewestCases, noteOfZero } from './newest-case.ts';

export interface AreaFigures {
  areaId: string;
  parentId: string | null;
  name: string;
  level: string;
  figures: Record<FormulaId, Figure>;
}

/** A row of the statement in read-figures.ts. */
export interface FigureRow extends CountColumns {
  area_id: string;
  parent_id: string | null;
  name: string;
  level: string;
  line_7: number;
  line_14: number;
  active: number;
  line_heard: boolean;
  cases_heard: boolean;
  beds_free: number | null;
  /** Running totals of cases are published of it. */
  cumulative?: boolean | null;
}

/** What is known of all areas, of which a row is one. `runningDay`: the local day of the moment's clock, counted from 1970-01-01. */
export interface KnownOfAll {
  moment: Moment;
  counts: ReturnType<typeof windowCounts>;
  coverage: ReturnType<typeof coverageOfAreas>['coverage'];
  peopleOf: ReturnType<typeof peopleOfAges>;
  runningDay: number;
  nameOf: (areaId: string) => string;
  /** How far the line list reaches, where the district has no case in the last seven days. */
  newest?: NewestCases | undefined;
  /** Where the area was made of parts of others: since which day, and their active cases. */
  divisionOf: (areaId: string) => { since: number; parts: string[]; active: number } | undefined;
}

type Part = Partial<Figure>;

/** The figures of an area from its row, each with the address of the rows behind it. */
export function figuresOfRow(row: FigureRow, known: KnownOfAll): AreaFigures {
  const { moment, counts } = known;
  const list = (path: string, rows: Record<string, string | number | boolean> = {}) =>
    listAddress(`/api/epidemic/${path}`, moment, { areaId: row.area_id, onDay: moment.day }, rows);
  const figure = (id: FormulaId, value: number | null, more: Part): Figure => ({
    formula: id,
    formulaVersion: formulaById[id].version,
    value,
    unit: formulaById[id].unit,
    ...more,
  });
  const [cases7, cases14] = [casesOfWindow(row, known, 7, list), casesOfWindow(row, known, 14, list)];
  const { rate7 } = cases7;
  const inhabitants = known.peopleOf(row.area_id, everyAge);
  const people = inhabitants?.people ?? null;
  const denominator = { denominator: people, ...(inhabitants?.estimated ? { estimated: true } : {}) };
  const incidence = (cases: number | null | undefined) => {
    if (cases === null || cases === undefined) return { value: null };
    return people
      ? { value: round((cases * 100_000) / people, 3) }
      : { value: null, part: explained('no-denominator', people === 0 ? nobody : noPopulation) };
  };
  const incidence7 = rate7 === null ? incidence(cases7.part.numerator) : { value: rate7 };
  const incidence14 = incidence(cases14.part.numerator);
  const isListed = counts.lineSpeaksFor(row.area_id);
  const division = known.divisionOf(row.area_id);
  // Nobody knows how many of them are in this part.
  const isDivided = isListed && division !== undefined && division.active > 0;
  const active = isListed && !isDivided ? row.active : null;
  return {
    areaId: row.area_id,
    parentId: row.parent_id,
    name: row.name,
    level: row.level,
    figures: {
      'cases-7d': figure('cases-7d', cases7.part.numerator ?? null, cases7.part),
      'cases-14d': figure('cases-14d', cases14.part.numerator ?? null, cases14.part),
      'incidence-7d': figure('incidence-7d', incidence7.value, {
        ...(rate7 === null ? cases7.part : withoutReason(cases7.part)),
        ...denominator,
        ...incidence7.part,
      }),
      'incidence-14d': figure('incidence-14d', incidence14.value, {
        ...cases14.part,
        ...denominator,
        ...incidence14.part,
      }),
      'active-cases': figure('active-cases', active, {
        numerator: active,
        list: list('cases', { active: true }),
        ...(isDivided ? notKnownBefore(division.parts, known) : isListed ? {} : silentList(row)),
      }),
      ...coveragesOf(row, known, list, figure),
      'beds-free': figure('beds-free', row.beds_free, { numerator: row.beds_free, list: list('facilities') }),
    },
  };
}

type List = (path: string, rows?: Record<string, string | number | boolean>) => string;

/**
 * Published counts speak for an area where there are any; the line list of the same area would count the same people again. Where nothing was heard
 * there is no figure, which is not zero.
 */
function casesOfWindow(
  row: FigureRow,
  known: KnownOfAll,
  windowDays: 7 | 14,
  list: List,
): { part: Part; rate7: number | null } {
  const { moment, counts, runningDay, nameOf } = known;
  const source = counts.sourceOf(row.area_id);
  const division = known.divisionOf(row.area_id);
  const reachesBefore = (from: number) => division !== undefined && from < division.since;
  if (source === 'published') {
    const count = counts.count(row.area_id, windowDays);
    const { reason, note } = noteOfCount(count, { day: numberOfDay(moment.day), runningDay, nameOf });
    return {
      rate7: windowDays === 7 ? count.ratePer100k : null,
      part: {
        numerator: count.cases,
        list: list('counts', { measure: 'new-cases', windowDays }),
        dataThroughDate: dayOfNumber(count.to),
        window: { days: windowDays, daysSaid: count.daysSaid },
        ...(count.to >= runningDay ? { incomplete: true } : {}),
        ...(count.cases === null && reachesBefore(count.from)
          ? notKnownBefore(division!.parts, known)
          : reason
            ? explained(reason, note!)
            : note
              ? { note, explanation: note.en }
              : {}),
      },
    };
  }
  const silent = !row.cases_heard
    ? explained('no-feed', noFeed)
    : row.cumulative
      ? explained('cumulative-only', cumulativeOnly)
      : explained('no-report', noReport);
  const isDivided = source === 'line-list' && reachesBefore(numberOfDay(moment.day) - windowDays + 1);
  const cases = source === 'none' || isDivided ? null : windowDays === 7 ? row.line_7 : row.line_14;
  return {
    rate7: null,
    part: {
      numerator: cases,
      list: list('cases', { windowDays }),
      ...(isDivided
        ? notKnownBefore(division!.parts, known)
        : cases === null
          ? silent
          : cases === 0 && known.newest
            ? zeroSince(row.area_id, known.newest, moment.day)
            : {}),
    },
  };
}

/** No case in the window, of a list that may have ended. */
function zeroSince(areaId: string, newest: NewestCases, day: string): Part {
  const note = noteOfZero(areaId, newest, day);
  return { note, explanation: note.en, dataThroughDate: newest.ofAll };
}

/** Coverage of each of the ages and doses that there is a formula for. */
function coveragesOf(
  row: FigureRow,
  { coverage, nameOf }: KnownOfAll,
  list: List,
  figure: (id: FormulaId, value: number | null, more: Part) => Figure,
): Record<(typeof coverageFormulas)[number]['id'], Figure> {
  return Object.fromEntries(
    coverageFormulas.map(({ id, fromAge, dose }) => {
      const found = coverage(row.area_id, fromAge, dose);
      const { numerator, denominator, dataThroughDate } = found;
      const why = noteOfCoverage(found, fromAge, nameOf);
      const share = numerator === null || denominator === null ? null : round(numerator / denominator, 5);
      return [
        id,
        figure(id, share, {
          ...{ numerator, denominator, list: list('vaccination', { fromAge, dose }) },
          ...(found.estimated ? { estimated: true } : {}),
          ...(dataThroughDate ? { dataThroughDate } : {}),
          ...(why ? explained(found.reason!, why) : {}),
        }),
      ];
    }),
  ) as Record<(typeof coverageFormulas)[number]['id'], Figure>;
}

/** Why there is no number of an area that was made of parts of others. */
const notKnownBefore = (parts: readonly string[], { nameOf }: KnownOfAll): Part =>
  explained('borders-changed', bordersChanged(parts.map(nameOf)));

/** Why there is no number from single cases. */
const silentList = (row: FigureRow): Part =>
  !row.cases_heard ? explained('no-feed', noFeed) : explained('no-report', row.line_heard ? notListed : noLineList);
const explained = (reason: string, note: Note): Part => ({ reason, note, explanation: note.en });
const withoutReason = ({ reason: _, note: _note, explanation: _explanation, ...part }: Part): Part => part;
const round = (value: number, digits: number) => Number(value.toFixed(digits));

const noFeed: Note = {
  vi: 'quận này chưa từng nhận báo cáo ca bệnh nào',
  en: 'no feed of cases has been heard in this district',
};
const noReport: Note = {
  vi: 'chưa nhận báo cáo nào của khu vực này, không phải bằng 0',
  en: 'no report from this area has been heard, which is not zero',
};
const cumulativeOnly: Note = {
  vi: 'chỉ công bố số cộng dồn, không có số ca mới theo kỳ',
  en: 'only running totals are published, and no new cases by period',
};
const noLineList: Note = {
  vi: 'chưa có danh sách từng ca bệnh, chỉ có số gộp',
  en: 'no list of single cases has been heard, only counts',
};
const notListed: Note = {
  vi: 'danh sách ca bệnh chưa từng có khu vực này',
  en: 'the list of cases has never named this area',
};
const noPopulation: Note = { vi: 'chưa có dân số của khu vực', en: 'the population of the area is not known' };
const nobody: Note = { vi: 'khu vực không có dân', en: 'nobody lives in the area' };
