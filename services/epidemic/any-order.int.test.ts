import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { definitionOf } from '#contracts/catalogue.ts';
import { newEventOf } from '#contracts/new-event.ts';
import type { Message } from '#platform/append.ts';
import { listDeadLetters } from '#platform/dead-letters.ts';
import { append, get, post } from '#platform/testing/requests.ts';
import type { ServiceUnderTest } from '#platform/testing/service.ts';
import { createRandom } from '../../ml/numerics/random.ts';
import { openTestDistrict } from '../district/testing/district.ts';
import { allRows, startEpidemic } from './testing/service.ts';

const day = (of: number) => `2026-11-${String(of).padStart(2, '0')}`;
const on = (of: number, hour = 5) => `${day(of)}T${String(hour).padStart(2, '0')}:00:00.000Z`;

interface Said {
  type: string;
  id: string;
  time: string;
  data: object;
  source?: string;
  recordedTime?: string;
}

describe('a case, in whatever order and however often it is told of', () => {
  let service: ServiceUnderTest;
  beforeAll(async () => {
    service = await startEpidemic(() => new Date('2026-11-29T03:00:00Z'));
  });
  afterAll(() => service.stop());

  const open = () => openTestDistrict(service, { clock: 'live' });
  const message = (district: string, { type, id, time, data, source = '/feed', recordedTime = time }: Said): Message =>
    newEventOf(definitionOf(type)!, { district, source, id, time, recordedTime, data: data as Record<string, unknown> })
      .message;
  const tell = (district: string, ...facts: Said[]) =>
    append(
      service,
      district,
      facts.map((fact) => message(district, fact)),
    );
  const one = (district: string, caseId: string) =>
    get<Record<string, unknown> & { versions: { knownAt: string; knownUntil: string }[] }>(
      service,
      `/api/epidemic/cases/${caseId}?district=${district}`,
    );
  const listed = (district: string, query = '') =>
    get<{ total: number; items: Record<string, unknown>[] }>(
      service,
      `/api/epidemic/cases?district=${district}${query}`,
    );
  const waiting = async (district: string) =>
    (await get<{ waiting: Record<string, number> }>(service, '/readyz')).waiting[district];
  const row = (file: string, caseId: string, of: number, data: object): Said => ({
    type: 'case-confirmed',
    id: `${file} ${caseId}`,
    source: `import/cases/${file}.csv`,
    time: on(of),
    recordedTime: file === 'monday' ? on(27) : on(28),
    data: { caseId, confirmedDate: day(of), ...data },
  });

  test('a cumulative line list that is sent again leaves outcomes and corrections as they are', async () => {
    const district = await open();
    await tell(
      district,
      row('monday', 'R-1', 20, { areaId: 'W0a', ageYears: 70, sex: 'male' }),
      row('monday', 'R-2', 21, { areaId: 'W1a', ageYears: 33 }),
    );
    const at = (caseId: string, what: string) => `/api/epidemic/cases/${caseId}/${what}?district=${district}`;
    expect((await post(service, at('R-1', 'status'), { status: 'deceased' })).status).toBe(201);
    expect((await post(service, at('R-2', 'correction'), { onsetDate: day(19), areaId: 'W1' })).status).toBe(201);
    expect((await post(service, at('R-2', 'status'), { status: 'not-a-case' })).status).toBe(201);
    await tell(
      district,
      row('tuesday', 'R-1', 20, { areaId: 'W0a' }),
      row('tuesday', 'R-2', 21, { areaId: 'W1a', ageYears: 33 }),
      row('tuesday', 'R-3', 28, { areaId: 'W2', ageYears: 45 }),
    );
    expect(await one(district, 'R-1')).toMatchObject({ status: 'deceased', ageYears: 70, sex: 'male', areaId: 'W0a' });
    expect(await one(district, 'R-2')).toMatchObject({ status: 'not-a-case', onsetDate: day(19), areaId: 'W1' });
    expect(await one(district, 'R-3')).toMatchObject({ status: 'active', ageYears: 45 });
    expect((await listed(district, '&active=true')).items.map(({ caseId }) => caseId)).toEqual(['R-3']);
    expect((await listed(district, '&windowDays=14')).total).toBe(2);
    // Each version ends where the next is known.
    for (const { versions } of [await one(district, 'R-1'), await one(district, 'R-2')])
      expect(versions.map(({ knownUntil }) => knownUntil)).toEqual([
        ...versions.slice(1).map(({ knownAt }) => knownAt),
        'infinity',
      ]);
    // A person may change it after that as before.
    expect((await post(service, at('R-1', 'correction'), { ageYears: 71 })).status).toBe(201);
    expect(await one(district, 'R-1')).toMatchObject({ status: 'deceased', ageYears: 71 });
  });

  test('a list that returns to an earlier value returns the case, and one that says the same leaves what a person typed', async () => {
    const district = await open();
    const list = (minute: number, data: object): Said => ({
      type: 'case-confirmed',
      id: `list ${minute}`,
      source: 'import/cases/list.csv',
      time: on(20),
      recordedTime: `2026-11-28T10:${String(minute).padStart(2, '0')}:00.000Z`,
      data: { caseId: 'A', confirmedDate: day(20), ...data },
    });
    const here = { lon: 106.705, lat: 10.705 };
    const [a, b] = [
      { areaId: 'W1', ageYears: 40, status: 'active' },
      { areaId: 'W0a', location: here, ageYears: 42, status: 'recovered' },
    ];
    await tell(district, list(1, a), list(2, a), list(3, b));
    expect(await one(district, 'A')).toMatchObject({ areaId: 'W0a', ageYears: 42, status: 'recovered', lon: here.lon });
    await tell(district, list(4, b), list(5, a), list(6, a));
    const back = await one(district, 'A');
    expect(back).toMatchObject({ areaId: 'W1', ageYears: 40, status: 'active' });
    // What says the same is no version.
    expect(back.versions.map(({ knownAt }) => knownAt.slice(14, 16))).toEqual(['01', '03', '05']);
    const corrected = await post(service, `/api/epidemic/cases/A/correction?district=${district}`, { ageYears: 7 });
    expect(corrected.status).toBe(201);
    await tell(district, { ...list(7, a), recordedTime: '2026-11-29T04:00:00.000Z' });
    expect(await one(district, 'A')).toMatchObject({ ageYears: 7 });
    await tell(district, { ...list(8, b), recordedTime: '2026-11-29T05:00:00.000Z' });
    expect(await one(district, 'A')).toMatchObject({ ageYears: 42, status: 'recovered' });
    const rows = await allRows(service, district);
    for (const batchEntries of [1, 3, 1000]) {
      await service.rebuild(district, batchEntries);
      expect(await allRows(service, district)).toEqual(rows);
    }
  });

  test('what comes before its case waits, counts nowhere, and is taken up when the case comes', async () => {
    const district = await open();
    await tell(
      district,
      { type: 'case-status-changed', id: 'pp1', time: on(26), data: { caseId: 'PP-1', status: 'deceased' } },
      { type: 'case-corrected', id: 'pp2', time: on(25), data: { caseId: 'PP-1', ageYears: 44 } },
    );
    expect(await waiting(district)).toBe(1);
    expect((await listed(district)).total).toBe(0);
    const path = `/api/epidemic/cases/PP-1?district=${district}`;
    expect((await service.app.request(path)).status).toBe(404);
    await tell(district, {
      type: 'case-confirmed',
      id: 'pp3',
      time: on(25),
      recordedTime: on(27),
      data: { caseId: 'PP-1', areaId: 'W1', confirmedDate: day(25), ageYears: 40 },
    });
    expect(await one(district, 'PP-1')).toMatchObject({ status: 'deceased', ageYears: 44, areaId: 'W1' });
    expect((await listed(district)).items).toMatchObject([{ caseId: 'PP-1', status: 'deceased' }]);
    expect((await listed(district, '&active=true')).total).toBe(0);
    expect(await waiting(district)).toBeUndefined();
    expect((await listDeadLetters(service.parts.broker)).filter((letter) => letter.district === district)).toEqual([]);
  });

  test('an outcome that waited and is before the onset of its case does not count, with words, until the onset is corrected', async () => {
    const said = (caseId: string): [Said, Said] => [
      { type: 'case-status-changed', id: `${caseId} 1`, time: on(20), data: { caseId, status: 'recovered' } },
      {
        ...{ type: 'case-confirmed', id: `${caseId} 2`, time: on(25) },
        data: { caseId, areaId: 'W1', confirmedDate: day(25), onsetDate: day(21) },
      },
    ];
    const district = await open();
    const [recovered, born] = said('EO-1');
    // The one waits for its case, the other comes after it.
    await tell(district, recovered);
    await tell(district, born, ...said('EO-2').toReversed());
    const notCounted = { status: 'recovered', since: on(20), onsetDate: day(21) };
    for (const caseId of ['EO-1', 'EO-2']) {
      const found = await one(district, caseId);
      expect(found).toMatchObject({ status: 'active', statusSince: on(25), notCounted });
      expect((found.history as { notCounted?: object }[]).at(-1)).toMatchObject({ notCounted });
    }
    expect((await listed(district, '&active=true')).total).toBe(2);
    const path = `/api/epidemic/cases/EO-1/correction?district=${district}`;
    expect((await post(service, path, { onsetDate: day(20) })).status).toBe(201);
    const corrected = await one(district, 'EO-1');
    expect(corrected).toMatchObject({ status: 'recovered', statusSince: on(20) });
    expect(corrected).not.toHaveProperty('notCounted');
    expect((await listed(district, '&active=true')).total).toBe(1);
    const rows = await allRows(service, district);
    for (const batchEntries of [1, 1000]) {
      await service.rebuild(district, batchEntries);
      expect(await allRows(service, district)).toEqual(rows);
    }
  });

  test('a person may report a case of which only a change was heard, and correct one of which a fact came twice', async () => {
    const district = await open();
    const early = { type: 'case-status-changed', id: 'x', time: on(28), data: { caseId: 'E', status: 'hospitalised' } };
    await tell(district, early);
    const report = await post(service, `/api/epidemic/cases?district=${district}`, {
      caseId: 'E',
      confirmedDate: day(27),
      areaId: 'W1',
    });
    expect(report.status).toBe(201);
    expect(await one(district, 'E')).toMatchObject({ status: 'hospitalised' });
    // The broker has forgotten that it had the message.
    await append(service, district, [{ ...message(district, early), id: 'x again' }]);
    const rows = await allRows(service, district);
    const corrected = await post(service, `/api/epidemic/cases/E/correction?district=${district}`, { ageYears: 9 });
    expect(corrected.status).toBe(201);
    expect((await allRows(service, district)).case_versions).toHaveLength(rows.case_versions!.length + 1);
  });

  test('a status that would change nothing is refused: it is before the one that is known', async () => {
    const district = await open();
    await tell(district, row('monday', 'S', 20, { areaId: 'W1' }));
    const status = (body: object) => post(service, `/api/epidemic/cases/S/status?district=${district}`, body);
    expect((await status({ status: 'hospitalised', since: on(25) })).status).toBe(201);
    const late = await status({ status: 'home-care', since: on(24) });
    expect([late.status, await late.json()]).toMatchObject([422, { errors: [{ field: 'json.since' }] }]);
  });

  test('rows do not depend on the order of arrival or on repetition, and a rebuild makes the same ones', async () => {
    const random = createRandom(5);
    const statuses = ['active', 'hospitalised', 'recovered', 'deceased', 'not-a-case'];
    const facts = Array.from({ length: 120 }, (_, index): Said => {
      const caseId = `c${random.below(20)}`;
      const time = on(1 + random.below(20), random.below(24));
      const common = { id: `e${index}`, time, recordedTime: on(21 + random.below(6), random.below(24)) };
      const details = {
        caseId,
        ...(random.below(2) && { areaId: `W${random.below(3)}` }),
        ...(random.below(2) && { location: { lon: 106.7 + random.below(4000) / 1e5, lat: 10.705 } }),
        ...(random.below(2) && { ageYears: random.below(90) }),
        ...(random.below(2) && { onsetDate: day(1 + random.below(10)) }),
      };
      const kind = random.below(3);
      if (kind === 0)
        return { ...common, type: 'case-status-changed', data: { caseId, status: statuses[random.below(5)] } };
      if (kind === 1) return { ...common, type: 'case-corrected', data: details };
      const source = random.below(2) ? `import/cases/${random.below(3)}.csv` : '/feed';
      return {
        ...common,
        type: 'case-confirmed',
        source,
        data: { ...details, confirmedDate: day(11 + random.below(9)) },
      };
    });
    const states = async (district: string) =>
      (await listed(district, '&limit=200')).items
        .map(({ firstSequence: _first, sequence: _sequence, knownAt: _known, ...shown }) => shown)
        .sort((a, b) => (String(a.caseId) < String(b.caseId) ? -1 : 1));
    const [first, second] = [await open(), await open()];
    await tell(first, ...facts);
    const otherwise = facts.map((fact) => ({ fact, at: random.below(1e9) })).sort((a, b) => a.at - b.at);
    await tell(second, ...otherwise.map(({ fact }) => fact));
    await append(
      service,
      second,
      otherwise.slice(0, 40).map(({ fact }, index) => ({ ...message(second, fact), id: `again ${index}` })),
    );
    const known = await states(first);
    expect(known.length).toBeGreaterThan(10);
    expect(await states(second)).toEqual(known);
    for (const district of [first, second]) {
      const rows = await allRows(service, district);
      for (const batchEntries of [1, 7, 1000]) {
        await service.rebuild(district, batchEntries);
        expect(await allRows(service, district)).toEqual(rows);
      }
    }
  });
});
