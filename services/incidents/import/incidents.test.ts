import { describe, expect, test } from 'vitest';
import '../../services.ts';
import type { OutgoingEvent } from '../../imports/import-event.ts';
import { rowKind } from '../../imports/kinds.ts';
import { planImport } from '../../imports/plan-import.ts';
import { type RejectedRow, runImport } from '../../imports/run-import.ts';
import { textSource } from '../../imports/table/source-bytes.ts';

const target = {
  district: 'q7',
  timeZone: 'Asia/Ho_Chi_Minh',
  clock: 'recorded' as const,
  centre: { lon: 106.728, lat: 10.734 },
  areas: [{ areaId: 'q7-tan-phu', name: 'Phường Tân Phú', code: '27487' }],
};

async function take(text: string) {
  const events: OutgoingEvent[] = [];
  const rejected: RejectedRow[] = [];
  const plan = await planImport({
    kind: rowKind('incidents'),
    source: textSource(text, 'f.csv'),
    sourceName: 'f.csv',
    target,
  });
  await runImport(plan, {
    send: async (batch) => {
      events.push(...batch);
      return { accepted: batch.length, duplicates: 0, rejected: [] };
    },
    settled: (rows) => rejected.push(...rows),
  });
  return {
    said: events.map(({ type, data }) => ({ type, data })),
    problems: rejected.flatMap(({ problems }) => problems),
  };
}

describe('incidents from a spreadsheet', () => {
  test('Vietnamese: a report, an end by a column of its own, a false report by its status', async () => {
    const { said, problems } = await take(
      'Mã sự cố;Loại;Mức độ;Thời gian;Phường;Vị trí;Địa chỉ;Nguồn tin;Thời gian xử lý xong;Kết quả;Trạng thái;Mô tả\n' +
        'SC-1;Kẹt xe;2;29/11/2026 07:30;Phường Tân Phú;"(10.731, 106.726)";Nguyễn Văn Linh;Đường dây nóng;29/11/2026 08:10;Tự hết;;xe đông\n' +
        'SC-2;Ngập đường;3 – nặng;29/11/2026 17:00;Phường Tân Phú;;;;;;Đang diễn ra;\n' +
        'SC-3;Cháy;4;29/11/2026 18:00;Phường Tân Phú;;;;;;Báo sai;\n',
    );
    expect(problems).toEqual([]);
    expect(said).toEqual([
      {
        type: 'incident-reported',
        data: {
          incidentId: 'SC-1',
          kind: 'congestion',
          severity: 2,
          occurredAt: '2026-11-29T00:30:00.000Z',
          areaId: 'q7-tan-phu',
          location: { lon: 106.726, lat: 10.731 },
          address: 'Nguyễn Văn Linh',
          source: 'hotline',
          description: 'xe đông',
        },
      },
      {
        type: 'incident-cleared',
        data: { incidentId: 'SC-1', occurredAt: '2026-11-29T01:10:00.000Z', outcome: 'passed-by-itself' },
      },
      {
        type: 'incident-reported',
        data: expect.objectContaining({ incidentId: 'SC-2', kind: 'flooding', severity: 3 }),
      },
      { type: 'incident-reported', data: expect.objectContaining({ incidentId: 'SC-3', kind: 'fire', severity: 4 }) },
      { type: 'incident-dismissed', data: { incidentId: 'SC-3', occurredAt: '2026-11-29T11:00:00.000Z' } },
    ]);
  });

  test('English; a severity of 5, an unknown kind, an end before the report are refused with column and reason', async () => {
    const { said, problems } = await take(
      'incident id,kind,severity,reported at,latitude,longitude,cleared at,status\n' +
        'i1,fallen tree,1,2026-11-29T10:00:00+07:00,10.731,106.726,2026-11-29T11:00:00+07:00,cleared\n' +
        'i2,crash,5,2026-11-29T10:00:00+07:00,10.731,106.726,,\n' +
        'i3,ufo,1,2026-11-29T10:00:00+07:00,10.731,106.726,,\n' +
        'i4,crash,1,2026-11-29T10:00:00+07:00,10.731,106.726,2026-11-29T09:00:00+07:00,\n' +
        'i5,crash,1,2026-11-29T10:00:00+07:00,10.731,106.726,2026-11-29T11:00:00+07:00,going on\n',
    );
    expect(said.map(({ type }) => type)).toEqual(['incident-reported', 'incident-cleared']);
    expect([...new Set(problems.map(({ line, column }) => `${line} ${column}`))]).toEqual([
      '3 severity',
      '4 kind',
      '5 cleared at',
      '6 cleared at',
    ]);
  });
});
