import { type Day, dayOf } from './calendar.ts';

/** A campaign for an age group: people reached grow along a logistic curve. Dates and ceilings are ours, for an exercise. */
interface Campaign {
  opens: Day;
  middle: Day;
  widthDays: number;
  ceiling: number;
}

interface GroupPlan {
  ageFrom: number;
  first: Campaign;
  second: Campaign;
  additional: Campaign;
}

const campaign = (opens: string, middle: string, widthDays: number, ceiling: number): Campaign => ({
  opens: dayOf(opens),
  middle: dayOf(middle),
  widthDays,
  ceiling,
});

/** By the first age of the group. Nobody under 12 was vaccinated in that year. */
const plans: GroupPlan[] = [
  {
    ageFrom: 12,
    first: campaign('2021-10-27', '2021-11-03', 2.5, 0.95),
    second: campaign('2021-11-22', '2021-12-02', 3.5, 0.9),
    additional: campaign('2022-06-01', '2022-06-20', 10, 0.5),
  },
  {
    ageFrom: 18,
    first: campaign('2021-06-19', '2021-08-07', 8, 0.985),
    second: campaign('2021-08-01', '2021-09-30', 10, 0.95),
    additional: campaign('2021-12-10', '2022-01-10', 10, 0.7),
  },
  {
    ageFrom: 50,
    first: campaign('2021-06-25', '2021-08-10', 7, 0.96),
    second: campaign('2021-08-05', '2021-09-24', 9, 0.93),
    additional: campaign('2021-12-10', '2022-01-02', 9, 0.75),
  },
  {
    ageFrom: 65,
    first: campaign('2021-07-22', '2021-08-13', 8, 0.91),
    second: campaign('2021-08-20', '2021-09-27', 9, 0.87),
    additional: campaign('2021-12-08', '2021-12-28', 8, 0.75),
  },
];

const reached = (plan: Campaign, day: Day) => {
  if (day < plan.opens) return 0;
  const curve = (at: number) => 1 / (1 + Math.exp(-(at - plan.middle) / plan.widthDays));
  return (plan.ceiling * (curve(day) - curve(plan.opens - 1))) / (1 - curve(plan.opens - 1));
};

export interface Coverage {
  oneDose: number;
  fullCourse: number;
  additionalDose: number;
}

/** Shares of an age group reached on a day; none for groups that start below 12. `pace` moves the dates: above 0 is days late. */
export function coverageOn(ageFrom: number, day: Day, daysLate = 0): Coverage | undefined {
  const plan = plans.find((candidate) => candidate.ageFrom === ageFrom);
  if (!plan) return undefined;
  const on = day - daysLate;
  const oneDose = reached(plan.first, on);
  const fullCourse = Math.min(oneDose, reached(plan.second, on));
  return { oneDose, fullCourse, additionalDose: Math.min(fullCourse, reached(plan.additional, on)) };
}

/** Share of severe courses that vaccination prevents: 0.45 after one dose, 0.85 after two, two weeks after the jab. Ours, for an exercise. */
export function protectionOn(day: Day): number {
  const adults = coverageOn(50, day - 14)!;
  return 0.45 * (adults.oneDose - adults.fullCourse) + 0.85 * adults.fullCourse;
}
