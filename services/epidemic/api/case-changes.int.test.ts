import { afterAll, beforeAll, expect, test } from 'vitest';
import { post } from '#platform/testing/requests.ts';
import type { ServiceUnderTest } from '#platform/testing/service.ts';
import { openTestDistrict } from '../../district/testing/district.ts';
import { startEpidemic } from '../testing/service.ts';

let service: ServiceUnderTest;
let district: string;
const ask = async (path: string, body: object) => {
  const answer = await post(service, `/api/epidemic/${path}?district=${district}`, body);
  return { status: answer.status, body: await answer.json() };
};
beforeAll(async () => {
  service = await startEpidemic(() => new Date('2026-11-30T03:00:00Z'));
  district = await openTestDistrict(service, { clock: 'live' });
  const days = { onsetDate: '2026-11-15', specimenDate: '2026-11-19', confirmedDate: '2026-11-20' };
  expect((await ask('cases', { caseId: 'a', ...days })).status).toBe(201);
});
afterAll(() => service.stop());

const correction = (caseId: string, data: object) => ({ type: 'case-corrected', data: { caseId, ...data } });
const death = (caseId: string, since: string) => ({
  type: 'case-status-changed',
  data: { caseId, status: 'deceased', since },
});
const fieldsOf = async (...changes: object[]) => {
  const { status, body } = await ask('case-changes/judgement', { changes });
  expect(status).toBe(200);
  return (body as { faults: { field: string }[][] }).faults.map((of) => of.map(({ field }) => field));
};

test('changes are judged with the days that their cases have; of a case that is not known nothing is said', async () => {
  expect(
    await fieldsOf(
      correction('a', { onsetDate: '2026-11-21' }),
      correction('b', { onsetDate: '2026-11-21' }),
      // Midnight of the 15th in the district is 17:00 of the 14th in UTC.
      death('a', '2026-11-14T16:59:59Z'),
      death('a', '2026-11-14T17:00:00Z'),
      correction('a', { confirmedDate: '2026-11-18' }),
      // After the death that stands before it.
      correction('a', { onsetDate: '2026-11-20' }),
      { ...death('a', ''), data: { caseId: 'a', status: 'recovered' }, time: '2026-11-14T05:00:00Z' },
    ),
  ).toEqual([['onsetDate'], [], ['since'], [], ['confirmedDate'], ['onsetDate'], ['since']]);
});

test('a death is refused by the command in the same words, and once it is known holds an onset back', async () => {
  const early = await ask('cases/a/status', { status: 'deceased', since: '2026-11-14T10:00:00Z' });
  expect(early).toMatchObject({
    status: 422,
    body: { errors: [{ field: 'json.since', value: '2026-11-14', reason: 'not before onsetDate 2026-11-15' }] },
  });
  expect((await ask('cases/a/status', { status: 'deceased', since: '2026-11-27T10:00:00Z' })).status).toBe(201);
  const later = { confirmedDate: '2026-11-29', onsetDate: '2026-11-28' };
  expect(await ask('cases/a/correction', later)).toMatchObject({
    status: 422,
    body: { errors: [{ field: 'json.onsetDate', reason: 'not after deceased on 2026-11-27' }] },
  });
  expect(await fieldsOf(correction('a', later))).toEqual([['onsetDate']]);
});

test('a case and its correction in one batch are judged together, in the order of the batch', async () => {
  const confirmed = { type: 'case-confirmed', data: { caseId: 'new', confirmedDate: '2026-11-20' } };
  expect(
    await fieldsOf(
      correction('new', { onsetDate: '2026-11-22' }),
      confirmed,
      correction('new', { onsetDate: '2026-11-12' }),
      death('new', '2026-11-11T05:00:00Z'),
      death('new', '2026-11-13T05:00:00Z'),
      correction('new', { onsetDate: '2026-11-14' }),
    ),
  ).toEqual([['onsetDate'], [], [], ['since'], [], ['onsetDate']]);
});
