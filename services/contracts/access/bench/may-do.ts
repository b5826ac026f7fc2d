// node services/contracts/access/bench/may-do.ts: how long one question takes. The last line is one JSON object.
import '../../../services.ts';
import { mayDo } from '../may-do.ts';
import type { Grant } from '../principal.ts';

const questions = 200_000;
const areas = Array.from({ length: 1500 }, (_, index) => `q7-area-${index}`);
const grants: Grant[] = [
  { role: 'analyst', districts: ['q7'], areas: 'all', from: '2026-01-01T00:00:00Z', until: '2027-01-01T00:00:00Z' },
  { role: 'ward-leader', districts: ['q1', 'q7'], areas },
  { role: 'health-station-officer', districts: ['q1', 'q7'], areas, until: '2027-01-01T00:00:00Z' },
];
const who = { known: true, grants };
const now = Date.parse('2026-11-30T05:00:00Z');
const ask = (index: number) =>
  // The last of its areas, or one that is none of them: the longest way.
  mayDo(who, 'case.report', 'person', { district: 'q7', areas: [index % 2 ? 'q7-area-1499' : 'q7-elsewhere'] }, now);
for (let index = 0; index < questions / 10; index++) ask(index);
const start = performance.now();
let permitted = 0;
for (let index = 0; index < questions; index++) if (ask(index)) permitted++;
const microseconds = ((performance.now() - start) * 1000) / questions;
process.stdout.write(
  `${JSON.stringify({ bench: 'may-do', value: Number(microseconds.toFixed(2)), unit: 'µs a question: 3 grants, 1,500 areas each', aim: 50, ok: microseconds <= 50, permitted })}\n`,
);
