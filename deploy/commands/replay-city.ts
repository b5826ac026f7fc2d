import '../../services/services.ts';
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { rowKind } from '../../services/imports/kinds.ts';
import { planImport } from '../../services/imports/plan-import.ts';
import { type CitySet, cityBegins, undrawnEvents } from '../../services/imports/recorded/city-sets.ts';
import { readRows } from '../../services/imports/recorded/read-rows.ts';
import { runImport } from '../../services/imports/run-import.ts';
import { fileOnDisk } from '../../services/imports/table/source-bytes.ts';
import { targetDistrict } from '../../services/imports/target-district.ts';
import type { Gateway } from '../../services/platform/gateway.ts';
import { registerDistrict, sendPatiently } from './district-door.ts';
import { showPlan, showSummary } from './import-report.ts';
import { ProgressBar } from './progress-bar.ts';

const say = (line: string) => process.stdout.write(`${line}\n`);

/** A city's recorded file through the import; at a speed, each batch waits for its last moment. */
export async function replayCity(gateway: Gateway, set: CitySet, shared: string, speed?: number): Promise<void> {
  const { district, layer } = set;
  const fresh = await registerDistrict(gateway, district);
  say(`district ${district.districtId} ${fresh ? 'registered' : 'is there'}`);
  if (layer) {
    const query = new URLSearchParams({
      district: district.districtId,
      validFrom: cityBegins,
      recordedTime: `${cityBegins}T00:00:00.000Z`,
      idProperty: layer.id,
      nameProperty: layer.name,
      rootId: layer.root,
      rootName: district.name,
    });
    const body = await readFile(join(shared, layer.file), 'utf8');
    const { areas } = await gateway.post<{ areas: number }>(
      `/api/geography/imports/areas?${query}`,
      body,
      'application/geo+json',
    );
    say(`${areas} areas`);
  }
  const named = undrawnEvents(set);
  if (named.length) await sendPatiently(gateway, named);

  const path = join(shared, set.file);
  const target = (await targetDistrict(gateway, district.districtId)) ?? {
    district: district.districtId,
    timeZone: district.timeZone,
    clock: district.clock,
    centre: district.centre,
    areas: [],
  };
  const plan = await planImport({
    kind: rowKind(set.kind),
    source: await fileOnDisk(path, basename(path)),
    sourceName: basename(path),
    target,
    told: set.told,
  });
  showPlan(plan);
  const bar = new ProgressBar('replaying', plan.request.source.size);
  let clock: number | undefined;
  let read = 0;
  const summary = await runImport(plan, {
    send: async (events) => {
      const last = Math.max(...events.map(({ time }) => Date.parse(time)));
      if (speed !== undefined && clock !== undefined && last > clock) await sleep((last - clock) / speed);
      clock = Math.max(clock ?? last, last);
      return sendPatiently(gateway, events);
    },
    onRead: (bytes) => {
      read += bytes;
      bar.at(read);
    },
    settled: (rejected) => {
      for (const { problems } of rejected)
        for (const { line, column, value, reason } of problems)
          process.stderr.write(`line ${line}, ${column} "${value}": ${reason}\n`);
    },
  });
  bar.end();
  showSummary(summary, false, '(above)');
  if (set.kind === 'violations' && set.labelColumn) await compareWithLabels(gateway, set, path, set.labelColumn);
}

interface Figures {
  areas: { areaId: string | null; figures: { formula: string; value: number | null }[] }[];
}

/** Violations by area, in the product and by the file's own label. Rows on a border, or whose point the city labelled otherwise, differ. */
async function compareWithLabels(
  gateway: Gateway,
  { district }: CitySet,
  path: string,
  labelColumn: string,
): Promise<void> {
  const labels = new Map<string, number>();
  const seen = new Set<string>();
  for await (const { line: _, ...row } of readRows(path)) {
    const content = JSON.stringify(row);
    if (seen.has(content)) continue;
    seen.add(content);
    const label = (row as Record<string, string>)[labelColumn]!;
    labels.set(label, (labels.get(label) ?? 0) + 1);
  }
  const expected = [...labels.values()].reduce((sum, count) => sum + count, 0);
  const ours = await settledFigures(gateway, district.districtId, expected);
  const areas = [...labels].filter(([label]) => label !== '' && ours.has(label));
  const off = areas.reduce((sum, [label, count]) => sum + Math.abs(ours.get(label)! - count), 0);
  say(
    `counts by area: ${areas.length} areas, ${areas.filter(([label, count]) => ours.get(label) === count).length} equal to the file's own; sum of differences ${off} of ${expected} (${((100 * off) / expected).toFixed(2)} %)`,
  );
  for (const [label, count] of areas.toSorted(([a], [b]) => Number(a) - Number(b)))
    say(`  area ${label.padStart(3)}: ${ours.get(label)} here, ${count} in the file`);
}

/** Figures by area once the rows have all arrived. */
async function settledFigures(gateway: Gateway, district: string, expected: number): Promise<Map<string, number>> {
  for (let attempt = 0; ; attempt++) {
    const { areas } = await gateway.get<Figures>(`/api/urban-order/figures?district=${district}&areas=true`);
    const byArea = new Map(
      areas.map(({ areaId, figures }) => [
        areaId ?? '',
        figures.find(({ formula }) => formula === 'violations')?.value ?? 0,
      ]),
    );
    if ((byArea.get('') ?? 0) >= expected || attempt >= 60) return byArea;
    await sleep(1000);
  }
}
