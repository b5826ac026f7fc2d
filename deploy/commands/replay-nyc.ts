import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { OutgoingEvent } from '../../services/imports/import-event.ts';
import { nycEvents } from '../../services/imports/recorded/nyc-events.ts';
import {
  nycBegins,
  nycDistrict,
  nycLayer,
  nycPlacement,
  undrawnAreas,
} from '../../services/imports/recorded/nyc-places.ts';
import { openTable } from '../../services/imports/table/open-table.ts';
import { fileOnDisk } from '../../services/imports/table/source-bytes.ts';
import { DamagedFile } from '../../services/imports/table/structural-damage.ts';
import type { Gateway } from '../../services/platform/gateway.ts';
import { registerDistrict, sendPatiently } from './district-door.ts';
import { ProgressBar } from './progress-bar.ts';

const say = (line: string) => process.stdout.write(`${line}\n`);
const batchEvents = 4000;
/** Rows of the sets, for the bar. */
const expected = { always: 360 + 58_374 + 28_143, snapshots: 90_458 };

export interface NycReplay {
  folder: string;
  /** Times life; undefined: as fast as the door takes it. */
  speed?: number;
  snapshots: boolean;
}

/** New York as it was published: areas, denominators, every revision of the weekly rates, vaccination; the malformed files are shown to be refused. */
export async function replayNyc(gateway: Gateway, { folder, speed, snapshots }: NycReplay): Promise<void> {
  const fresh = await registerDistrict(gateway, nycDistrict);
  say(`district nyc ${fresh ? 'registered' : 'is there'}`);
  await refuseMalformed(join(folder, 'malformed'));
  const query = new URLSearchParams({
    district: 'nyc',
    validFrom: nycBegins,
    recordedTime: nycPlacement.recordedTime,
    idProperty: 'area_id',
    nameProperty: 'name',
    parentProperty: 'borough_id',
    rootId: 'CITY',
    rootName: 'New York City',
    source: 'NYC DOHMH, modzcta.geojson',
  });
  const { report, areas } = await gateway.post<{
    areas: number;
    report: { repairs: { id: string; what: string[] }[]; refused: { id: string; reason: string }[] };
  }>(`/api/geography/imports/areas?${query}`, await nycLayer(folder), 'application/geo+json');
  say(
    `${areas} areas; repaired: ${report.repairs.map(({ id, what }) => `${id} (${what.join(', ')})`).join('; ') || 'none'}; refused: ${report.refused.map(({ id }) => id).join(', ') || 'none'}`,
  );
  await sendPatiently(gateway, await undrawnAreas(folder));

  const bar = new ProgressBar('replaying', expected.always + (snapshots ? expected.snapshots : 0));
  const sent = { events: 0, accepted: 0, duplicates: 0, rejected: 0 };
  let batch: OutgoingEvent[] = [];
  let clock: number | undefined;
  const ship = async () => {
    if (batch.length === 0) return;
    const receipt = await sendPatiently(gateway, batch);
    sent.events += batch.length;
    sent.accepted += receipt.accepted;
    sent.duplicates += receipt.duplicates;
    sent.rejected += receipt.rejected.length;
    for (const { index, field, value, reason } of receipt.rejected.slice(0, 5))
      process.stderr.write(`rejected ${JSON.stringify(batch[index]!.data)}: ${field} ${String(value)}: ${reason}\n`);
    bar.at(sent.events, batch.at(-1)!.recordedtime!.slice(0, 10));
    batch = [];
  };
  for await (const event of nycEvents(folder, { snapshots })) {
    const known = Date.parse(event.recordedtime!);
    // At a speed, a publication waits for its moment; what was published together goes together.
    if (speed !== undefined && clock !== undefined && known > clock) {
      await ship();
      await sleep((known - clock) / speed);
    }
    if (known !== Date.parse(nycPlacement.recordedTime)) clock = known;
    batch.push(event);
    if (batch.length >= batchEvents) await ship();
  }
  await ship();
  bar.end();
  say(
    `${sent.events} events: ${sent.accepted} accepted (${sent.duplicates} of them sent a second time within two minutes), ${sent.rejected} rejected`,
  );
  if (sent.rejected) process.exitCode = 1;
}

/** The two official files with merge conflicts inside: read, refused with their lines, nothing sent. */
async function refuseMalformed(folder: string): Promise<void> {
  const files = await readdir(folder).catch(() => []);
  for (const file of files.filter((name) => name.endsWith('.csv.gz'))) {
    try {
      const table = await openTable(await fileOnDisk(join(folder, file), file));
      for await (const _ of table.rows());
      throw new Error(`${file} was expected to be damaged, and is not`);
    } catch (error) {
      if (!(error instanceof DamagedFile)) throw error;
      say(`${file}: ${error.message}`);
    }
  }
}
