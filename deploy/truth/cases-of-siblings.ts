// Relatives of the cases that were handed in, found by attacking the product with inputs of our own.
import { createRandom } from '../../ml/numerics/random.ts';
import { dayAgo, type Scratch, settled, written } from './scratch.ts';
import { lines, type TruthCase, totalOf } from './telling.ts';

const accepted = (output: string) => Number(/accepted (\d+)/.exec(output)?.[1] ?? 0);
const names = ['Tân Phú', 'Bình Thuận', 'Phú Mỹ', 'Tân Quy'];
const wards = ['a1', 'a2', 'a3', 'a4'];

export const siblingCases: readonly TruthCase[] = [
  {
    number: 'S01',
    what: 'deaths in a second table below the cases, under the same first columns, are no cases',
    right: [30, 40],
    ask: async (scratch) => {
      const week = `${written(dayAgo(7))},${written(dayAgo(1))}`;
      await scratch.importFile(
        'case-counts',
        's01.csv',
        lines(
          'Phường,Từ ngày,Đến ngày,Số ca',
          `Tân Phú,${week},30`,
          `Bình Thuận,${week},40`,
          ',,,',
          'Phường,Từ ngày,Đến ngày,Tử vong',
          `Tân Phú,${week},1`,
          `Bình Thuận,${week},2`,
        ),
      );
      return settled(async () => {
        const figures = await scratch.figures('epidemic', dayAgo(1));
        return ['a1', 'a2'].map((ward) => figures.get(`${ward} cases-7d`)?.value ?? null);
      }, [30, 40]);
    },
  },
  {
    number: 'S02',
    what: '"Số ca (cộng dồn)" and "Số ca" over "Tích lũy" are running totals and no new cases; "Dân số (nghìn người)" is not people',
    right: { brackets: 0, merged: [4], thousands: 0 },
    ask: async (scratch) => {
      const daily = ['--period', 'day'];
      const brackets = lines('Phường,Ngày,Số ca (cộng dồn)', `Tân Phú,${dayAgo(1)},300`);
      const merged = lines('Phường,Ngày,Số ca,', ',,Tích lũy,Trong ngày', `Tân Phú,${dayAgo(1)},300,4`);
      const thousands = lines('Phường,Từ ngày,Dân số (nghìn người)', 'Tân Phú,2020-01-01,12', 'Tân Quy,2020-01-01,20');
      const took = accepted(await scratch.importFile('case-counts', 's02a.csv', brackets, ...daily));
      await scratch.importFile('case-counts', 's02b.csv', merged, ...daily);
      const counts = async () =>
        (await scratch.get<{ items: { cases: number }[] }>('/api/epidemic/counts', { measure: 'new-cases' })).items.map(
          ({ cases }) => cases,
        );
      return {
        brackets: took,
        merged: await settled(counts, [4]),
        thousands: accepted(await scratch.importFile('population', 's02c.csv', thousands)),
      };
    },
  },
  {
    number: 'S03',
    what: 'a programme’s instant (17:00 UTC) is the next day here; midnight UTC is a day alone',
    right: [dayAgo(3), dayAgo(4)],
    ask: async (scratch) => {
      const rows = [`Z-1,Tân Phú,${dayAgo(4)}T17:00:00.000Z`, `Z-2,Tân Phú,${dayAgo(4)}T00:00:00.000Z`];
      await scratch.importFile('cases', 's03.csv', lines('ma_ca,phuong,ngay_xac_nhan', ...rows));
      const confirmed = () =>
        Promise.all(
          ['Z-1', 'Z-2'].map((id) =>
            scratch
              .get<{ confirmedDate: string }>(`/api/epidemic/cases/${id}`)
              .then(({ confirmedDate }) => confirmedDate)
              .catch(() => null),
          ),
        );
      return settled(confirmed, [dayAgo(3), dayAgo(4)]);
    },
  },
  {
    number: 'S04',
    what: 'BN 001, bn001 and BN-001 in one list are one person: the second and third row are refused',
    right: { accepted: 2, cases: 2 },
    ask: async (scratch) => {
      const ids = ['BN 001', 'bn001', 'BN-001', 'BN002'];
      const rows = ids.map((id, index) => `${id},${names[index]},${dayAgo(2)}`);
      const output = await scratch.importFile('cases', 's04.csv', lines('ma_ca,phuong,ngay_xac_nhan', ...rows));
      return {
        accepted: accepted(output),
        cases: await settled(() => totalOf(scratch, '/api/epidemic/cases'), 2),
      };
    },
  },
  {
    number: 'S05',
    what: 'a blank age group below a merged cell is not all ages: the row is refused',
    right: 1,
    ask: async (scratch) => {
      const rows = ['65+,Tân Phú,900,2020-01-01', ',Tân Quy,500,2020-01-01'];
      const output = await scratch.importFile(
        'population',
        's05.csv',
        lines('Nhóm tuổi,Phường,Dân số,Từ ngày', ...rows),
      );
      return accepted(output);
    },
  },
  {
    number: 'S06',
    what: 'sixty days of daily counts with gaps, held-back days and corrections: each ward’s and the district’s 7 and 14 days are plain sums on every day',
    right: { compared: 420, different: [] },
    ask: dailyCounts,
  },
  {
    number: 'S07',
    what: '"Tính đến ngày" beside "Số ca", and numbers that never fall, are asked about under --period day; told, they are counted as told',
    right: { asOf: 0, neverFall: 0, told: 8 },
    ask: async (scratch) => {
      const daily = ['--period', 'day'];
      const totals = [4, 9, 9, 15, 22, 23, 31, 40];
      const file = (day: string) =>
        lines(`Phường,${day},Số ca`, ...totals.map((total, index) => `Tân Phú,${dayAgo(8 - index)},${total}`));
      const taken = async (name: string, day: string, ...options: string[]) =>
        accepted(await scratch.importFile('case-counts', name, file(day), ...daily, ...options));
      return {
        asOf: await taken('s07a.csv', 'Tính đến ngày'),
        neverFall: await taken('s07b.csv', 'Ngày'),
        told: await taken('s07c.csv', 'Ngày', '--set', 'measure=cumulative-cases'),
      };
    },
  },
  {
    number: 'S09',
    what: 'two rows of one ward and day that say different numbers contradict each other: the second is refused, and the first counts',
    right: { accepted: 2, ward: 3 },
    ask: async (scratch) => {
      const rows = [`Tân Phú,${dayAgo(1)},3`, `Tân Phú,${dayAgo(1)},40`, `Tân Quy,${dayAgo(1)},4`];
      const file = lines('Phường,Ngày,Số ca', ...rows);
      const output = await scratch.importFile('case-counts', 's09.csv', file, '--period', 'day');
      const counted = async () => {
        const query = { measure: 'new-cases', areaId: 'a1' };
        const { items } = await scratch.get<{ items: { areaId: string; cases: number }[] }>(
          '/api/epidemic/counts',
          query,
        );
        return items.find(({ areaId }) => areaId === 'a1')?.cases ?? null;
      };
      return { accepted: accepted(output), ward: await settled(counted, 3) };
    },
  },
  {
    number: 'S08',
    what: '">65" is 66 and over, "dưới 18" is 0 to 17, "≥ 65" and "từ 65" are 65 and over; months are refused',
    right: { asRead: ['66+', '0-17'], accepted: 4 },
    ask: async (scratch) => {
      const rows = [
        '>65,Tân Phú,90',
        'dưới 18,Tân Phú,300',
        '≥ 65,Tân Quy,95',
        'từ 65,Phú Mỹ,80',
        '6-23 tháng,Phú Mỹ,20',
      ];
      const file = lines('Nhóm tuổi,Phường,Dân số,Từ ngày', ...rows.map((row) => `${row},2020-01-01`));
      const output = await scratch.importFile('population', 's08.csv', file);
      return {
        // Each note is printed in both languages.
        asRead: [
          ...new Set([...output.matchAll(/(?:is read as|được hiểu là) (\d+(?:\+|-\d+))/g)].map(([, group]) => group)),
        ],
        accepted: accepted(output),
      };
    },
  },
];

