// Whatever a row is refused for, or noted of it, has words in both languages.
import { expect, test } from 'vitest';
import '../services.ts';
import { kindNames, rowKind } from './kinds.ts';
import { planImport } from './plan-import.ts';
import { type RejectedRow, runImport } from './run-import.ts';
import { textSource } from './table/source-bytes.ts';

const target = {
  ...{ district: 'q7', name: 'Quận 7', timeZone: 'Asia/Ho_Chi_Minh', clock: 'live' as const },
  areas: [
    { areaId: 'phu-thuan', name: 'Phường Phú Thuận' },
    { areaId: 'tan-my', name: 'Phường Tân Mỹ' },
  ],
};
const nasties = [
  'x y',
  '-1',
  '999999999',
  '0.5',
  '<5',
  '31/02/2026',
  '01/01/2999',
  '1,2E+11',
  '#REF!',
  'Phường Tân My',
  '95.5 200.1',
  'Ẩn',
  '1-2',
  'a'.repeat(300),
  '',
];
/** A cell that fits most fields of its type, so that one wrong cell at a time is looked at. */
const fitting: Record<string, string> = {
  whole: '1',
  number: '1',
  day: '2026-01-02',
  instant: '2026-01-02 10:00',
  area: 'Tân Mỹ',
};

test.each(kindNames().filter((name) => name !== 'areas'))('%s', async (name) => {
  const kind = rowKind(name);
  const fields = kind.fields;
  const lines = fields.flatMap(({ name: wrong }, place) =>
    nasties.map((nasty, index) =>
      fields
        .map((field) => (field.name === wrong ? nasty : (fitting[field.type] ?? `v${place}-${index}`)))
        .map((cell) => `"${cell}"`)
        .join(','),
    ),
  );
  const rejected: RejectedRow[] = [];
  let notes: { note: string; noteVi?: string }[] = [];
  // A file of one row for each line: what one row has wrong must not make a column doubtful for all.
  for (const line of lines) {
    const plan = await planImport({
      ...{ kind, sourceName: 'file.csv', target, periodDays: 7 },
      source: textSource(`${fields.map((field) => field.name).join(',')}\n${line}\n`, 'file.csv'),
    }).catch((error: Error & { words?: { vi: string; en: string } }) => error);
    if (plan instanceof Error) continue;
    const summary = await runImport(plan, {
      send: async (events) => ({ accepted: events.length, duplicates: 0, rejected: [] }),
      settled: (rows) => rejected.push(...rows),
    });
    notes = [...notes, ...(summary.notes ?? [])];
  }
  const problems = rejected.flatMap((row) => row.problems);
  expect(problems.length).toBeGreaterThan(5);
  const silent = problems.filter(({ reason, reasonVi }) => !reasonVi || reasonVi === reason);
  expect([...new Set(silent.map(({ reason }) => reason))]).toEqual([]);
  const silentNotes = notes.filter(({ note, noteVi }) => !noteVi || noteVi === note);
  expect([...new Set(silentNotes.map(({ note }) => note))]).toEqual([]);
});
