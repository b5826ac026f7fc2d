import { afterAll, beforeAll, expect, test } from 'vitest';
import { get, until } from '#platform/testing/requests.ts';
import type { ServiceUnderTest } from '#platform/testing/service.ts';
import { message } from '../../epidemic/testing/service.ts';
import { dayOf, openDistrict, startMl } from '../testing/service.ts';

interface Answer {
  areas: { areaId: string; ratePer100k?: number; dataThroughDate: string; abstention?: { reason: string } }[];
}

let service: ServiceUnderTest;
beforeAll(async () => {
  service = await startMl();
}, 120_000);
afterAll(() => service?.stop());

test('a risk from daily counts stands on the same seven days as the figure', async () => {
  const district = await openDistrict(service);
  const cases = (ward: number, day: number) => 3 + ward + ((day * 5 + ward) % 7);
  const messages = Array.from({ length: 84 }, (_, day) => day).flatMap((day) =>
    [0, 1, 2, 3, 4, 5].map((ward) =>
      message(
        district,
        'case-count-published',
        {
          ...{ areaId: `W${ward}`, measure: 'new-cases', periodStart: dayOf(day), periodEnd: dayOf(day) },
          cases: cases(ward, day),
        },
        `${dayOf(day)}T12:00:00.000Z`,
        `day-${day}-${ward}`,
      ),
    ),
  );
  let last = 0;
  for (const result of await service.parts.appender.appendAll(messages)) {
    if (!result.ok) throw new Error(result.detail);
    last = result.sequence;
  }
  const epidemic = service.projections.find(({ name }) => name === 'epidemic')!;
  while (!(await epidemic.reached(district, last, 1000)));
  const risk = await until(async () => {
    const answer = await get<Answer>(service, `/api/risk?district=${district}&level=ward`);
    return answer.areas.every(
      (area) => area.dataThroughDate === dayOf(83) && area.abstention?.reason !== 'not-scored-yet',
    )
      ? answer
      : undefined;
  });
  const figures = await get<{ areas: { areaId: string; figures: Record<string, { value: number }> }[] }>(
    service,
    `/api/epidemic/figures?district=${district}&level=ward`,
  );
  for (let ward = 0; ward < 6; ward++) {
    let sum = 0;
    for (let day = 77; day <= 83; day++) sum += cases(ward, day);
    const area = risk.areas.find(({ areaId }) => areaId === `W${ward}`)!;
    expect([area.abstention, area.dataThroughDate]).toEqual([undefined, dayOf(83)]);
    expect(area.ratePer100k).toBeCloseTo(sum * 5, 1);
    const figure = figures.areas.find(({ areaId }) => areaId === `W${ward}`)!.figures['incidence-7d']!;
    expect(figure.value).toBeCloseTo(sum * 5, 3);
  }
});
