/**
 * The line list of the drill as changes of counts by ward, without any server: what the district forecasts are rehearsed on.
 * `node services/outlook/bench/drill-reports.ts SEED OUT.json`
 */

import { writeFileSync } from 'node:fs';
import { dayNumber } from '@vungxanh/ml';
import type { CloudEvent } from '#contracts/cloud-event.ts';
import { district7Wave } from '../../drill/district7-wave.ts';
import { loadDistrict7Pack } from '../../geography/district7/pack.ts';

interface CaseData {
  caseId: string;
  areaId?: string;
  specimenDate?: string;
  confirmedDate?: string;
  status?: string;
}

const vietnamMs = 7 * 3_600_000;
const [seed = '2021', out = 'drill-reports.json'] = process.argv.slice(2);
const pack = loadDistrict7Pack();
const parentOf = new Map(pack.areas.map((area) => [area.id, area.parentId]));
const wards = pack.areas.filter(({ level }) => level === 'ward').map(({ id }) => id);
const wardOf = (areaId: string | undefined) =>
  areaId === undefined ? -1 : Math.max(wards.indexOf(areaId), wards.indexOf(parentOf.get(areaId) ?? ''));

const changes = { area: [] as number[], day: [] as number[], delay: [] as number[], change: [] as number[] };
const known = new Map<string, { ward: number; day: number }>();
const seen = new Set<string>();
for (const { event } of district7Wave(Number(seed)).events()) {
  if (!event.type.startsWith('case-') || event.type === 'case-count-published' || seen.has(event.id)) continue;
  seen.add(event.id);
  const data = (event as CloudEvent<CaseData & Record<string, unknown>>).data;
  const learned = Math.floor((Date.parse(event.recordedtime) + vietnamMs) / 86_400_000);
  const add = (place: { ward: number; day: number }, change: number) => {
    changes.area.push(place.ward);
    changes.day.push(place.day);
    changes.delay.push(learned - place.day);
    changes.change.push(change);
  };
  const before = known.get(data.caseId);
  if (event.type === 'case-confirmed') {
    const place = { ward: wardOf(data.areaId), day: dayNumber(data.specimenDate ?? data.confirmedDate!) };
    known.set(data.caseId, place);
    add(place, 1);
  } else if (event.type === 'case-corrected' && before && data.areaId) {
    add(before, -1);
    const place = { ...before, ward: wardOf(data.areaId) };
    known.set(data.caseId, place);
    add(place, 1);
  } else if (data.status === 'not-a-case' && before) {
    add(before, -1);
    known.delete(data.caseId);
  }
}
writeFileSync(
  out,
  JSON.stringify({
    areas: wards,
    firstDay: dayNumber('2021-06-01'),
    lastDay: dayNumber('2021-12-31'),
    ...changes,
  }),
);
console.log(`${known.size} cases of ${wards.length} wards → ${out}`);
