import type { Figure } from '#contracts/http.ts';
import { listAddress } from '../../district/list-address.ts';
import type { Moment } from '../../district/moment.ts';
import { type FormulaId, formulaById } from './formulas.ts';

export interface AreaFigures {
  areaId: string;
  parentId: string | null;
  name: string;
  level: string;
  figures: Record<FormulaId, Figure>;
}

/** A row of the statement in read-figures.ts. */
export interface FigureRow {
  area_id: string;
  parent_id: string | null;
  name: string;
  level: string;
  people: number | null;
  people_estimated: boolean | null;
  line_7: number;
  line_14: number;
  active: number;
  published: number | null;
  published_previous: number | null;
  published_rate: number | null;
  published_suppressed: boolean | null;
  has_published: boolean;
  cases_heard: boolean;
  beds_free: number | null;
  one_dose: number | null;
  full_course: number | null;
  dose_population: number | null;
}

/** The figures of an area from its row, each with the address of the rows behind it. */
export function figuresOfRow(row: FigureRow, moment: Moment): AreaFigures {
  const list = (path: string, rows: Record<string, string | number | boolean> = {}) =>
    listAddress(`/api/epidemic/${path}`, moment, { areaId: row.area_id, onDay: moment.day }, rows);
  const figure = (id: FormulaId, value: number | null, more: Partial<Figure>): Figure => ({
    formula: id,
    formulaVersion: formulaById[id].version,
    value,
    unit: formulaById[id].unit,
    ...more,
  });
  // Published counts speak for an area where there are any; the line list of the same area would count the same people again.
  // A district that has never said anything of cases has no figure, which is not zero.
  const lineList = (cases: number) => (row.cases_heard ? cases : null);
  const cases7 = row.has_published ? row.published : lineList(row.line_7);
  const cases14 = row.has_published
    ? row.published !== null && row.published_previous !== null
      ? row.published + row.published_previous
      : null
    : lineList(row.line_14);
  const active = lineList(row.active);
  const casesList = (periods: number) =>
    row.has_published ? list('counts', { measure: 'new-cases', periods }) : undefined;
  const denominator = { denominator: row.people, ...(row.people_estimated ? { estimated: true } : {}) };
  const per100k = (cases: number | null) =>
    cases === null || !row.people ? null : round((cases * 100_000) / row.people, 3);
  const share = (people: number | null) =>
    people === null || !row.dose_population ? null : round(people / row.dose_population, 5);
  const suppressed = !row.cases_heard
    ? { explanation: 'no feed of cases has been heard in this district' }
    : row.published_suppressed
      ? { explanation: 'suppressed: too few to publish, which is not zero' }
      : {};
  return {
    areaId: row.area_id,
    parentId: row.parent_id,
    name: row.name,
    level: row.level,
    figures: {
      'cases-7d': figure('cases-7d', cases7, {
        numerator: cases7,
        list: casesList(1) ?? list('cases', { windowDays: 7 }),
        ...suppressed,
      }),
      'cases-14d': figure('cases-14d', cases14, {
        numerator: cases14,
        list: casesList(2) ?? list('cases', { windowDays: 14 }),
        ...suppressed,
      }),
      'incidence-7d': figure(
        'incidence-7d',
        row.has_published && row.published_rate !== null ? row.published_rate : per100k(cases7),
        {
          numerator: cases7,
          ...denominator,
          list: casesList(1) ?? list('cases', { windowDays: 7 }),
          ...suppressed,
        },
      ),
      'incidence-14d': figure('incidence-14d', per100k(cases14), {
        numerator: cases14,
        ...denominator,
        list: casesList(2) ?? list('cases', { windowDays: 14 }),
        ...suppressed,
      }),
      'active-cases': figure('active-cases', active, {
        numerator: active,
        list: list('cases', { active: true }),
      }),
      'coverage-one-dose': figure('coverage-one-dose', share(row.one_dose), {
        numerator: row.one_dose,
        denominator: row.dose_population,
        list: list('vaccination'),
      }),
      'coverage-full': figure('coverage-full', share(row.full_course), {
        numerator: row.full_course,
        denominator: row.dose_population,
        list: list('vaccination'),
      }),
      'beds-free': figure('beds-free', row.beds_free, { numerator: row.beds_free, list: list('facilities') }),
    },
  };
}

const round = (value: number, digits: number) => Number(value.toFixed(digits));
