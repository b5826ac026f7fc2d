import { dayOfNumber } from './counts-sql.ts';
import type { WindowCount } from './window-count.ts';

/** Why a figure has no number, or another than it seems. */
export type CountReason = 'no-report' | 'days-missing' | 'suppressed' | 'rate-only';
export interface Note {
  vi: string;
  en: string;
}

/** What must be known of a count over a window: why it has no number, which days it is of. Undefined: nothing. */
export function noteOfCount(
  count: WindowCount,
  { day, runningDay, nameOf }: { day: number; runningDay: number; nameOf: (areaId: string) => string },
): { reason?: CountReason; note?: Note } {
  if (count.cases === null) return whyNot(count, nameOf);
  const notes: Note[] = [];
  if (count.to < day)
    notes.push({
      vi: `số công bố đến hết ${vi(count.to)}: tính ${windowDays(count)} ngày đến hết ngày đó`,
      en: `published through ${en(count.to)}: the ${windowDays(count)} days end there`,
    });
  if (count.to >= runningDay)
    notes.push({
      vi: `ngày ${vi(runningDay)} chưa hết, số còn tăng`,
      en: `${en(runningDay)} is not over: more may come`,
    });
  return notes.length === 0 ? {} : { note: joined(notes) };
}

function whyNot(count: WindowCount, nameOf: (areaId: string) => string): { reason: CountReason; note: Note } {
  const { missingDays, silentParts, suppressed, daysSaid, atLeast } = count;
  const days = windowDays(count);
  const notes: Note[] = [];
  if (silentParts.length > 0) {
    const names = silentParts.slice(0, mostNamed).map(nameOf).join(', ');
    const more = silentParts.length - mostNamed;
    notes.push({
      vi: `chưa có báo cáo của ${names}${more > 0 ? ` và ${more} khu khác` : ''}`,
      en: `no report from ${names}${more > 0 ? ` and ${more} others` : ''}`,
    });
  }
  if (missingDays.length > 0)
    notes.push({
      vi: `mới công bố ${daysSaid} trong ${days} ngày đến hết ${vi(count.to)}; thiếu ${spans(missingDays, vi)}`,
      en: `${daysSaid} of the ${days} days to ${en(count.to)} are published; missing ${spans(missingDays, en)}`,
    });
  const rateOnly = suppressed.length > 0 && suppressed.every((row) => !row.suppressed);
  for (const row of suppressed.slice(0, mostNamed))
    notes.push(
      row.suppressed
        ? {
            vi: `${nameOf(row.areaId)} ${span(row.start, row.end, vi)}: số quá nhỏ nên không công bố, không phải bằng 0`,
            en: `${nameOf(row.areaId)} ${span(row.start, row.end, en)} suppressed: too few to publish, which is not zero`,
          }
        : {
            vi: `${nameOf(row.areaId)} ${span(row.start, row.end, vi)}: chỉ công bố tỉ lệ`,
            en: `${nameOf(row.areaId)} ${span(row.start, row.end, en)}: only a rate is published`,
          },
    );
  if (atLeast > 0) notes.push({ vi: `ít nhất ${atLeast} ca`, en: `at least ${atLeast} cases` });
  const reason =
    silentParts.length > 0
      ? 'no-report'
      : missingDays.length > 0
        ? 'days-missing'
        : rateOnly
          ? 'rate-only'
          : 'suppressed';
  return { reason, note: joined(notes) };
}

const mostNamed = 5;
const windowDays = ({ from, to }: WindowCount) => to - from + 1;
const en = dayOfNumber;
const vi = (day: number) => en(day).split('-').reverse().join('/');
const joined = (notes: readonly Note[]): Note => ({
  vi: notes.map((note) => note.vi).join('; '),
  en: notes.map((note) => note.en).join('; '),
});

/** Days in words, neighbouring ones as from – to. */
function spans(days: readonly number[], written: (day: number) => string): string {
  const ends: [number, number][] = [];
  for (const day of days) {
    const last = ends.at(-1);
    if (last && day <= last[1] + 1) last[1] = day;
    else ends.push([day, day]);
  }
  return ends.map(([from, to]) => span(from, to, written)).join(', ');
}

const span = (from: number, to: number, written: (day: number) => string) =>
  from === to ? written(from) : `${written(from)} – ${written(to)}`;
