import { fetchJson, HttpProblem } from '../../api/http.ts';
import type { Centre } from '../../centre.svelte.ts';
import {
  type EntryKind,
  type EntryValues,
  entryCommand,
  entryKindNames,
  firstValues,
  formOf,
  savedId,
} from '../../forms/entry-forms.ts';
import { mayWait } from '../../local/outbox.svelte.ts';

/** What somebody types in, and what became of it. */
export class Entry {
  kind = $state<EntryKind>(entryKindNames[0]!);
  values = $state<EntryValues>({});
  sending = $state(false);
  problem = $state.raw<HttpProblem | undefined>();
  /** Id of what was recorded last. */
  saved = $state<string | undefined>();
  readonly #centre: Centre;
  readonly #newId: () => string;

  /** @param newId names what has no name of its own yet */
  constructor(centre: Centre, newId: () => string) {
    this.#centre = centre;
    this.#newId = newId;
    this.values = firstValues(this.kind, centre.today);
  }

  choose(kind: EntryKind) {
    this.kind = kind;
    this.problem = undefined;
    this.saved = undefined;
    this.#empty();
  }

  async send() {
    this.sending = true;
    this.problem = undefined;
    // Of an earlier one nothing is said beside what becomes of this one.
    this.saved = undefined;
    const { districtId: district, place } = this.#centre;
    const { path, body } = entryCommand(this.kind, this.values, place, this.#newId);
    try {
      const answer = await fetchJson<Record<string, unknown>>(path, {
        method: 'POST',
        query: { district },
        json: body,
      });
      this.saved = savedId(this.kind, answer, body, this.values);
      this.#empty();
    } catch (error) {
      if (!(await this.#waits(error, path, body))) this.problem = error as HttpProblem;
    } finally {
      this.sending = false;
    }
  }

  /** Keeps a report of the field until there is a network again. False: it is not kept, and why is told. */
  async #waits(error: unknown, path: string, body: Record<string, unknown>): Promise<boolean> {
    const { idField } = formOf(this.kind);
    const { districtId: district, nowMs, outbox } = this.#centre;
    if (
      !(error instanceof HttpProblem) ||
      error.status !== 0 ||
      !district ||
      !outbox ||
      path.includes('{') ||
      !mayWait(idField)
    )
      return false;
    const at = new Date(nowMs).toISOString();
    try {
      // It happened when it was seen, not when it is sent; and what may be sent twice has a name.
      const json: Record<string, unknown> = { occurredAt: at, [idField]: this.#newId(), ...body };
      await outbox.add({ key: String(json[idField]), kind: this.kind, path, district, json, headers: {}, at });
    } catch {
      return false;
    }
    this.#empty();
    return true;
  }

  #empty() {
    this.values = firstValues(this.kind, this.#centre.today);
    this.#centre.place = undefined;
  }
}
