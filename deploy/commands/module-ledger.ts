// A reporter of vitest: writes down each test file when it begins and when it has ended, so that what really ran is known whatever becomes of the run.
import { appendFileSync } from 'node:fs';
import type { Reporter, TestModule, TestSpecification, Vitest } from 'vitest/node';
import type { LedgerLine } from './test-ledger.ts';

/** Writes to the file that `VX_TEST_LEDGER` names, one JSON line an event. Without it nothing is written. */
export default class ModuleLedger implements Reporter {
  private vitest: Vitest | undefined;

  onInit(vitest: Vitest): void {
    this.vitest = vitest;
  }

  onTestRunStart(specifications: readonly TestSpecification[]): void {
    write({ event: 'run-started', files: specifications.length });
  }

  onTestModuleStart(module: TestModule): void {
    write({ event: 'file-started', file: nameOf(module) });
  }

  onTestModuleEnd(module: TestModule): void {
    const counts = { passed: 0, failed: 0, skipped: 0, pending: 0 };
    for (const test of module.children.allTests()) counts[test.result().state]++;
    write({
      event: 'file-ended',
      file: nameOf(module),
      passed: counts.passed,
      failed: counts.failed + counts.pending,
      skipped: counts.skipped,
      // A hook or an import that fails, without a test that does.
      broken: !module.ok() && counts.failed === 0,
      errorsOfRun: this.vitest?.state.getUnhandledErrors().length ?? 0,
    });
  }

  onTestRunEnd(_modules: readonly TestModule[], errors: readonly unknown[], reason: string): void {
    write({ event: 'run-ended', errorsOfRun: errors.length, reason });
  }
}

const nameOf = (module: TestModule) => `${module.project.name} ${module.relativeModuleId}`;

function write(line: LedgerLine): void {
  if (process.env.VX_TEST_LEDGER) appendFileSync(process.env.VX_TEST_LEDGER, `${JSON.stringify(line)}\n`);
}
