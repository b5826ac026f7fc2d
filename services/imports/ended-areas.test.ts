import { expect, test } from 'vitest';
import '../services.ts';
import { type AreaRegister, type AreaStatement, withArea } from '#contracts/area-register.ts';
import { judgeEvents } from '../intake/events-api.ts';
import type { OutgoingEvent } from './import-event.ts';
import { rowKind } from './kinds.ts';
import { planImport } from './plan-import.ts';
import { type RejectedRow, runImport } from './run-import.ts';
import { textSource } from './table/source-bytes.ts';

const until = '2025-07-01';
const target = {
  district: 'q0',
  timeZone: 'Asia/Ho_Chi_Minh',
  clock: 'live' as const,
  areas: [{ areaId: 'tan-hung', name: 'Phường Tân Hưng' }],
  before: { until, areas: [{ areaId: 'tan-kieng', name: 'Phường Tân Kiểng' }] },
};
const said = (areaId: string, more: Partial<AreaStatement> = {}): AreaStatement => ({
  areaId,
  parentId: null,
  level: 'ward',
  name: areaId,
  validFrom: '1997-04-01',
  ...more,
});
const areas = [
  said('tan-kieng'),
  said('tan-kieng', { validFrom: until, abolished: true, successors: [{ areaId: 'tan-hung', share: 1 }] }),
  said('tan-hung', { validFrom: until }),
].reduce<AreaRegister>(withArea, new Map());

async function take(kind: string, text: string) {
  const events: OutgoingEvent[] = [];
  const rejected: RejectedRow[] = [];
  const plan = await planImport({
    kind: rowKind(kind),
    source: textSource(text, 'f.csv'),
    sourceName: 'f.csv',
    target,
  });
  const { notes } = await runImport(plan, {
    send: async (batch) => {
      events.push(...batch);
      return { accepted: batch.length, duplicates: 0, rejected: [] };
    },
    settled: (rows) => rejected.push(...rows),
  });
  return { events, notes, problems: rejected.flatMap(({ problems }) => problems) };
}
const rules = () => ({ clock: 'live' as const, exercise: false, timeZone: target.timeZone, places: { areas } });
const door = (events: unknown[]) =>
  judgeEvents(events, { rules, now: () => new Date('2026-11-30T03:00:00Z') }, { programme: 'import', requestId: 'r' })
    .receipt;

const head = 'ma ca,phuong,ngay xac nhan,ngay khoi phat\n';
const row = (confirmed: string, onset = '') => `C1,Tân Kiểng,${confirmed},${onset}\n`;

test.each([
  ['2025-06-30', '', true],
  ['2025-07-01', '', false],
  // Of two days the earlier one says which borders held.
  ['2025-07-02', '2025-06-30', true],
  ['2025-07-02', '2025-07-01', false],
])(
  'a row of %s with onset "%s" that names a ward that ended: the file and the door say the same',
  async (confirmed, onset, isTaken) => {
    const { events, notes, problems } = await take('cases', head + row(confirmed, onset));
    const sent = {
      specversion: '1.0',
      id: '1',
      source: '/lab',
      type: 'case-confirmed',
      time: `${confirmed}T05:00:00Z`,
      district: 'q0',
      data: { caseId: 'C1', areaId: 'tan-kieng', confirmedDate: confirmed, ...(onset && { onsetDate: onset }) },
    };
    expect([events.length, door([sent]).accepted]).toEqual(isTaken ? [1, 1] : [0, 0]);
    expect(door(events).rejected).toEqual([]);
    if (isTaken) {
      expect(notes).toMatchObject([
        { note: expect.stringContaining('the row is of a day before'), noteVi: expect.stringContaining('01/07/2025') },
      ]);
      return;
    }
    expect(notes).toEqual([]);
    expect(problems).toEqual([
      {
        line: 2,
        column: 'phuong',
        value: 'Tân Kiểng',
        reason: '"Tân Kiểng" ended on 2025-07-01, and the row is of 2025-07-01: name the area of that day',
        reasonVi: '“Tân Kiểng” đã kết thúc từ 01/07/2025, mà dòng này của ngày 01/07/2025: hãy ghi khu vực của ngày đó',
      },
    ]);
  },
);

test('a count of a period that began before the end may name it', async () => {
  const counts = (start: string) =>
    take('case-counts', `phuong,period start,period end,cases\nTân Kiểng,${start},2025-07-06,3\n`);
  expect((await counts('2025-06-30')).problems).toEqual([]);
  expect((await counts('2025-07-01')).problems).toMatchObject([{ column: 'phuong' }]);
});
