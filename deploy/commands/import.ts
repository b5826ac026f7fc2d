// npm run import: a file through the product's own door.
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { importSource, sourcesOf } from '../../services/imports/import-event.ts';
import { ImportJournal, importKey } from '../../services/imports/import-journal.ts';
import { rowKind } from '../../services/imports/kinds.ts';
import { MappingError } from '../../services/imports/mapping.ts';
import { planImport, type TargetDistrict } from '../../services/imports/plan-import.ts';
import { RejectsFile } from '../../services/imports/rejects-file.ts';
import { runImport, type Send } from '../../services/imports/run-import.ts';
import { noOthers, nothingSaid, saidBefore, saidByOthers } from '../../services/imports/said-before.ts';
import { fileOnDisk } from '../../services/imports/table/source-bytes.ts';
import { DamagedFile } from '../../services/imports/table/structural-damage.ts';
import { heardAtTheDoor, targetDistrict } from '../../services/imports/target-district.ts';
import { judgeEvents } from '../../services/intake/events-api.ts';
import type { Gateway } from '../../services/platform/gateway.ts';
import { registerDistrict, sendPatiently } from './district-door.ts';
import { type ImportOptions, readImportOptions, UsageError, usage } from './import-options.ts';
import { showPlan, showSummary } from './import-report.ts';
import { dataFolder, fromCaller, helpAsked, main, productDoor } from './product.ts';
import { ProgressBar } from './progress-bar.ts';

helpAsked(usage);
await main(
  async () => {
    const options = readImportOptions(process.argv.slice(2));
    const data = dataFolder(options.text.data);
    const gateway = productDoor('import', options.text, { patienceMs: 20_000 });
    // Which product it goes to: one that happens to listen at the usual address is not always the one that is meant.
    process.stderr.write(`to ${gateway.address}\n`);
    // A dry run makes no district.
    if (options.create && !options.dryRun)
      await registerDistrict(gateway, { districtId: options.district, exercise: false, ...options.create });
    if (options.text.reform) await applyReform(options, gateway);
    else if (options.kind === 'areas') await importAreas(options, gateway);
    else await importRows(options, gateway, data);
  },
  (error) =>
    error instanceof UsageError ||
    error instanceof DamagedFile ||
    error instanceof MappingError ||
    (error as { code?: string }).code === 'ENOENT',
);

async function importRows(options: ImportOptions, gateway: Gateway, data: string): Promise<void> {
  const path = fromCaller(options.file);
  const { text } = options;
  const { target, registered } = await districtOf(options, gateway);
  const sourceName = text.source ?? basename(path);
  const kind = rowKind(options.kind);
  const plan = await planImport({
    kind,
    source: await fileOnDisk(path, sourceName),
    sourceName,
    target,
    told: options.told,
    ...(options.dayOrder ? { dayOrder: options.dayOrder } : {}),
    ...(options.numberFormat ? { numberFormat: options.numberFormat } : {}),
    ...(options.periodDays ? { periodDays: options.periodDays } : {}),
    ...(text.crs ? { crs: text.crs } : {}),
    ...(text.sheet ? { sheet: text.sheet } : {}),
    ...(text['recorded-at'] ? { recordedTime: new Date(text['recorded-at']).toISOString() } : {}),
  });
  showPlan(plan);
  if (plan.placeless && !options.placeless && !options.dryRun)
    throw new UsageError(
      'nothing was sent: say where the rows are (above), or --no-place\nkhông gửi gì: hãy chỉ vị trí của các dòng (ở trên), hoặc --no-place',
    );

  const key = await importKey(path, { ...options, dryRun: false, restart: false, district: target.district });
  const journal = new ImportJournal(join(data, 'imports', `${key}.json`));
  const rejects = new RejectsFile(
    text.rejects ? fromCaller(text.rejects) : join(data, 'imports', `${basename(path)}.${key.slice(0, 8)}.rejects.csv`),
    plan.table.columns,
  );
  const earlier = options.dryRun || options.restart ? undefined : journal.unfinished();
  if (earlier)
    process.stderr.write(
      `going on after ${plan.table.unit} ${earlier.checkpoint.line}, where an earlier run was interrupted\n`,
    );
  rejects.open(earlier?.rejectsBytes);
  const bar = new ProgressBar(options.dryRun ? 'checking' : 'importing', plan.request.source.size);
  let read = 0;
  const { dryRun } = options;
  const send: Send =
    dryRun && !registered ? judgedHere(target) : (events) => sendPatiently(gateway, events, { dryRun });
  const question = { kind: kind.name, district: target.district, source: importSource(kind.name, sourceName) };
  const said = registered ? saidBefore(await heardAtTheDoor(gateway, { ...question, through: 0 })) : nothingSaid;
  const folder = sourcesOf(kind.name);
  const others =
    registered && kind.isTotal
      ? saidByOthers(
          await heardAtTheDoor(gateway, { ...question, source: folder, through: 0 }),
          folder,
          question.source,
        )
      : noOthers;
  const { throughSequence, ...summary } = await runImport(
    plan,
    {
      send,
      said,
      others,
      onRead: (bytes) => {
        read += bytes;
        bar.at(read);
      },
      settled: (rejected, checkpoint) => {
        rejects.add(rejected);
        if (!options.dryRun) journal.save({ done: false, rejectsBytes: rejects.size, checkpoint });
      },
    },
    earlier?.checkpoint,
  );
  // The next file is compared with this one: what it said is in the rows when the command ends.
  if (throughSequence > 0) await heardAtTheDoor(gateway, { ...question, through: throughSequence });
  bar.end();
  const { notes: _notes, renamed: _renamed, ...counts } = summary;
  if (!options.dryRun) journal.save({ done: true, rejectsBytes: rejects.size, checkpoint: { line: 0, ...counts } });
  rejects.close();
  showSummary(summary, options.dryRun, rejects.path);
}

