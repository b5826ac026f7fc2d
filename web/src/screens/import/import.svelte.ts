import { fetchJson, type HttpProblem } from '../../api/http.ts';
import type { Centre } from '../../centre.svelte.ts';
import { followImport, type ImportReport } from './import-answer.ts';

/** A file on its way: tried first, then written. */
export class FileImport {
  kind = $state('cases');
  /** How the file writes dates and numbers, where it cannot be seen in it; '' leaves it to the file. */
  dateFormat = $state<'' | 'dmy' | 'mdy'>('');
  numberFormat = $state<'' | 'vi' | 'en'>('');
  files = $state.raw<FileList | undefined>();
  busy = $state(false);
  problem = $state.raw<HttpProblem | undefined>();
  trial = $state.raw<ImportReport | undefined>();
  done = $state.raw<ImportReport | undefined>();
  readonly file = $derived(this.files?.[0]);
  /** What is shown: of the real thing, else of the trial. */
  readonly report = $derived(this.done ?? this.trial);
  /** A trial went through, and nothing was written since. */
  readonly writable = $derived(this.trial?.state === 'done' && !this.busy && this.done === undefined);
  readonly #centre: Centre;

  constructor(centre: Centre) {
    this.#centre = centre;
  }

  /** @param dryRun tells what would be written, and writes nothing */
  async send(dryRun: boolean) {
    const { file, kind, dateFormat, numberFormat } = this;
    if (!file) return;
    this.busy = true;
    this.problem = undefined;
    const { districtId: district } = this.#centre;
    try {
      await followImport({
        begin: () =>
          fetchJson<ImportReport>(`/api/imports/${kind}`, {
            method: 'POST',
            query: { district, dryRun: String(dryRun), source: file.name, dateFormat, numberFormat },
            body: file,
            headers: { 'content-type': file.type || 'text/csv' },
          }),
        look: (id) => fetchJson<ImportReport>(`/api/imports/${id}`),
        wait: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
        onProgress: (now) => {
          if (dryRun) [this.trial, this.done] = [now, undefined];
          else this.done = now;
        },
      });
    } catch (error) {
      this.problem = error as HttpProblem;
    } finally {
      this.busy = false;
    }
  }

  /** Another file, or another kind: what was told is of something else. */
  forget() {
    this.trial = undefined;
    this.done = undefined;
    this.problem = undefined;
  }
}
