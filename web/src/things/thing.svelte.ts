import type { EntryForm } from '@vungxanh/services/contracts/entry-form.ts';
import { fetchJson, HttpProblem } from '../api/http.ts';
import { Resource } from '../api/resource.svelte.ts';
import type { Centre } from '../centre.svelte.ts';
import { type EntryValues, entryCommand, firstValues } from '../forms/entry-forms.ts';
import { mayWait } from '../local/outbox.svelte.ts';
import { kindOf, type ThingRef } from './thing-ref.ts';
import { placeOf, type ThingDetail } from './thing-view.ts';

/** Of what the stream told the rows are asked again, each time after twice as long, so many times: an event that repeats what was known never comes. */
const renewMs = 300;
const mostLoads = 6;

/** One thing: what is known of it, and the step that somebody takes. */
export class Thing {
  readonly ref: ThingRef;
  readonly kind: NonNullable<ReturnType<typeof kindOf>>;
  detail = new Resource<ThingDetail>();
  /** The form that is open. */
  form = $state.raw<EntryForm | undefined>();
  values = $state<EntryValues>({});
  sending = $state(false);
  problem = $state.raw<HttpProblem | undefined>();
  /** Nothing that was filled in is new. */
  nothingNew = $state(false);
  /** The form that was recorded last. */
  done = $state.raw<EntryForm | undefined>();
  readonly #centre: Centre;

  /** @throws Error for a noun that has no page */
  constructor(centre: Centre, ref: ThingRef) {
    const kind = kindOf(ref.noun);
    if (!kind) throw new Error(`"${ref.noun}" has no page`);
    this.#centre = centre;
    this.ref = ref;
    this.kind = kind;
  }

  get address(): string {
    return `${this.kind.address}/${encodeURIComponent(this.ref.id)}`;
  }

  /** Sequence of the newest thing that the stream told of it; 0: nothing. */
  readonly told = $derived.by(() => {
    const { world } = this.#centre.line;
    const item = world.latest.find(({ layer, entity }) => layer === this.kind.feed && entity === this.ref.id);
    return item?.sequence ?? 0;
  });

  /** `again`: how often it was loaded for what the stream told. */
  async load(again = 0) {
    const { districtId: district, asOf } = this.#centre;
    const { told } = this;
    await this.detail.load((signal) => fetchJson<ThingDetail>(this.address, { query: { district, asOf }, signal }));
    const { data } = this.detail;
    if (this.#centre.thing?.id !== this.ref.id || !data) return;
    this.#centre.thingAt = placeOf(data);
    // The stream runs ahead of the rows: what it told may not be among them yet.
    const isBehind = asOf === undefined && data.history.every(({ sequence }) => sequence < told);
    if (isBehind && again < mostLoads)
      setTimeout(() => told === this.told && void this.load(again + 1), renewMs * 2 ** again);
  }

  /** Opens a form, with what is known in its boxes where it says so. Again: closes it. */
  choose(form: EntryForm, filled: EntryValues = {}) {
    this.done = undefined;
    this.problem = undefined;
    this.nothingNew = false;
    this.#centre.place = undefined;
    if (this.form === form && Object.keys(filled).length === 0) {
      this.form = undefined;
      return;
    }
    this.form = form;
    this.values = {
      ...firstValues(form.kind, this.#centre.today),
      ...(form.begins ? this.#known(form) : {}),
      ...filled,
    };
  }

  #known({ fields }: EntryForm): EntryValues {
    const detail = this.detail.data ?? {};
    return Object.fromEntries(
      fields.flatMap(({ name, knownAs = name }) => {
        const value = (detail as Record<string, unknown>)[knownAs];
        return typeof value === 'string' || typeof value === 'number' ? [[name, value]] : [];
      }),
    );
  }

  /** Keeps a step of the field until there is a network again, on the version that was on the screen. */
  async #waits(form: EntryForm, path: string, json: Record<string, unknown>, headers: Record<string, string>) {
    const { districtId: district, nowMs, outbox } = this.#centre;
    if (!district || !outbox || !mayWait(form.idField)) return false;
    const at = new Date(nowMs).toISOString();
    const key = `step-${crypto.randomUUID()}`;
    const dated = { occurredAt: at, ...json };
    try {
      await outbox.add({ key, kind: form.kind, path, district, json: dated, headers, thing: this.ref, at });
    } catch {
      return false;
    }
    this.form = undefined;
    this.values = {};
    return true;
  }

  /** Sends the open form, on the version that is on the screen. What somebody else did meanwhile is loaded, and what was typed stays. */
  async send() {
    const { form, ref } = this;
    if (!form) return;
    const { districtId: district, place } = this.#centre;
    const known = form.begins === 'changed' ? this.#known(form) : {};
    const changed = Object.fromEntries(Object.entries(this.values).filter(([name, value]) => value !== known[name]));
    this.nothingNew = form.begins === 'changed' && !place && Object.keys(changed).every((name) => name === 'reason');
    if (this.nothingNew) return;
    const { path, body } = entryCommand(form.kind, { ...changed, [form.idField]: ref.id }, place, () => ref.id);
    const version = this.detail.data?.version;
    // The address names it, unless the body does.
    const json = form.path.includes(`{${form.idField}}`) ? body : { ...body, [form.idField]: ref.id };
    const headers: Record<string, string> = version === undefined ? {} : { 'if-match': `"${version}"` };
    this.sending = true;
    this.problem = undefined;
    try {
      await fetchJson(path, { method: 'POST', query: { district }, json, headers });
      await this.load();
      this.done = form;
      this.form = undefined;
      this.values = {};
      this.#centre.place = undefined;
    } catch (error) {
      const problem = error instanceof HttpProblem ? error : new HttpProblem(0, String(error), {}, { cause: error });
      if (problem.status === 0 && (await this.#waits(form, path, json, headers))) return;
      if (problem.status === 409 || problem.status === 412) await this.load();
      this.problem = problem;
    } finally {
      this.sending = false;
    }
  }
}
