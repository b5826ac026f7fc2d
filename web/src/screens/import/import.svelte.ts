import { imports } from 'virtual:forms';
import type { ColumnLook } from '@vungxanh/services/contracts/http/imports.ts';
import { fetchJson, HttpProblem } from '../../api/http.ts';
import { Resource } from '../../api/resource.svelte.ts';
import type { Centre } from '../../centre.svelte.ts';
import { followImport, type ImportReport } from './import-answer.ts';
import { type Draft, type DraftStore, draftStore, type Step } from './import-draft.ts';
import { type CellToMend, cellsToMend, type MendedCell, sentValue, withMended } from './mending.ts';
import { type KnownEntity, type TakenBack, takeBack } from './take-back.ts';

/** A file on its way: its columns are looked at, cells are mended, it is tried as often as it takes, then taken in. */
export class FileImport {
  step = $state<Step>('file');
  kind = $state('cases');
  file = $state.raw<File | undefined>();
  /** How the file writes dates and numbers, where it cannot be seen in it; '' leaves it to the file. */
  dateFormat = $state<Draft['dateFormat']>('');
  numberFormat = $state<Draft['numberFormat']>('');
  /** Of a workbook with several. */
  sheet = $state('');
  map = $state.raw<Record<string, string>>({});
  set = $state.raw<Record<string, string>>({});
  mended = $state.raw<MendedCell[]>([]);
  busy = $state(false);
  problem = $state.raw<HttpProblem | undefined>();
  look = $state.raw<ColumnLook | undefined>();
  trial = $state.raw<ImportReport | undefined>();
  done = $state.raw<ImportReport | undefined>();
  recent = new Resource<ImportReport[]>();
  /** By import: how much of it is taken back, and what became of it. */
  takingBack = $state.raw<{ id: string; done: number; of: number } | undefined>();
  takenBack = $state.raw<Record<string, TakenBack>>({});

  readonly declared = $derived(imports.find(({ name }) => name === this.kind));
  /** What has to be answered before the file can be read. */
  readonly questions = $derived(this.look?.questions ?? []);
  readonly cells = $derived<CellToMend[]>(this.trial ? cellsToMend(this.trial, this.mended) : []);
  readonly faulty = $derived(this.cells.filter(({ faults }) => faults.length > 0).length);
  /** A trial of everything as it stands went through, and nothing was written since. */
  readonly writable = $derived(
    this.trial?.state === 'done' && (this.trial.accepted ?? 0) > 0 && !this.busy && this.done === undefined,
  );
  readonly #centre: Centre;
  readonly #drafts: DraftStore;
  /** Something was typed while a trial was on its way: it is tried again. */
  #again = false;

  constructor(centre: Centre, drafts: DraftStore = draftStore()) {
    this.#centre = centre;
    this.#drafts = drafts;
  }

  /** Goes on with what this browser has kept of the district, and asks what was imported lately. */
  async resume() {
    const { districtId: district } = this.#centre;
    if (!district) return;
    void this.loadRecent();
    const draft = await this.#drafts.get(district);
    if (!draft || this.file) return;
    const { step, ...chosen } = draft;
    Object.assign(this, chosen);
    if (step === 'columns') await this.lookAtColumns();
    else await this.try();
  }

  loadRecent() {
    const { districtId: district } = this.#centre;
    return this.recent.load((signal) => fetchJson<ImportReport[]>('/api/imports', { query: { district }, signal }));
  }

  /** Another file, or another kind: what was told and mended is of something else. */
  choose(file: File | undefined) {
    this.file = file;
    this.forget();
  }

  forget() {
    this.step = 'file';
    [this.map, this.set, this.mended, this.sheet] = [{}, {}, [], ''];
    this.look = undefined;
    this.trial = undefined;
    this.done = undefined;
    this.problem = undefined;
    const { districtId: district } = this.#centre;
    if (district) void this.#drafts.remove(district);
  }

