import { dateAfter } from '@vungxanh/ml/scenario';
import { dayInWords } from '#contracts/days.ts';
import type { PlanRequest, ScenarioLever, ScenarioRequest } from '#contracts/scenarios.ts';
import type { Words } from '#contracts/words.ts';
import type { WordedError } from '#platform/problem.ts';
import { requestBounds } from './assumptions.ts';

/** What of a district a request is measured by. */
export interface RequestScope {
  startDate: string;
  areas: { areaId: string; people: number }[];
}

/** What does not fit the district, each with field, value and bound. Empty: it can be run. */
export function checkRequest(request: ScenarioRequest, scope: RequestScope): WordedError[] {
  const errors: WordedError[] = [];
  const work = request.paths * request.days;
  if (work > requestBounds.pathsTimesDays)
    errors.push(
      misfit('json.paths', request.paths, {
        vi: `số đường × số ngày nhiều nhất là ${requestBounds.pathsTimesDays}, đang là ${work}: nhiều nhất ${Math.floor(requestBounds.pathsTimesDays / request.days)} đường cho ${request.days} ngày`,
        en: `paths × days must be at most ${requestBounds.pathsTimesDays}, got ${work}: at most ${Math.floor(requestBounds.pathsTimesDays / request.days)} paths of ${request.days} days`,
      }),
    );
  const names = new Set<string>();
  request.scenarios.forEach(({ name, levers }, s) => {
    if (names.has(name))
      errors.push(
        misfit(`json.scenarios.${s}.name`, name, {
          vi: 'tên phải khác mọi kịch bản kia',
          en: 'a name that no other scenario has',
        }),
      );
    names.add(name);
    levers.forEach((lever, l) => {
      errors.push(...checkLever(`json.scenarios.${s}.levers.${l}`, lever, request.days, scope));
    });
  });
  return errors;
}

function checkLever(field: string, lever: ScenarioLever, days: number, scope: RequestScope): WordedError[] {
  const errors: WordedError[] = [];
  const last = dateAfter(scope.startDate, days - 1);
  const { fromDate, toDate, areaIds } = lever;
  const outside = (key: string, value: string, vi: string, en: string) =>
    errors.push(misfit(`${field}.${key}`, value, { vi, en }));
  const first = scope.startDate;
  if (fromDate < first)
    outside('fromDate', fromDate, `không trước ngày đầu ${dayInWords(first)}`, `not before day 0, which is ${first}`);
  if (toDate > last)
    outside(
      'toDate',
      toDate,
      `không sau ngày cuối ${dayInWords(last)}`,
      `not after the last day computed, which is ${last}`,
    );
  if (toDate < fromDate)
    outside(
      'toDate',
      toDate,
      `không trước ngày bắt đầu ${dayInWords(fromDate)}`,
      `not before fromDate, which is ${fromDate}`,
    );
  const known = new Map(scope.areas.map(({ areaId, people }) => [areaId, people]));
  const names = `${[...known.keys()].slice(0, 20).join(', ')}${known.size > 20 ? ', …' : ''}`;
  areaIds?.forEach((areaId, i) => {
    if (!known.has(areaId))
      errors.push(misfit(`${field}.areaIds.${i}`, areaId, { vi: `một trong: ${names}`, en: `one of ${names}` }));
    else if (areaIds.indexOf(areaId) < i)
      errors.push(misfit(`${field}.areaIds.${i}`, areaId, { vi: 'mỗi khu vực một lần', en: 'each area once' }));
  });
  const everybody = scope.areas.reduce((sum, { people }) => sum + people, 0);
  const people = areaIds ? areaIds.reduce((sum, areaId) => sum + (known.get(areaId) ?? 0), 0) : everybody;
  const atMost = (key: string, value: number, bound: number, what: Words) => {
    if (value > bound) errors.push(misfit(`${field}.${key}`, value, bounded(bound, what)));
  };
  const there = { vi: 'số dân của các khu đã chọn', en: 'the people of the areas named' };
  const per1000 = (count: number) => ({
    vi: `${count} cho 1.000 dân của địa bàn`,
    en: `${count} for 1,000 people of the district`,
  });
  switch (lever.kind) {
    case 'vaccination':
      atMost('firstDosesPerDay', lever.firstDosesPerDay, people, there);
      atMost('secondDosesPerDay', lever.secondDosesPerDay, people, there);
      break;
    case 'tracing':
      atMost('tracedPerDay', lever.tracedPerDay, people, there);
      atMost('isolationPlaces', lever.isolationPlaces, people, there);
      break;
    case 'treatment': {
      const { bedsPer1000, intensiveCarePer1000 } = requestBounds;
      const more = (count: number) => Math.floor((count * everybody) / 1000);
      atMost('beds', lever.beds, more(bedsPer1000), per1000(bedsPer1000));
      atMost('intensiveCare', lever.intensiveCare, more(intensiveCarePer1000), per1000(intensiveCarePer1000));
      break;
    }
    case '5K':
    case 'movement':
    case 'business':
      break;
  }
  return errors;
}

/** The same of a plan. */
export function checkPlan({ limits, target }: PlanRequest, { areas }: RequestScope): WordedError[] {
  const everybody = areas.reduce((sum, { people }) => sum + people, 0);
  const errors: WordedError[] = [];
  for (const key of ['dosesPerDay', 'tracedPerDay', 'isolationPlaces'] as const) {
    const value = limits[key];
    if (value !== undefined && value > everybody)
      errors.push(misfit(`json.limits.${key}`, value, bounded(everybody, allPeople)));
  }
  if (target.mostPeopleRestricted !== undefined && target.mostPeopleRestricted > everybody)
    errors.push(misfit('json.target.mostPeopleRestricted', target.mostPeopleRestricted, bounded(everybody, allPeople)));
  return errors;
}

const allPeople = { vi: 'số dân của địa bàn', en: 'the people of the district' };

const bounded = (bound: number, what: Words): Words => ({
  vi: `nhiều nhất ${bound}, ${what.vi}`,
  en: `at most ${bound}, ${what.en}`,
});

const misfit = (field: string, value: unknown, words: Words): WordedError => ({
  field,
  value,
  reason: words.en,
  words,
});
