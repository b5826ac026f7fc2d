import { dayMs } from '@vungxanh/ml/numerics';
import { type Day, dayOf, dayText, instantOf } from './calendar.ts';
import { type Fact, type FactSource, fact } from './fact.ts';
import type { ExercisePlace } from './place.ts';

const simulated = 'Số liệu giả định cho diễn tập (simulated for the exercise)';

/** Budget revenue by month in thousand million dong. Only October's is a published figure; the source adds that it came near the third quarter's. */
const revenues: { month: string; billions: number }[] = [
  { month: '2021-06', billions: 395 },
  { month: '2021-07', billions: 205 },
  { month: '2021-08', billions: 140 },
  { month: '2021-09', billions: 145 },
  { month: '2021-10', billions: 470 },
  { month: '2021-11', billions: 430 },
];

/** Revenue on the third day of the next month, and the press's own counts of active businesses. */
export class Indicators implements FactSource {
  private readonly place: ExercisePlace;

  constructor(place: ExercisePlace) {
    this.place = place;
  }

  factsOf(day: Day): Fact[] {
    const { district } = this.place;
    const recorded = instantOf(day, 540, district.timeZone);
    const facts: Fact[] = [];
    for (const { month, billions } of revenues) {
      const first = dayOf(`${month}-01`);
      const next = nextMonth(first);
      if (day !== next + 2) continue;
      const published = district.facts.find(
        ({ key, asOf }) => key === 'budget-revenue-month' && asOf?.startsWith(month),
      );
      facts.push(
        fact('revenue-published', `revenue.${month}`, instantOf(next - 1, 1439, district.timeZone), recorded, {
          indicatorId: 'budget-revenue',
          areaId: district.id,
          name: 'Thu ngân sách',
          periodStart: dayText(first),
          periodEnd: dayText(next - 1),
          value: (published?.value ?? billions) * 1_000_000_000,
          unit: 'VND',
          source: published?.source ?? simulated,
        }),
      );
    }
    for (const { key, value, asOf, source } of district.facts) {
      // The lockdown's 700 has no date of its own: it is told for the day on which reopening began.
      const on = dayOf(asOf ?? '2021-09-16');
      if (key !== 'active-businesses' || day !== on + 1) continue;
      facts.push(
        fact(
          'indicator-published',
          `active-businesses.${dayText(on)}`,
          instantOf(on, 720, district.timeZone),
          recorded,
          {
            indicatorId: 'active-businesses-reported',
            areaId: district.id,
            name: 'Doanh nghiệp hoạt động theo báo chí',
            periodStart: dayText(on),
            periodEnd: dayText(on),
            value,
            unit: 'businesses',
            source,
          },
        ),
      );
    }
    return facts;
  }
}

function nextMonth(first: Day): Day {
  const date = new Date(first * dayMs);
  return Math.round(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1) / dayMs);
}