  /** Which columns the file has, and what is taken for what. */
  lookAtColumns = () =>
    this.#while(async () => {
      this.look = await fetchJson<ColumnLook>(`/api/imports/${this.kind}/columns`, this.#sending());
      this.trial = undefined;
      this.step = 'columns';
      await this.#keep();
    });

  /** Of another sheet the columns are others. */
  async chooseSheet(sheet: string) {
    [this.sheet, this.map, this.set] = [sheet, {}, {}];
    await this.lookAtColumns();
  }

  /** @param column '' takes a guess back; undefined: as it is guessed */
  async chooseColumn(field: string, column: string | undefined) {
    const { [field]: _, ...others } = this.map;
    const { [field]: __, ...constants } = this.set;
    this.map = column === undefined ? others : { ...others, [field]: column };
    this.set = constants;
    await this.lookAtColumns();
  }

  /** The same value on every row. */
  async chooseValue(field: string, value: string) {
    const { [field]: _, ...others } = this.map;
    const { [field]: __, ...constants } = this.set;
    this.map = others;
    this.set = value === '' ? constants : { ...constants, [field]: value };
    await this.lookAtColumns();
  }

  /** Has the door judge everything as it stands; nothing is written. */
  async try() {
    if (this.busy) {
      this.#again = true;
      return;
    }
    do {
      this.#again = false;
      await this.#while(async () => {
        const trial = await this.#follow('true', (report) => {
          // What was told before stays on the screen until the new judgement is whole.
          if (!this.trial) this.trial = report;
        });
        this.trial = trial;
        this.step = 'mend';
        await this.#keep();
      });
    } while (this.#again);
  }

  /** A cell typed anew: it is judged again with all others. */
  async mend({ line, column, was }: CellToMend, typed: string) {
    const field = this.trial?.mapping.find((from) => from.column === column)?.field;
    const type = this.declared?.fields.find(({ name }) => name === field)?.type;
    this.mended = withMended(this.mended, { line, column, was, typed, value: sentValue(typed, type) });
    await this.#keep();
    await this.try();
  }

  /** Takes the file in. What cannot be read stays outside. */
  commit = () =>
    this.#while(async () => {
      this.done = await this.#follow('false', (report) => {
        this.done = report;
      });
      this.step = 'done';
      const { districtId: district } = this.#centre;
      if (district) await this.#drafts.remove(district);
      void this.loadRecent();
    });

  /** Takes back what an import brought, as far as nobody else has said anything of it. @param reason is written into each event */
  async takeBack(report: ImportReport, reason: string) {
    const { id, kind, source } = report;
    const withdrawal = imports.find(({ name }) => name === kind)?.withdrawal;
    const { districtId: district } = this.#centre;
    if (!withdrawal || !source || this.takingBack) return;
    this.problem = undefined;
    const address = (entity: string) => `${withdrawal.address}/${encodeURIComponent(entity)}`;
    try {
      const ids = await fetchJson<string[]>(`/api/imports/${id}/entities`);
      this.takingBack = { id, done: 0, of: ids.length };
      const result = await takeBack(ids, {
        source,
        withdrawal,
        reason,
        ask: (entity) => fetchJson<KnownEntity>(address(entity), { query: { district } }),
        tell: async (entity, body, version) => {
          await fetchJson(`${address(entity)}/${withdrawal.step}`, {
            method: 'POST',
            query: { district },
            json: body,
            headers: version === undefined ? {} : { 'if-match': `"${version}"` },
          });
        },
        onProgress: (done) => {
          this.takingBack = { id, done, of: ids.length };
        },
      });
      this.takenBack = { ...this.takenBack, [id]: result };
    } catch (error) {
      this.problem = asProblem(error);
    } finally {
      this.takingBack = undefined;
    }
  }

  async #while(does: () => Promise<void>) {
    if (!this.file) return;
    this.busy = true;
    this.problem = undefined;
    try {
      await does();
    } catch (error) {
      this.problem = asProblem(error);
    } finally {
      this.busy = false;
    }
  }

  #follow(dryRun: 'true' | 'false', onProgress: (report: ImportReport) => void): Promise<ImportReport> {
    return followImport({
      begin: () => {
        const sending = this.#sending();
        return fetchJson<ImportReport>(`/api/imports/${this.kind}`, {
          ...sending,
          // Of what is written one wants to see how far it is.
          query: { ...sending.query, dryRun, waitMs: dryRun === 'true' ? 5000 : 300 },
        });
      },
      look: (id) => fetchJson<ImportReport>(`/api/imports/${id}`),
      wait: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
      onProgress,
    });
  }

  #sending() {
    const { file, dateFormat, numberFormat, sheet, map, set, mended } = this;
    const body = new FormData();
    body.set('file', file!);
    if (mended.length)
      body.set('corrections', JSON.stringify(mended.map(({ line, column, value }) => ({ line, column, value }))));
    const written = (of: Record<string, string>) => (Object.keys(of).length ? JSON.stringify(of) : undefined);
    const query = {
      district: this.#centre.districtId,
      source: file!.name,
      dateFormat,
      numberFormat,
      sheet,
      map: written(map),
      set: written(set),
    };
    return { method: 'POST' as const, query, body };
  }

  async #keep() {
    const { districtId: district } = this.#centre;
    const { kind, file, dateFormat, numberFormat, sheet, map, set, mended, step } = this;
    if (!district || !file) return;
    await this.#drafts.put(district, { kind, file, dateFormat, numberFormat, sheet, map, set, mended, step });
  }
}

const asProblem = (error: unknown): HttpProblem =>
  error instanceof HttpProblem ? error : new HttpProblem(0, String(error), {}, { cause: error });
