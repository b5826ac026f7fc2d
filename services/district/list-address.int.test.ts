import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Message } from '#platform/append.ts';
import { deleteDistrictStream } from '#platform/journal.ts';
import { append, get } from '#platform/testing/requests.ts';
import type { ServiceUnderTest } from '#platform/testing/service.ts';
import { message as businessMessage, startEconomy } from '../economy/testing/district.ts';
import { message as caseMessage, startEpidemic } from '../epidemic/testing/service.ts';
import { startUrbanOrder, message as violationMessage } from '../urban-order/testing/district.ts';
import { openTestDistrict } from './testing/district.ts';

interface Listed {
  formula: string;
  value: number | null;
  list: string;
}
interface FiguresAnswer {
  asOf: string;
  areas: { areaId: string | null; figures: Listed[] | Record<string, Listed> }[];
}

const now = () => new Date('2021-11-10T03:00:00Z');
const [early, late] = ['2021-11-10T01:00:00Z', '2021-11-10T02:00:00Z'];

describe.each<{
  service: string;
  start: (now: () => Date) => Promise<ServiceUnderTest>;
  formula: string;
  fact: (district: string, id: string, recordedTime: string) => Message;
}>([
  {
    service: 'epidemic',
    start: startEpidemic,
    formula: 'cases-7d',
    fact: (district, caseId, recordedTime) =>
      caseMessage(
        district,
        'case-confirmed',
        { caseId, areaId: 'W1', confirmedDate: '2021-11-09', status: 'active', exposure: 'unknown' },
        recordedTime,
      ),
  },
  {
    service: 'urban-order',
    start: startUrbanOrder,
    formula: 'violations-open',
    fact: (district, violationId, recordedTime) =>
      violationMessage(
        district,
        'violation-reported',
        { violationId, kind: 'without-permit', areaId: 'W1', occurredAt: '2021-11-09T01:00:00Z' },
        recordedTime,
      ),
  },
  {
    service: 'economy',
    start: startEconomy,
    formula: 'businesses-active',
    fact: (district, businessId, recordedTime) =>
      businessMessage(district, 'business-registered', recordedTime, {
        businessId,
        areaId: 'W1',
        name: businessId,
        registeredDate: '2021-01-01',
      }),
  },
])('the list of a figure of $service', ({ service: name, start, formula, fact }) => {
  let service: ServiceUnderTest;
  let district: string;
  beforeAll(async () => {
    service = await start(now);
    district = await openTestDistrict(service, { clock: 'live' });
    await append(service, district, [fact(district, 'first', early)]);
  });
  afterAll(async () => {
    await deleteDistrictStream(service.parts.broker, district);
    await service.stop();
  });
  const figureOf = async (areaId: string, asOf?: string): Promise<Listed> => {
    const query = new URLSearchParams({ district, ...(asOf && { asOf }) });
    const { areas } = await get<FiguresAnswer>(service, `/api/${name}/figures?${query}`);
    const { figures } = areas.find((area) => area.areaId === areaId)!;
    return Object.values(figures).find((figure) => figure.formula === formula)!;
  };
  const rowsOf = async ({ list }: Listed) => (await get<{ total: number }>(service, list)).total;

  test('that was asked for now counts what is known when the list is opened; as of a moment, what was known then', async () => {
    const [loaded, then] = [await figureOf('W1'), await figureOf('W1', '2021-11-10T01:30:00Z')];
    expect([loaded.value, await rowsOf(loaded)]).toEqual([1, 1]);
    await append(service, district, [fact(district, 'second', late)]);
    expect([(await figureOf('W1')).value, await rowsOf(loaded)]).toEqual([2, 2]);
    expect([then.value, await rowsOf(then)]).toEqual([1, 1]);
  });
});