async function districtOf(options: ImportOptions, gateway: Gateway) {
  const target = await targetDistrict(gateway, options.district);
  if (target) return { target, registered: true };
  if (options.create) {
    const { timeZone, clock, centre } = options.create;
    return { target: { district: options.district, timeZone, clock, centre, areas: [] }, registered: false };
  }
  throw new UsageError(`no district "${options.district}"; --create-district makes it`);
}

/** The door's own judgement, for a dry run into a district that is not there yet: the door knows no rules of it. */
function judgedHere({ clock, timeZone }: TargetDistrict): Send {
  const rules = () => ({ clock, exercise: false, timeZone });
  const sender = { programme: 'import', requestId: undefined };
  return async (events) => judgeEvents(events, { rules, now: () => new Date() }, sender).receipt;
}

/** Areas are judged against each other by geography, in one piece. */
async function importAreas(
  { file, district, dryRun, told, text, create }: ImportOptions,
  gateway: Gateway,
): Promise<void> {
  const stored = await readFile(fromCaller(file));
  const body = (stored[0] === 0x1f && stored[1] === 0x8b ? gunzipSync(stored) : stored).toString('utf8');
  const query = new URLSearchParams({
    district,
    dryRun: String(dryRun),
    validFrom: text['valid-from'] ?? '1900-01-01',
    source: text.source ?? basename(file),
    // What is only tried makes no district: the layer is judged as that of one which is not there yet.
    ...(dryRun && create ? { centre: `${create.centre.lon},${create.centre.lat}` } : {}),
    ...(text.crs ? { crs: text.crs } : {}),
    ...(text.ends ? { ends: text.ends } : {}),
    ...(text.keeps ? { keeps: text.keeps } : {}),
    ...(text.root ? { rootId: text.root } : {}),
    ...(text['root-name'] ? { rootName: text['root-name'] } : {}),
    ...(text['recorded-at'] ? { recordedTime: new Date(text['recorded-at']).toISOString() } : {}),
    ...(told.set.level ? { level: told.set.level } : {}),
    ...Object.fromEntries(Object.entries(told.map).map(([field, column]) => [`${field}Property`, column])),
  });
  const answer = await gateway.post(`/api/geography/imports/areas?${query}`, body, 'application/geo+json');
  process.stdout.write(`${JSON.stringify(answer, null, 2)}\n`);
}

/** A reform of borders that is known as data. */
async function applyReform({ district, dryRun, text }: ImportOptions, gateway: Gateway): Promise<void> {
  const query = new URLSearchParams({ district, from: text.reform!, dryRun: String(dryRun) });
  const answer = await gateway.post(`/api/geography/reforms?${query}`, '', 'application/json');
  process.stdout.write(`${JSON.stringify(answer, null, 2)}\n`);
}
