import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { ImportReport } from '#contracts/http/imports.ts';
import { Problem } from '#platform/problem.ts';
import { importSource, sourcesOf } from './import-event.ts';
import { KeptImports } from './kept-imports.ts';
import { MappingError } from './mapping.ts';
import { type ImportRequest, planImport } from './plan-import.ts';
import { RejectsFile } from './rejects-file.ts';
import { type ImportHooks, runImport, type Send } from './run-import.ts';
import { saidBefore, saidByOthers } from './said-before.ts';
import { DamagedFile } from './table/structural-damage.ts';

interface Job {
  report: ImportReport;
  rejects?: RejectsFile;
  done: Promise<void>;
}

/** Where the events of a job go. In a dry run `send` judges only. `heard`: ids of what a source has said, once the rows hold the journal through a sequence. */
interface Passage {
  dryRun: boolean;
  send: Send;
  heard?: (source: string, through: number) => Promise<string[]>;
}

const shownProblems = 200;
const keptJobs = 100;

/**
 * Imports that came over HTTP. How far they are lives as long as the process: a file sent again after a restart says the same events. What was taken in is kept
 * (kept-imports.ts).
 */
export class ImportJobs {
  private readonly jobs = new Map<string, Job>();
  private readonly folder: string;
  private readonly now: () => Date;
  readonly kept: KeptImports;
  /** Place in the journal up to which files of a district were taken in: the next one is compared with them. */
  private readonly through = new Map<string, number>();

  constructor(folder: string, now: () => Date) {
    this.folder = folder;
    this.now = now;
    this.kept = new KeptImports(folder);
  }

  get(id: string): Pick<Job, 'report' | 'rejects'> | undefined {
    const running = this.jobs.get(id);
    const kept = running ? undefined : this.kept.get(id);
    return running ?? (kept && { report: kept });
  }

  /** Begins one. `done` settles when it is over and throws what stopped it. */
  begin(id: string, request: ImportRequest, { dryRun, send, heard }: Passage): Job {
    const report: ImportReport = {
      id,
      kind: request.kind.name,
      district: request.target.district,
      dryRun,
      state: 'running',
      progress: 0,
      mapping: [],
      preview: [],
      rejectedRows: [],
    };
    const job: Job = { report, done: Promise.resolve() };
    job.done = this.run(job, request, { dryRun, send, heard }).catch((error) => {
      report.state = 'refused';
      report.reason = (error as Error).message;
      if (error instanceof MappingError || error instanceof DamagedFile)
        report.reasonVi = error.words.map(({ vi }) => vi).join('; ');
      if (error instanceof Problem) {
        const { title, detail } = error.toldIn('vi');
        report.reasonVi = detail ?? title;
      }
      throw error;
    });
    job.done.catch(() => {});
    this.jobs.set(id, job);
    for (const old of this.jobs.keys()) if (this.jobs.size > keptJobs) this.jobs.delete(old);
    return job;
  }

  private async run(job: Job, request: ImportRequest, { send, heard }: Passage): Promise<void> {
    const { report } = job;
    const { district } = request.target;
    const plan = await planImport(request);
    report.mapping = plan.mapping;
    report.preview = plan.preview;
    report.columns = plan.table.columns;
    report.corrected = request.corrections?.length ?? 0;
    report.rejectedLines = [];
    report.foldedRows = [];
    const { rejectedLines, foldedRows } = report;
    if (plan.findingsOnScreen.length) report.findings = plan.findingsOnScreen;
    mkdirSync(this.folder, { recursive: true });
    const rejects = new RejectsFile(join(this.folder, `${report.id}.rejects.csv`), plan.table.columns);
    job.rejects = rejects;
    rejects.open();
    const entities: string[] = [];
    /** Every entity of the file is among them. */
    let isWhole = true;
    try {
      const { throughSequence, ...summary } = await runImport(plan, {
        send,
        ...(heard ? await this.saidOf(request, heard) : {}),
        settled: (rejected, { line: _, ...counts }, { folded, born }) => {
          rejects.add(rejected);
          for (const { cells, problems } of rejected) {
            if (report.rejectedRows.length >= shownProblems) break;
            report.rejectedRows.push(...problems);
            rejectedLines.push({ line: problems[0]!.line, cells });
          }
          foldedRows.push(...folded.slice(0, shownProblems - foldedRows.length));
          if (this.kept.canHold(entities, born)) entities.push(...born);
          else isWhole = false;
          Object.assign(report, counts, { progress: plan.rows ? counts.rows / plan.rows : 1 });
        },
      });
      if (throughSequence > 0) this.through.set(district, throughSequence);
      Object.assign(report, summary, { state: 'done', progress: 1 });
      if (!report.dryRun) {
        report.born = isWhole ? entities.length : undefined;
        report.source = importSource(request.kind.name, request.sourceName);
        report.endedAt = this.now().toISOString();
        this.kept.keep(report, isWhole ? entities : []);
      }
    } finally {
      rejects.close();
    }
  }

  private async saidOf(
    { kind, sourceName, target }: ImportRequest,
    heard: NonNullable<Passage['heard']>,
  ): Promise<Pick<ImportHooks, 'said' | 'others'>> {
    const through = this.through.get(target.district) ?? 0;
    const own = importSource(kind.name, sourceName);
    const said = saidBefore(await heard(own, through));
    if (!kind.isTotal) return { said };
    const folder = sourcesOf(kind.name);
    return { said, others: saidByOthers(await heard(folder, through), folder, own) };
  }
}
