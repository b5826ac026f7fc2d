import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SectorsAnswer } from '#contracts/http/economy.ts';
import { append, get } from '#platform/testing/requests.ts';
import type { ServiceUnderTest } from '#platform/testing/service.ts';
import { openTestDistrict } from '../district/testing/district.ts';
import { message, startEconomy } from './testing/district.ts';

const day = (offset: number) => new Date(Date.UTC(2021, 7, 1 + offset)).toISOString().slice(0, 10);
const known = (offset: number) => `${day(offset)}T05:00:00Z`;

describe('businesses by sector', () => {
  let service: ServiceUnderTest;
  beforeAll(async () => {
    service = await startEconomy();
  });
  afterAll(() => service.stop());

  test('each sector with its statuses on the day; the total is that of its list; of no sector is told apart', async () => {
    const district = await openTestDistrict(service);
    const registered = (businessId: string, status: 'open' | 'restricted', more: object) =>
      message(district, 'business-registered', known(1), {
        businessId,
        name: businessId,
        form: 'household',
        registeredDate: day(0),
        status,
        areaId: 'W1',
        ...more,
      });
    await append(service, district, [
      registered('a', 'open', { sector: 'Ăn uống' }),
      registered('b', 'restricted', { sector: 'Ăn uống' }),
      registered('c', 'open', { sector: 'Ăn uống', areaId: 'W2' }),
      registered('d', 'open', { sector: 'Bán lẻ' }),
      registered('e', 'open', {}),
      message(district, 'business-status-changed', known(6), {
        businessId: 'a',
        status: 'suspended',
        effectiveDate: day(5),
      }),
    ]);
    const ask = (more: string) => get<SectorsAnswer>(service, `/api/economy/sectors?district=${district}${more}`);
    const { sectors } = await ask(`&on=${day(5)}`);
    expect(sectors.map(({ list: _, ...sector }) => sector)).toEqual([
      { sector: 'Ăn uống', total: 3, open: 1, restricted: 1, suspended: 1, closed: 0 },
      { sector: 'Bán lẻ', total: 1, open: 1, restricted: 0, suspended: 0, closed: 0 },
      { sector: null, total: 1, open: 1, restricted: 0, suspended: 0, closed: 0 },
    ]);
    for (const { list, total } of sectors)
      if (list) expect((await get<{ total: number }>(service, list)).total).toBe(total);
    expect((await ask(`&on=${day(4)}`)).sectors[0]).toMatchObject({ open: 2, suspended: 0 });
    // Before the change was known, it was open on that day too.
    expect((await ask(`&on=${day(5)}&asOf=${day(3)}T00:00:00Z`)).sectors[0]).toMatchObject({ open: 2, suspended: 0 });
    expect((await ask(`&on=${day(5)}&areaId=W2`)).sectors).toMatchObject([{ sector: 'Ăn uống', total: 1 }]);
  });
});
