import { numberCases } from './cases-of-numbers.ts';
import { placeCases } from './cases-of-places.ts';
import { siblingCases } from './cases-of-siblings.ts';
import { clockCases } from './cases-of-time.ts';
import { dayAgo, type Figure, settled, written } from './scratch.ts';
import { lines, postEvents as post, type TruthCase, totalOf } from './telling.ts';

const taken = (output: string) => Number(/accepted (\d+)/.exec(output)?.[1] ?? 0);
const valuesAt = (figures: Map<string, Figure>, ...keys: string[]) =>
  keys.map((key) => figures.get(key)?.value ?? null);

const population = lines(
  'Phường,Dân số,Từ ngày',
  'Tân Phú,20000,2020-01-01',
  'Bình Thuận,30000,2020-01-01',
  'Phú Mỹ,25000,2020-01-01',
  'Tân Quy,25000,2020-01-01',
);
const cloudEvent = (id: string, district: string, data: object, more: object = {}) => ({
  specversion: '1.0',
  id,
  source: 'trung-tam-y-te',
  type: 'case-confirmed',
  time: `${dayAgo(5)}T02:00:00Z`,
  district,
  data,
  ...more,
});
export const truthCases: readonly TruthCase[] = [
  {
    number: 'P01',
    what: 'a case confirmed today is accepted at any hour, and the dry run promises nothing else',
    right: { dryRun: 2, accepted: 2 },
    ask: async (scratch) => {
      const file = lines(
        'ma_ca,phuong,ngay_xac_nhan,tuoi',
        `H-1,Tân Phú,${written(dayAgo(0))},34`,
        `H-2,Tân Quy,${written(dayAgo(1))},51`,
      );
      return {
        dryRun: taken(await scratch.importFile('cases', '01.csv', file, '--dry-run')),
        accepted: taken(await scratch.importFile('cases', '01.csv', file)),
      };
    },
  },
  {
    number: 'P02',
    what: '"12.000" in a Vietnamese file is twelve thousand',
    right: [12_000, 35_000, 38_450, 25_120],
    ask: async (scratch) => {
      await scratch.importFile(
        'population',
        '02.csv',
        lines(
          'Phường;Dân số;Từ ngày',
          'Tân Phú;12.000;01/01/2024',
          'Bình Thuận;35.000;01/01/2024',
          'Phú Mỹ;38.450;01/01/2024',
          'Tân Quy;25.120;15/01/2024',
        ),
      );
      const people = async () => {
        const { features } = await scratch.get<{ features: { properties: { areaId: string; population: unknown } }[] }>(
          '/api/geography/areas',
        );
        return ['a1', 'a2', 'a3', 'a4'].map((id) => {
          const told = features.find(({ properties }) => properties.areaId === id)?.properties.population;
          return typeof told === 'object' && told !== null && 'people' in told ? told.people : told;
        });
      };
      return settled(people, [12_000, 35_000, 38_450, 25_120]);
    },
  },
  {
    number: 'P03',
    what: 'an id that a spreadsheet wrote as 3.01235E+11 is no id: nothing is merged, nothing is taken',
    right: { accepted: 0, businesses: 0, namesTheCell: true },
    ask: async (scratch) => {
      const output = await scratch.importFile(
        'businesses',
        '03.csv',
        lines(
          'Mã số thuế,Tên doanh nghiệp,Phường,Ngày đăng ký,Trạng thái',
          '3.01235E+11,Tạp hoá Lan,Tân Phú,12/03/2019,Đang hoạt động',
          '3.01235E+11,Quán Bảy,Phú Mỹ,25/06/2020,Ngừng hoạt động',
        ),
      );
      const rejects = await scratch.get<{ total: number }>('/api/economy/businesses');
      return { accepted: taken(output), businesses: rejects.total, namesTheCell: output.includes('3.01235E+11') };
    },
  },
  {
    number: 'P06',
    what: '"<5" and "1-4" are suppressed, which is not zero; a ward of which nothing was said shows no number',
    right: [12, null, 0, null],
    ask: async (scratch) => {
      const [from, to] = [written(dayAgo(7)), written(dayAgo(1))];
      await scratch.importFile(
        'case-counts',
        '06.csv',
        lines(
          'Phường,Từ ngày,Đến ngày,Số ca',
          `Tân Phú,${from},${to},12`,
          `Bình Thuận,${from},${to},<5`,
          `Phú Mỹ,${from},${to},0`,
        ),
      );
      return settled(
        async () =>
          valuesAt(
            await scratch.figures('epidemic', dayAgo(1)),
            'a1 cases-7d',
            'a2 cases-7d',
            'a3 cases-7d',
            'a4 cases-7d',
          ),
        [12, null, 0, null],
      );
    },
  },
  {
    number: 'P08',
    what: 'the first line "sep=;" that a spreadsheet writes is skipped',
    right: 2,
    ask: async (scratch) =>
      taken(
        await scratch.importFile(
          'cases',
          '08.csv',
          lines(
            'sep=;',
            'ma_ca;phuong;ngay_xac_nhan',
            `S-1;Tân Phú;${written(dayAgo(1))}`,
            `S-2;Tân Quy;${written(dayAgo(1))}`,
          ),
        ),
      ),
  },
  {
    number: 'P09',
    what: '"Unicode text" of a spreadsheet (UTF-16, tabs) is read',
    right: 2,
    ask: async (scratch) => {
      const text = lines('ma_ca\tphuong\tngay_xac_nhan', `U-1\tTân Phú\t${dayAgo(1)}`, `U-2\tBình Thuận\t${dayAgo(1)}`);
      return taken(await scratch.importFile('cases', '09.txt', Buffer.from(`\uFEFF${text}`, 'utf16le')));
    },
  },
  {
    number: 'P13',
    what: 'daily counts: cases in 7 days are the sum of 7 days, for wards and the district',
    right: { cases: [70, 35], incidence: [350, 116.667] },
    ask: async (scratch) => {
      await scratch.importFile('population', 'people.csv', population);
      const rows = Array.from({ length: 14 }, (_, index) => dayAgo(14 - index)).flatMap((day) => [
        `Tân Phú,${day},10`,
        `Bình Thuận,${day},5`,
      ]);
      await scratch.importFile('case-counts', '13.csv', lines('Phường,Ngày,Số ca', ...rows), '--period', 'day');
      const right = { cases: [70, 35], incidence: [350, 116.667] };
      return settled(async () => {
        const figures = await scratch.figures('epidemic', dayAgo(1));
        return {
          cases: valuesAt(figures, 'a1 cases-7d', 'a2 cases-7d'),
          incidence: valuesAt(figures, 'a1 incidence-7d', 'a2 incidence-7d'),
        };
      }, right);
    },
  },
  {
    number: 'P15',
    what: 'the list of today, sent again tomorrow with one more row, undoes no death, no exclusion and no correction',
    right: { status: ['deceased', 'not-a-case', 'active'], onset: dayAgo(9), active: 1 },
    ask: async (scratch) => {
      const head = 'ma_ca,phuong,ngay_xac_nhan,tuoi';
      const rows = [`R-1,Tân Phú,${written(dayAgo(8))},70`, `R-2,Phú Mỹ,${written(dayAgo(7))},33`];
      await scratch.importFile('cases', '15a.csv', lines(head, ...rows));
      await settled(() => totalOf(scratch, '/api/epidemic/cases'), 2);
      const change = (caseId: string, step: string, body: object) =>
        scratch.request(`/api/epidemic/cases/${caseId}/${step}`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(body),
        });
      const answers = [
        await change('R-1', 'status', { status: 'deceased', since: `${dayAgo(2)}T02:00:00Z` }),
        await change('R-1', 'correction', { onsetDate: dayAgo(9) }),
        await change('R-2', 'status', { status: 'not-a-case', since: `${dayAgo(2)}T02:00:00Z` }),
      ];
      for (const answer of answers) if (!answer.ok) return `${answer.status} ${await answer.text()}`;
      await scratch.importFile('cases', '15b.csv', lines(head, ...rows, `R-3,Tân Quy,${written(dayAgo(0))},45`));
      const right = { status: ['deceased', 'not-a-case', 'active'], onset: dayAgo(9), active: 1 };
      return settled(async () => {
        const found = await Promise.all(
          ['R-1', 'R-2', 'R-3'].map((id) =>
            scratch
              .get<{ status: string; onsetDate: string | null }>(`/api/epidemic/cases/${id}`)
              .catch(() => undefined),
          ),
        );
        return {
          status: found.map((one) => one?.status),
          onset: found[0]?.onsetDate,
          active: (await scratch.figures('epidemic')).get(`${scratch.district} active-cases`)?.value,
        };
      }, right);
    },
  },
  {
    number: 'P20',
    what: 'the place in a form’s own columns is found',
    right: { accepted: 2, placed: ['a1', 'a4'] },
    ask: async (scratch) => {
      const output = await scratch.importFile(
        'violations',
        '20.csv',
        lines(
          '"Mã hồ sơ";"Hành vi";"Ngày phát hiện";"Vị trí";"_Vị trí_latitude";"_Vị trí_longitude";"_Vị trí_altitude";"_Vị trí_precision";"_id"',
          `"K-1";"không phép";"${dayAgo(4)}";"10.7253 106.7051 0 4.9";"10.7253";"106.7051";"0";"4.9";"1"`,
          `"K-2";"lấn chiếm";"${dayAgo(4)}";"10.7453 106.7251 0 4.1";"10.7453";"106.7251";"0";"4.1";"2"`,
        ),
      );
      const placed = async () =>
        (await scratch.get<{ items: { areaId: string | null }[] }>('/api/urban-order/violations')).items
          .map(({ areaId }) => areaId)
          .sort();
      return { accepted: taken(output), placed: await settled(placed, ['a1', 'a4']) };
    },
  },
  {
    number: 'P21',
    what: 'a point on a shared border is in exactly one ward, a point outside in none',
    right: { inOneWard: 4, outside: 1 },
    ask: async (scratch) => {
      const points = ['10.73,106.72', '10.74,106.72', '10.74,106.71', '10.72,106.70', '10.7700001,106.74'];
      await scratch.importFile(
        'cases',
        '21.csv',
        lines('ma_ca,vi_do,kinh_do,ngay_xac_nhan', ...points.map((at, index) => `B-${index},${at},${dayAgo(1)}`)),
      );
      return settled(
        async () => {
          const { items } = await scratch.get<{ items: { areaId: string | null }[] }>('/api/epidemic/cases');
          return {
            inOneWard: items.filter(({ areaId }) => areaId).length,
            outside: items.filter(({ areaId }) => !areaId).length,
          };
        },
        { inOneWard: 4, outside: 1 },
      );
    },
  },
  {
    number: 'P22',
    what: 'the same source and id is one fact, and the first stays; another source is another fact',
    right: { statuses: [201, 201, 201], age: 30, cases: 2 },
    ask: async (scratch) => {
      const { district } = scratch;
      const data = { caseId: 'D-1', areaId: 'a1', confirmedDate: dayAgo(5), ageYears: 30 };
      const answers = [
        await post(scratch, cloudEvent('same', district, data)),
        await post(scratch, cloudEvent('same', district, { ...data, ageYears: 99 })),
        await post(scratch, cloudEvent('same', district, { ...data, caseId: 'D-2' }, { source: 'benh-vien' })),
      ];
      const cases = await settled(() => totalOf(scratch, '/api/epidemic/cases'), 2);
      const { ageYears } = await scratch.get<{ ageYears: number }>('/api/epidemic/cases/D-1');
      return { statuses: answers.map(({ status }) => status), age: ageYears, cases };
    },
  },
  {
    number: 'P22d',
    what: 'a report of an import says nothing of earlier events that it cannot know',
    right: { falseClaim: false },
    ask: async (scratch) => {
      const file = lines('ma_ca,phuong,ngay_xac_nhan', `J-1,Tân Phú,${dayAgo(1)}`);
      await scratch.importFile('cases', '22d.csv', file);
      return {
        falseClaim: /of which the journal had 0/.test(await scratch.importFile('cases', '22d.csv', file, '--restart')),
      };
    },
  },
  {
    number: 'P25',
    what: 'a null attribute is unset, JSON in data_base64 is data, small t and z are RFC 3339',
    right: [201, 201, 201],
    ask: async (scratch) => {
      const { district } = scratch;
      const data = { areaId: 'a1', confirmedDate: dayAgo(5) };
      const { data: _, ...bare } = cloudEvent('b64', district, {});
      const answers = [
        await post(
          scratch,
          cloudEvent('null', district, { ...data, caseId: 'C-1' }, { subject: null, dataschema: null }),
        ),
        await post(scratch, {
          ...bare,
          datacontenttype: 'application/json',
          data_base64: Buffer.from(JSON.stringify({ ...data, caseId: 'C-2' })).toString('base64'),
        }),
        await post(
          scratch,
          cloudEvent('small', district, { ...data, caseId: 'C-3' }, { time: `${dayAgo(5)}t02:00:00z` }),
        ),
      ];
      return answers.map(({ status }) => status);
    },
  },
  {
    number: 'P26',
    what: 'a case of next year, and an onset after the confirmation, are refused at the door',
    right: { refused: [true, true], cases: 0 },
    ask: async (scratch) => {
      const answers = await Promise.all([
        post(
          scratch,
          cloudEvent('next', scratch.district, { caseId: 'F-1', areaId: 'a1', confirmedDate: dayAgo(-360) }),
        ),
        post(
          scratch,
          cloudEvent('onset', scratch.district, {
            caseId: 'F-2',
            areaId: 'a1',
            confirmedDate: dayAgo(5),
            onsetDate: dayAgo(-30),
          }),
        ),
      ]);
      return {
        refused: answers.map(({ status }) => status >= 400),
        cases: await totalOf(scratch, '/api/epidemic/cases'),
      };
    },
  },
  {
    number: 'P28',
    what: 'a death that comes before its case waits, and is applied when the case comes; every read says the same',
    right: { one: 'deceased', listed: 'deceased', active: 0, openEnds: 1 },
    ask: async (scratch) => {
      const { district } = scratch;
      await post(
        scratch,
        cloudEvent(
          'death',
          district,
          { caseId: 'W-1', status: 'deceased', since: `${dayAgo(4)}T02:00:00Z` },
          { type: 'case-status-changed', time: `${dayAgo(4)}T02:00:00Z`, source: 'benh-vien' },
        ),
      );
      await post(scratch, cloudEvent('case', district, { caseId: 'W-1', areaId: 'a1', confirmedDate: dayAgo(5) }));
      const right = { one: 'deceased', listed: 'deceased', active: 0, openEnds: 1 };
      return settled(async () => {
        const one = await scratch
          .get<{ status: string; versions: { knownUntil: string | null }[] }>('/api/epidemic/cases/W-1')
          .catch(() => undefined);
        const { items } = await scratch.get<{ items: { status: string }[] }>('/api/epidemic/cases');
        return {
          one: one?.status,
          listed: items[0]?.status,
          active: (await scratch.figures('epidemic')).get(`${district} active-cases`)?.value,
          openEnds: one?.versions.filter(({ knownUntil }) => knownUntil === null || knownUntil === 'infinity').length,
        };
      }, right);
    },
  },
  {
    number: 'P29',
    what: 'a new layer of wards ends those that it does not name: no ground is counted twice',
    right: { before: 4, after: 2 },
    ask: async (scratch) => {
      const merged = wardsOfReform.map(({ id, name, code, west, south, east, north }) => ({
        type: 'Feature',
        properties: { ma: id, ten: name, code, cap: 'ward' },
        geometry: {
          type: 'Polygon',
          coordinates: [
            [
              [west, south],
              [east, south],
              [east, north],
              [west, north],
              [west, south],
            ],
          ],
        },
      }));
      await scratch.importFile(
        'areas',
        '29.geojson',
        JSON.stringify({ type: 'FeatureCollection', features: merged }),
        ...['--valid-from', '2025-07-01', '--root', scratch.district, '--root-name', `Quận ${scratch.district}`],
      );
      const wardsOn = async (onDay: string) => {
        const { features } = await scratch.get<{ features: { properties: { level: string } }[] }>(
          '/api/geography/areas',
          { onDay },
        );
        return features.filter(({ properties }) => properties.level === 'ward').length;
      };
      return settled(async () => ({ before: await wardsOn('2025-06-30'), after: await wardsOn('2025-08-01') }), {
        before: 4,
        after: 2,
      });
    },
  },
  {
    number: 'P31',
    what: 'a list loaded in one go says nothing of delays: no nowcast, no Rt, no growth, no forecast',
    right: { reason: 'bulk-load', nowcasts: 0, reproduction: 0, growth: null, forecast: 'bulk-load' },
    ask: async (scratch) => {
      await scratch.importFile('population', 'people.csv', population);
      const names = ['Tân Phú', 'Bình Thuận', 'Phú Mỹ', 'Tân Quy'];
      const rows = Array.from({ length: 61 }, (_, index) => dayAgo(61 - index)).flatMap((day, at) =>
        Array.from({ length: 12 }, (_, n) => `N-${at}-${n},${names[n % 4]},${day}`),
      );
      await scratch.importFile('cases', '31.csv', lines('ma_ca,phuong,ngay_xac_nhan', ...rows));
      await settled(() => totalOf(scratch, '/api/epidemic/cases'), 732);
      const right = { reason: 'bulk-load', nowcasts: 0, reproduction: 0, growth: null, forecast: 'bulk-load' };
      return settled(async () => {
        const statistics = await scratch.get<{
          series: { nowcast: object | null }[];
          reproduction: object[];
          growth: object | null;
          abstention: { reason: string } | null;
        }>('/api/epidemic-statistics');
        const forecast = await scratch.get<{ abstention: { reason: string } | null }>('/api/forecasts', {
          areaId: scratch.district,
        });
        return {
          reason: statistics.abstention?.reason,
          nowcasts: statistics.series.filter(({ nowcast }) => nowcast).length,
          reproduction: statistics.reproduction.length,
          growth: statistics.growth,
          forecast: forecast.abstention?.reason,
        };
      }, right);
    },
  },
  {
    number: 'P34',
    what: 'a file of rejected rows opens in a spreadsheet with its accents: it begins with a byte-order mark',
    right: [0xef, 0xbb, 0xbf],
    ask: async (scratch) => {
      const form = new FormData();
      form.set(
        'file',
        new File([lines('ma_ca,phuong,ngay_xac_nhan', `F-1,Phường Không Có Thật,${dayAgo(1)}`)], 'cases.csv'),
      );
      const { id } = (await (await scratch.request('/api/imports/cases', { method: 'POST', body: form })).json()) as {
        id: string;
      };
      const rejects = async () => {
        const response = await scratch.request(`/api/imports/${id}/rejects`);
        return response.ok ? [...new Uint8Array(await response.arrayBuffer()).subarray(0, 3)] : response.status;
      };
      return settled(rejects, [0xef, 0xbb, 0xbf]);
    },
  },
  {
    number: 'P35',
    what: 'a week over New Year stays one period, and days stay on their day',
    right: { periods: ['2020-12-20', '2020-12-27', '2021-01-03'], days: 7 },
    ask: async (scratch) => {
      await scratch.importFile(
        'case-counts',
        '35-counts.csv',
        lines(
          'Phường,Từ ngày,Đến ngày,Số ca',
          'Tân Phú,2020-12-20,2020-12-26,14',
          'Tân Phú,2020-12-27,2021-01-02,21',
          'Tân Phú,2021-01-03,2021-01-09,28',
        ),
      );
      const days = ['2020-12-26', '2020-12-27', '2020-12-31', '2021-01-01', '2021-01-02', '2021-01-03', '2021-01-04'];
      await scratch.importFile(
        'cases',
        '35-cases.csv',
        lines('ma_ca,phuong,ngay_xac_nhan', ...days.map((day, index) => `Y-${index},Bình Thuận,${day}`)),
      );
      const range = { from: '2020-12-01', to: '2021-01-31' };
      const right = { periods: ['2020-12-20', '2020-12-27', '2021-01-03'], days: 7 };
      return settled(async () => {
        const of = (areaId: string) =>
          scratch.get<{ days: { cases: number }[]; published: { periodStart: string }[] }>('/api/epidemic/series', {
            ...range,
            areaId,
          });
        const [counts, cases] = [await of('a1'), await of('a2')];
        return {
          periods: counts.published.map(({ periodStart }) => periodStart).sort(),
          days: cases.days.filter((day) => day.cases === 1).length,
        };
      }, right);
    },
  },
  {
    number: 'P38',
    what: 'what lies in no ward counts in the district and stands in its list',
    right: { district: 3, whole: 3, list: 3 },
    ask: async (scratch) => {
      await scratch.importFile(
        'violations',
        '38.csv',
        lines(
          'ma_ho_so,hanh_vi,ngay_phat_hien,phuong',
          `V-1,không phép,${dayAgo(1)},Tân Phú`,
          `V-2,lấn chiếm,${dayAgo(1)},`,
          `V-3,không phép,${dayAgo(1)},`,
        ),
        '--no-place',
      );
      const right = { district: 3, whole: 3, list: 3 };
      return settled(async () => {
        const figures = await scratch.figures('urban-order');
        const own = figures.get(`${scratch.district} violations-open`);
        return {
          district: own?.value,
          whole: figures.get('whole violations-open')?.value,
          list: own?.list ? await totalOf(scratch, own.list) : undefined,
        };
      }, right);
    },
  },
  {
    number: 'P44',
    what: 'age groups that cover all ages are a denominator; nobody living there is no rate',
    right: [5, null],
    ask: async (scratch) => {
      await scratch.importFile(
        'population',
        '44-people.csv',
        lines(
          'Phường,Nhóm tuổi,Dân số,Từ ngày',
          'Tân Phú,0-17,5000,2020-01-01',
          'Tân Phú,18-64,12000,2020-01-01',
          'Tân Phú,65+,3000,2020-01-01',
          'Bình Thuận,all,0,2020-01-01',
        ),
      );
      await scratch.importFile(
        'cases',
        '44.csv',
        lines('ma_ca,phuong,ngay_xac_nhan', `P-1,Tân Phú,${dayAgo(2)}`, `P-2,Bình Thuận,${dayAgo(2)}`),
      );
      return settled(
        async () => valuesAt(await scratch.figures('epidemic'), 'a1 incidence-7d', 'a2 incidence-7d'),
        [5, null],
      );
    },
  },
  {
    number: 'P48',
    what: 'P.1, Phường 1, 1 and 01 are Phường 01',
    shapes: [
      { id: 'n1', name: 'Phường 01', code: '26896', west: 106.66, south: 10.82 },
      { id: 'n3', name: 'Phường 03', code: '26902', west: 106.68, south: 10.82 },
      { id: 'n10', name: 'Phường 10', code: '26893', west: 106.66, south: 10.84 },
    ],
    right: { accepted: 7, n1: 5 },
    ask: async (scratch) => {
      const names = ['Phường 1', 'P.1', '1', '01', 'Phường 01', 'Phường 3', 'P10'];
      const output = await scratch.importFile(
        'cases',
        '48.csv',
        lines('ma_ca,phuong,ngay_xac_nhan', ...names.map((name, index) => `N-${index},${name},${dayAgo(1)}`)),
      );
      return {
        accepted: taken(output),
        n1: await settled(() => totalOf(scratch, '/api/epidemic/cases', { areaId: 'n1' }), 5),
      };
    },
  },
  {
    number: 'P49',
    what: 'one unreadable optional cell does not cost the case; who is only suspected is no case',
    right: { accepted: 2, cases: 2 },
    ask: async (scratch) => {
      const output = await scratch.importFile(
        'cases',
        '49.csv',
        lines(
          'ID,Status,Location,City,Age,Gender,Date_onset,Date_confirmation,Outcome,ward',
          `1,confirmed,Trạm y tế,Quận 7,20-40,male,${dayAgo(8)},${dayAgo(5)},,Tân Phú`,
          `2,suspected,Trạm y tế,Quận 7,31,female,${dayAgo(8)},,,Phú Mỹ`,
          `3,confirmed,Chung cư,Quận 7,,male,,${dayAgo(3)},Death,Tân Quy`,
        ),
      );
      return { accepted: taken(output), cases: await settled(() => totalOf(scratch, '/api/epidemic/cases'), 2) };
    },
  },
  {
    number: 'P51',
    what: 'OGC: a day is the local day; tiles, list and OGC have the same rows (N18)',
    right: { day: 1, matched: 2, list: 2 },
    ask: async (scratch) => {
      const post = (path: string, body: object) =>
        scratch.request(path, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(body),
        });
      const report = async (violationId: string, day: string) =>
        post('/api/urban-order/violations', {
          violationId,
          kind: 'encroachment',
          occurredAt: `${day}T12:00:00+07:00`,
          location: { lon: 106.705, lat: 10.725 },
        });
      for (const [id, days] of [
        ['O-1', 9],
        ['O-2', 8],
        ['O-3', 7],
      ] as const)
        await report(id, dayAgo(days));
      await settled(() => totalOf(scratch, '/api/urban-order/violations'), 3);
      await post('/api/urban-order/violations/O-3/merge', { intoViolationId: 'O-2' });
      const matched = async (query: Record<string, string>) => {
        const { origin } = new URL((await scratch.request('/api/feeds')).url);
        const response = await scratch.fetch(
          `${origin}/api/ogc/collections/${scratch.district}.violation/items?${new URLSearchParams(query)}`,
        );
        return ((await response.json()) as { numberMatched: number }).numberMatched;
      };
      const right = { day: 1, matched: 2, list: 2 };
      return settled(
        async () => ({
          day: await matched({ datetime: dayAgo(9) }),
          matched: await matched({}),
          list: await totalOf(scratch, '/api/urban-order/violations'),
        }),
        right,
      );
    },
  },
  {
    number: 'P45',
    what: 'more people vaccinated than live there: shown as it was published, with its reason, and not cut off at 100 %',
    right: { coverage: 1.15, isExplained: true },
    ask: async (scratch) => {
      await scratch.importFile('population', 'people.csv', lines('Phường,Dân số,Từ ngày', 'Tân Quy,1000,2020-01-01'));
      await scratch.importFile(
        'vaccination',
        '45.csv',
        lines('Phường,Ngày,Mũi 1,Mũi 2,Mũi 3', `Tân Quy,${written(dayAgo(2))},1150,910,10`),
      );
      return settled(
        async () => {
          const figure = (await scratch.figures('epidemic')).get('a4 coverage-one-dose');
          const text = JSON.stringify(await scratch.get<unknown>('/api/epidemic/formulas'));
          return { coverage: figure?.value ?? null, isExplained: text.includes('vượt 100 %') };
        },
        { coverage: 1.15, isExplained: true },
      );
    },
  },
  {
    number: 'N01',
    what: 'the list behind a coverage sums to the figure: adults of all wards, each over the adults who live there',
    right: { adults: 0.75, listed: 3000, all: null },
    ask: async (scratch) => {
      const names = ['Tân Phú', 'Bình Thuận', 'Phú Mỹ', 'Tân Quy'];
      await scratch.importFile(
        'population',
        'people.csv',
        lines(
          'Phường,Nhóm tuổi,Dân số,Từ ngày',
          ...names.flatMap((name) => [`${name},all,1600,2020-01-01`, `${name},18+,1000,2020-01-01`]),
        ),
      );
      await scratch.importFile(
        'vaccination',
        'n01.csv',
        lines(
          'Phường,Ngày,Nhóm tuổi,Mũi 1,Mũi 2',
          ...names.map((name, index) => `${name},${written(dayAgo(2))},18+,${600 + 100 * index},500`),
        ),
      );
      const right = { adults: 0.75, listed: 3000, all: null };
      return settled(async () => {
        const figures = await scratch.figures('epidemic');
        const key = (formula: string) => `${scratch.district} ${formula}`;
        const list = figures.get(key('coverage-one-dose-18'))?.list;
        const { items } = list
          ? await scratch.get<{ items: { peopleAtLeastOneDose: number | null }[] }>(list)
          : { items: [] };
        return {
          adults: figures.get(key('coverage-one-dose-18'))?.value ?? null,
          listed: items.reduce((sum, row) => sum + (row.peopleAtLeastOneDose ?? 0), 0),
          // Of children nothing is said: there is no coverage of all ages.
          all: figures.get(key('coverage-one-dose'))?.value ?? null,
        };
      }, right);
    },
  },
  {
    number: 'N22',
    what: 'a version of a case ends where the next one begins',
    right: { versions: 2, ends: true, isOpen: true },
    ask: async (scratch) => {
      await post(
        scratch,
        cloudEvent('n22', scratch.district, { caseId: 'n22', areaId: 'a1', confirmedDate: dayAgo(5) }),
      );
      await post(
        scratch,
        cloudEvent(
          'n22-end',
          scratch.district,
          { caseId: 'n22', status: 'recovered' },
          { type: 'case-status-changed', time: `${dayAgo(1)}T02:00:00Z` },
        ),
      );
      return settled(
        async () => {
          const { versions } = await scratch.get<{ versions: { knownAt: string; knownUntil: string | null }[] }>(
            '/api/epidemic/cases/n22',
          );
          const [first, second] = versions.toSorted((one, other) => (one.knownAt < other.knownAt ? -1 : 1));
          return {
            versions: versions.length,
            ends: Date.parse(first?.knownUntil ?? '') === Date.parse(second?.knownAt ?? ''),
            isOpen: Number.isNaN(Date.parse(second?.knownUntil ?? 'never')),
          };
        },
        { versions: 2, ends: true, isOpen: true },
      );
    },
  },
  ...placeCases,
  ...clockCases,
  ...numberCases,
  ...siblingCases,
];

/** Two wards over the ground of four: the west and the east. Names and the reused code are those of 2025-07-01. */
const wardsOfReform = [
  { id: '27490', name: 'Phường Tân Thuận', code: '27490', west: 106.7, south: 10.72, east: 106.72, north: 10.76 },
  { id: '27475', name: 'Phường Phú Thuận', code: '27475', west: 106.72, south: 10.72, east: 106.74, north: 10.76 },
];
