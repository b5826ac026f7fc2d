import { counts, type LedgerRow } from './evaluate.ts';
import type { EvaluationFormula } from './formulas.ts';

/** A cell as RFC 4180 has it. What a spreadsheet would work out as a formula is text. */
function cell(value: string | number | null): string {
  const text = value === null ? '' : String(value);
  const plain = typeof value === 'string' && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}

const headings = [
  'formula',
  'version',
  'row',
  'at',
  'value',
  'counts',
  'left_out',
  'said',
  'dispute',
  'dispute_reason',
  'decision',
];

/** The rows behind an officer's numbers as a file: CSV in UTF-8 with its mark, lines by CRLF. */
export function evidenceCsv(ledger: readonly LedgerRow[], formulas: readonly EvaluationFormula[]): string {
  const version = new Map(formulas.map((one) => [one.id, one.version]));
  const lines = ledger.map((row) => [
    ...[row.formula, version.get(row.formula) ?? null, row.rowId, row.at, row.value],
    ...[counts(row) ? 1 : 0, row.leftOut, row.said],
    ...[row.dispute?.state ?? null, row.dispute?.reason ?? null, row.dispute?.decision ?? null],
  ]);
  return `\uFEFF${[headings, ...lines].map((line) => line.map(cell).join(',')).join('\r\n')}\r\n`;
}
