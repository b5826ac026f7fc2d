import { HttpProblem } from './http.ts';

/** Something that is loaded: what it is, whether it is on its way, and why it is not there. A newer load ends an older one. */
export class Resource<T> {
  data = $state.raw<T | undefined>();
  loading = $state(false);
  error = $state.raw<HttpProblem | undefined>();
  /** Counts the loads that succeeded. */
  loads = $state(0);
  #running: AbortController | undefined;

  /** Loads; the last data stay on show meanwhile. @returns whether this load was the one that counted and succeeded */
  async load(fetchIt: (signal: AbortSignal) => Promise<T>): Promise<boolean> {
    this.#running?.abort();
    const running = new AbortController();
    this.#running = running;
    this.loading = true;
    try {
      const data = await fetchIt(running.signal);
      if (running.signal.aborted) return false;
      this.data = data;
      this.loads += 1;
      this.error = undefined;
      return true;
    } catch (error) {
      if (running.signal.aborted) return false;
      this.error = error instanceof HttpProblem ? error : new HttpProblem(0, String(error), {}, { cause: error });
      return false;
    } finally {
      if (this.#running === running) this.loading = false;
    }
  }

  /** Forgets: what was shown belongs to something else now. */
  clear() {
    this.#running?.abort();
    this.#running = undefined;
    this.data = undefined;
    this.error = undefined;
    this.loading = false;
  }
}
