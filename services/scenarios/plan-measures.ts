import type { Measure, PlanTarget, RunSettings } from '@vungxanh/ml/scenario';
import type { PlanRequest } from '#contracts/scenarios.ts';
import { leverFigures } from './assumptions.ts';

/** How strong each measure is tried: share of people who keep 5K, share of movement that stops. */
const adherences = [0.5, 0.8];
const movementLimits = [0.4, 0.8];
/** A probability is then known to three or four hundredths. */
const planPaths = 200;

/** What the planner may use: 5K and movement limits always; doses, tracing and isolation places as far as there are any. */
export function planMeasuresOf({ limits, target }: PlanRequest): Measure[] {
  const period = { fromDay: 0, toDay: target.withinDays - 1 };
  const { effect5K, yieldShare, movementContactShare, contactsPerCase, protectionDelayDays } = leverFigures;
  const { dosesPerDay = 0, tracedPerDay = 0, isolationPlaces = 0 } = limits;
  return [
    {
      name: '5K',
      strengths: adherences.map((adherence) => [{ ...period, kind: '5K', adherence, effect: effect5K.value }]),
    },
    ...(tracedPerDay > 0 || isolationPlaces > 0
      ? [
          {
            name: 'tracing',
            strengths: [
              [
                {
                  ...period,
                  kind: 'tracing' as const,
                  tracedPerDay,
                  isolationPlaces,
                  yieldShare: yieldShare.value,
                  contactsPerCase: contactsPerCase.value,
                },
              ],
            ],
          },
        ]
      : []),
    ...(dosesPerDay > 0
      ? [
          {
            name: 'vaccination',
            strengths: [
              [
                {
                  ...period,
                  kind: 'vaccination' as const,
                  firstDosesPerDay: dosesPerDay,
                  secondDosesPerDay: 0,
                  protectionDelayDays: protectionDelayDays.value,
                },
              ],
            ],
          },
        ]
      : []),
    {
      name: 'movement',
      strengths: movementLimits.map((limit) => [
        { ...period, kind: 'movement', limit, contactShare: movementContactShare.value },
      ]),
    },
  ];
}

export function planTargetOf({ target, limits }: PlanRequest): PlanTarget {
  const { ratePer100k, withinDays, probability, mostPeopleRestricted, mostCost } = target;
  return {
    weeklyCut: ratePer100k,
    onDay: withinDays - 1,
    probability,
    ...(mostPeopleRestricted === undefined ? {} : { mostRestricted: mostPeopleRestricted }),
    ...(mostCost === undefined ? {} : { mostCost }),
    ...(limits.dosesPerDay === undefined ? {} : { mostDoses: limits.dosesPerDay * withinDays }),
  };
}

export const planRun = ({ target, seed }: PlanRequest): RunSettings => ({
  days: target.withinDays,
  paths: planPaths,
  seed,
  stepDays: 1,
});

const percent = (share: number) => String(Math.round(100 * share));

/** Why there is no plan, in two languages, with what came nearest. */
export function noPlan({ target, limits }: PlanRequest, tried: number, nearest: number): { vi: string; en: string } {
  const { ratePer100k, withinDays, probability, mostPeopleRestricted, mostCost } = target;
  const bounds: [vi: string, en: string][] = [];
  const within = (value: number | undefined, vi: string, en: string) => {
    if (value !== undefined)
      bounds.push([`${value.toLocaleString('vi-VN')} ${vi}`, `${value.toLocaleString('en-US')} ${en}`]);
  };
  within(mostPeopleRestricted, 'người bị hạn chế', 'people restricted');
  within(mostCost, 'đồng', 'đồng');
  within(limits.dosesPerDay, 'liều mỗi ngày', 'doses a day');
  within(limits.tracedPerDay, 'người truy vết mỗi ngày', 'people traced a day');
  within(limits.isolationPlaces, 'chỗ cách ly thêm', 'more isolation places');
  const [vi, en] = [0, 1].map((language) => bounds.map((bound) => bound[language]).join(', ')) as [string, string];
  return {
    vi: `Không tổ hợp phường và biện pháp nào trong ${tried} tổ hợp đã thử giữ được khả năng chạm ${ratePer100k} ca/100.000 dân/tuần sau ${withinDays} ngày ở mức ${percent(probability)} % trở xuống${vi ? ` trong giới hạn ${vi}` : ''}. Gần nhất: ${percent(nearest)} %.`,
    en: `None of the ${tried} combinations of wards and measures tried keeps the chance of ${ratePer100k} cases per 100,000 a week after ${withinDays} days at ${percent(probability)} % or below${en ? ` within ${en}` : ''}. The nearest: ${percent(nearest)} %.`,
  };
}
