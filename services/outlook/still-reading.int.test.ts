import { afterAll, beforeAll, expect, test } from 'vitest';
import { get } from '#platform/testing/requests.ts';
import type { ServiceUnderTest } from '#platform/testing/service.ts';
import { dayOf, openDistrict, startMl, wave } from './testing/service.ts';

interface Answer {
  abstention: { reason: string; detail: string } | null;
  series?: unknown[];
}

let service: ServiceUnderTest;
beforeAll(async () => {
  service = await startMl();
}, 120_000);
afterAll(() => service?.stop());

test('what the journal holds and the rows do not is said; no number is made of a part', async () => {
  const district = await openDistrict(service);
  const epidemic = service.projections.find(({ name }) => name === 'epidemic')!;
  const say = async (from: number, to: number) => {
    let last = 0;
    for (const result of await service.parts.appender.appendAll(wave(district, { from, to }, () => 3))) {
      if (!result.ok) throw new Error(result.detail);
      last = result.sequence;
    }
    return last;
  };
  const read = await say(0, 30);
  while (!(await epidemic.reached(district, read, 1000)));
  const statistics = () => get<Answer>(service, `/api/epidemic-statistics?district=${district}`);
  expect((await statistics()).abstention).toBeNull();
  await epidemic.stop();
  const unread = (await say(31, 40)) - read;
  for (const answer of [
    await statistics(),
    await get<Answer>(service, `/api/forecasts?district=${district}&target=cases&areaId=W1b`),
  ])
    expect(answer.abstention).toEqual({
      reason: 'still-reading',
      detail: `${unread} messages of the journal are still to be read`,
      note: {
        vi: `còn ${unread} mục của nhật ký chưa đọc xong`,
        en: `${unread} messages of the journal are still to be read`,
      },
    });
  expect((await statistics()).series).toEqual([]);
  // a past moment is not waited for
  const past = await get<Answer>(service, `/api/epidemic-statistics?district=${district}&asOf=${dayOf(29)}T12:00:00Z`);
  expect(past.abstention).toBeNull();
});
