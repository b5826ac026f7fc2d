import type { ImportPlan } from '../../services/imports/plan-import.ts';
import type { Summary } from '../../services/imports/run-import.ts';

const say = (line = '') => process.stdout.write(`${line}\n`);

/** Mapping and preview, as people read them before they agree. */
export function showPlan({ request, table, rules, rows, findings, mapping, preview }: ImportPlan): void {
  say(
    `${request.source.name}: ${rows.toLocaleString('en')} rows for district ${request.target.district}, kind ${request.kind.name}`,
  );
  for (const { field, column, constant, example } of mapping)
    say(`  ${field.padEnd(16)} ← ${column ? `${column}${example ? `   (${example})` : ''}` : `"${constant}"`}`);
  for (const [field, order] of rules.dayOrders)
    say(`  ${field}: where the year stands last, ${order === 'dmy' ? 'day/month/year' : 'month/day/year'}`);
  for (const [field, format] of rules.numberFormats)
    say(`  ${field}: numbers as ${format === 'vi' ? '1.234,5' : '1,234.5'}`);
  const used = new Set(mapping.map(({ column }) => column));
  const left = table.columns.filter((column) => !used.has(column));
  if (left.length) say(`  not used: ${left.join(', ')}`);
  for (const { vi, en } of findings) say(`! ${en}\n  ${vi}`);
  say('preview');
  for (const { line, drafts, problems } of preview) {
    for (const { type, time, data } of drafts) say(`  ${table.unit} ${line}: ${type} ${time} ${JSON.stringify(data)}`);
    for (const { column, value, reason, reasonVi } of problems)
      say(`  ${table.unit} ${line}: rejected, ${column} "${value}": ${reason}${reasonVi ? ` / ${reasonVi}` : ''}`);
  }
}

export function showSummary(summary: Omit<Summary, 'throughSequence'>, dryRun: boolean, rejectsPath: string): void {
  const { rows, accepted, rejected, folded, unchanged, events, notes, renamed } = summary;
  say(dryRun ? 'dry run: the door has judged, nothing was journalled' : 'done');
  say(`  rows ${rows} = accepted ${accepted} + rejected ${rejected} + copies of earlier rows ${folded}`);
  say(
    dryRun ? `  events ${events}` : `  events ${events}, all in the journal; those that it had before change nothing`,
  );
  if (unchanged)
    say(
      `  ${unchanged} rows say what the source said before: nothing was sent of them / ${unchanged} dòng đã có, không đổi`,
    );
  if (rejected) say(`  rejected rows with line, column, value and reason: ${rejectsPath}`);
  if (renamed.rows)
    say(
      `  ${renamed.rows} rows share a number with another row and got an id of their own, such as ${renamed.examples.map(({ from, to }) => `${from} → ${to}`).join(', ')}`,
    );
  for (const { note, noteVi, rows: count } of notes.slice(0, 20))
    say(`  ${count} rows: ${note}${noteVi ? ` / ${noteVi}` : ''}`);
  if (notes.length > 20) say(`  and ${notes.length - 20} more remarks`);
}
