import { fetchJson, type HttpProblem } from '../../api/http.ts';
import type { Centre } from '../../centre.svelte.ts';
import {
  type EntryKind,
  type EntryValues,
  entryCommand,
  entryKindNames,
  firstValues,
  savedId,
} from '../../forms/entry-forms.ts';

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
      this.problem = error as HttpProblem;
    } finally {
      this.sending = false;
    }
  }

  #empty() {
    this.values = firstValues(this.kind, this.#centre.today);
    this.#centre.place = undefined;
  }
}
