import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { ImportReport } from '#contracts/http/imports.ts';
import { type ImportRequest, planImport } from './plan-import.ts';
import { RejectsFile } from './rejects-file.ts';
import { runImport, type Send } from './run-import.ts';

interface Job {
  report: ImportReport;
  rejects?: RejectsFile;
  done: Promise<void>;
}

const shownProblems = 200;
const keptJobs = 100;

/** Imports that came over HTTP. They live as long as the process: a file sent again after a restart says the same events. */
export class ImportJobs {
  private readonly jobs = new Map<string, Job>();
  private readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
  }

  get(id: string): Pick<Job, 'report' | 'rejects'> | undefined {
    return this.jobs.get(id);
  }

  /** Begins one. In a dry run `send` judges only. `done` settles when it is over and throws what stopped it. */
  begin(id: string, request: ImportRequest, { dryRun, send }: { dryRun: boolean; send: Send }): Job {
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
    job.done = this.run(job, request, send).catch((error) => {
      report.state = 'refused';
      report.reason = (error as Error).message;
      throw error;
    });
    job.done.catch(() => {});
    this.jobs.set(id, job);
    for (const old of this.jobs.keys()) if (this.jobs.size > keptJobs) this.jobs.delete(old);
    return job;
  }

  private async run(job: Job, request: ImportRequest, send: Send): Promise<void> {
    const { report } = job;
    const plan = await planImport(request);
    report.mapping = plan.mapping;
    report.preview = plan.preview;
    if (plan.findings.length) report.findings = plan.findings;
    mkdirSync(this.folder, { recursive: true });
    const rejects = new RejectsFile(join(this.folder, `${report.id}.rejects.csv`), plan.table.columns);
    job.rejects = rejects;
    rejects.open();
    try {
      const summary = await runImport(plan, {
        send,
        settled: (rejected, { line: _, ...counts }) => {
          rejects.add(rejected);
          for (const { problems } of rejected)
            if (report.rejectedRows.length < shownProblems) report.rejectedRows.push(...problems);
          Object.assign(report, counts, { progress: plan.rows ? counts.rows / plan.rows : 1 });
        },
      });
      Object.assign(report, summary, { state: 'done', progress: 1 });
    } finally {
      rejects.close();
    }
  }
}
