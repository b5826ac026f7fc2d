/** The part of Stryker's JSON report that is read. Source: mutation-testing-report-schema 3. */
export interface MutationReport {
  files: Record<string, { source: string; mutants: Mutant[] }>;
}

interface Mutant {
  mutatorName: string;
  status: 'Killed' | 'Timeout' | 'Survived' | 'NoCoverage' | 'CompileError' | 'RuntimeError' | 'Ignored' | 'Pending';
  replacement?: string;
  location: { start: Position; end: Position };
}

/** Line and column from 1. */
interface Position {
  line: number;
  column: number;
}

/** Mutants of one file. What does not compile or was left out counts nowhere. */
export interface Counts {
  /** A test failed, or did not end. */
  killed: number;
  /** Of the killed: those by a test that did not end. */
  endless: number;
  survived: number;
  /** Reached by no test; they count as survivors in the score. */
  notReached: number;
  total: number;
}

export function readCounts(report: MutationReport): Counts {
  const mutants = Object.values(report.files).flatMap((file) => file.mutants);
  const count = (...statuses: Mutant['status'][]) => mutants.filter(({ status }) => statuses.includes(status)).length;
  const endless = count('Timeout');
  const killed = count('Killed') + endless;
  const survived = count('Survived');
  const notReached = count('NoCoverage');
  return { killed, endless, survived, notReached, total: killed + survived + notReached };
}

/** Killed of all, as text. */
export const scoreOf = ({ killed, total }: Counts) =>
  total === 0 ? 'no mutants' : `${((100 * killed) / total).toFixed(1)} %`;

/** One line for each mutant that no test found: where, what stood there and what it became. */
export function survivorLines(report: MutationReport): string[] {
  return Object.entries(report.files).flatMap(([file, { source, mutants }]) => {
    const lines = source.split('\n');
    return mutants
      .filter(({ status }) => status === 'Survived' || status === 'NoCoverage')
      .map(({ status, mutatorName, replacement, location: { start, end } }) => {
        const last = start.line === end.line ? end.column - 1 : undefined;
        const before = lines[start.line - 1]!.slice(start.column - 1, last);
        return `${file}:${start.line}:${start.column} ${status} ${mutatorName}: ${oneLine(before)} → ${oneLine(replacement ?? '')}`;
      });
  });
}

const oneLine = (text: string) => text.replace(/\s+/g, ' ').slice(0, 100);

/** Markdown table of the files and of all together. */
export function tableOf(rows: { file: string; counts: Counts | undefined }[]): string {
  const measured = rows.flatMap(({ counts }) => counts ?? []);
  const sum = (field: keyof Counts) => measured.reduce((total, counts) => total + counts[field], 0);
  const all = {
    killed: sum('killed'),
    endless: sum('endless'),
    survived: sum('survived'),
    notReached: sum('notReached'),
    total: sum('total'),
  };
  const line = (name: string, counts: Counts | undefined) =>
    counts
      ? `| ${name} | ${counts.killed} | ${counts.endless} | ${counts.survived} | ${counts.notReached} | ${counts.total} | ${scoreOf(counts)} |`
      : `| ${name} | | | | | | the run failed |`;
  return [
    '| file | killed | of these endless | survived | not reached | mutants | score |',
    '| --- | ---: | ---: | ---: | ---: | ---: | ---: |',
    ...rows.map(({ file, counts }) => line(`\`${file}\``, counts)),
    line('**all**', all),
  ].join('\n');
}