/** Every day that a window of 14 fits, four wards and the district, 7 and 14 days, against sums of our own. */
async function dailyCounts(scratch: Scratch): Promise<unknown> {
  const random = createRandom(77);
  const days = 60;
  const known = new Map<string, number | null>();
  const rows: string[] = [];
  const say = (ward: number, age: number, value: number | null) => {
    known.set(`${ward} ${age}`, value);
    rows.push(`${names[ward]};${written(dayAgo(age))};${value === null ? '<5' : thousands(value)}`);
  };
  for (let age = days; age > 0; age--)
    for (let ward = 0; ward < 4; ward++)
      if (random.below(50) > 0) say(ward, age, random.below(60) === 0 ? null : random.below(1500));
  const head = 'Phường;Ngày;Số ca';
  await scratch.importFile('case-counts', 's06.csv', lines(head, ...rows), '--period', 'day');
  rows.length = 0;
  for (let times = 0; times < 20; times++) {
    const [ward, age] = [random.below(4), 1 + random.below(days)];
    if (rows.some((row) => row.startsWith(`${names[ward]};${written(dayAgo(age))}`))) continue;
    say(ward, age, random.below(5) === 0 ? null : 1000 + random.below(500));
  }
  await scratch.importFile('case-counts', 's06.csv', lines(head, ...rows), '--period', 'day');
  const held = [...known.values()].filter((value) => value === null).length;
  await settled(async () => {
    const { items } = await scratch.get<{ items: { suppressed: boolean }[] }>('/api/epidemic/counts', {
      measure: 'new-cases',
    });
    return [items.length, items.filter(({ suppressed }) => suppressed).length];
  }, [known.size, held]);

  const sum = (ward: number, end: number, window: number): number | null => {
    let cases = 0;
    for (let age = end; age < end + window; age++) {
      const value = known.get(`${ward} ${age}`);
      if (value === undefined || value === null) return null;
      cases += value;
    }
    return cases;
  };
  const everyWard = [0, 1, 2, 3];
  /** The newest day at `age` or before of which all these wards said something. */
  const newest = (of: readonly number[], age: number) => {
    let end = age;
    while (end <= days && !of.every((ward) => known.has(`${ward} ${end}`))) end++;
    return end;
  };
  const different: string[] = [];
  let compared = 0;
  for (let age = 1; age <= 42; age++) {
    const figures = await scratch.figures('epidemic', dayAgo(age));
    for (const window of [7, 14]) {
      const shown = (area: string) => figures.get(`${area} cases-${window}d`)?.value ?? null;
      const ofWards = everyWard.map((ward) => sum(ward, newest([ward], age), window));
      const parts = everyWard.map((ward) => sum(ward, newest(everyWard, age), window));
      const whole = parts.some((part) => part === null) ? null : parts.reduce<number>((all, part) => all + part!, 0);
      for (const [area, right] of [
        ...wards.map((id, ward) => [id, ofWards[ward]] as const),
        [scratch.district, whole] as const,
      ]) {
        compared++;
        if (shown(area) !== right) different.push(`${area} ${dayAgo(age)} ${window}: ${shown(area)}, right ${right}`);
      }
    }
  }
  return { compared, different };
}

/** As Vietnamese spreadsheets write it. */
const thousands = (value: number): string =>
  value < 1000 ? String(value) : `${Math.floor(value / 1000)}.${String(value % 1000).padStart(3, '0')}`;
