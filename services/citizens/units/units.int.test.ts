import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { startDeclared } from '#lifecycle/testing/declared.ts';
import { deleteDistrictStream } from '#platform/journal.ts';
import { get, post } from '#platform/testing/requests.ts';
import { openTestDistrict } from '../../district/testing/district.ts';
import define from '../app.ts';
import { citizens } from '../declaration.ts';

test('satisfaction is hidden below five, and told with its interval from five on; wrongly routed reports leave the denominator', async () => {
  let now = new Date('2021-10-05T03:00:00Z');
  const service = await startDeclared(citizens, define(), () => now, { acts: () => false });
  const district = await openTestDistrict(service, { clock: 'live' });
  const at = (path: string) => `/api/citizens/${path}?district=${district}`;
  const hours = (count: number) => {
    now = new Date(now.getTime() + count * 3_600_000);
  };
  const send = async () => {
    const answer = await post(service, at('send'), {
      submission: randomUUID(),
      topic: 'noise',
      location: { lon: 106.712, lat: 10.705 },
    });
    return (await answer.json()) as { reportId: string; reference: string };
  };
  const close = (reportId: string, outcome: string) => post(service, at(`reports/${reportId}/close`), { outcome });
  const rate = (reference: string, satisfaction: number) =>
    post(service, at(`follow/${reference}/rate`), { satisfaction });
  const unit = async () => {
    const { units } = await get<{ units: { unit: string; onTime: object; satisfaction: object }[] }>(
      service,
      at('performance'),
    );
    return units.find((one) => one.unit === 'ward.W1');
  };
  const sent = [];
  for (let index = 0; index < 7; index++) sent.push(await send());
  expect(await unit()).toBeUndefined();
  hours(48);
  for (const { reportId } of sent.slice(0, 4)) await close(reportId, 'fixed');
  await close(sent[4]!.reportId, 'not-our-duty');
  hours(1);
  // Two are over their time: one is answered late, one not at all.
  await close(sent[5]!.reportId, 'unable');
  expect(await unit()).toMatchObject({
    onTime: { formula: 'report-on-time', formulaVersion: 1, numerator: 4, denominator: 6 },
    satisfaction: { numerator: null, denominator: 0, share: null, mean: null, reason: 'none' },
  });
  for (const [index, grade] of [5, 4, 3, 1].entries()) await rate(sent[index]!.reference, grade);
  expect((await unit())!.satisfaction).toMatchObject({
    numerator: null,
    denominator: 4,
    share: null,
    mean: null,
    reason: 'few',
  });
  await rate(sent[4]!.reference, 2);
  expect((await unit())!.satisfaction).toMatchObject({
    ...{ numerator: 2, denominator: 5, mean: 3 },
    share: { value: 0.4, low: expect.closeTo(0.1176, 4), high: expect.closeTo(0.7693, 4) },
  });
  const { formulas } = await get<{ formulas: { id: string }[] }>(service, at('formulas'));
  expect(formulas.map(({ id }) => id)).toEqual(['report-on-time', 'report-satisfaction']);
  expect((await service.app.request(`${at('performance')}&from=2021-10-02&to=2021-10-01`)).status).toBe(422);
  await deleteDistrictStream(service.parts.broker, district);
  await service.stop();
});
