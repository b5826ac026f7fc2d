import { fetchJson, HttpProblem } from '../api/http.ts';

/** One change on its way, and what was wrong with the last one. */
export class Sending {
  busy = $state(false);
  problem = $state.raw<HttpProblem | undefined>();

  /** Sends, and says what came back; undefined: it was refused. */
  async send<Answer>(path: string, district: string | undefined, json: object): Promise<Answer | undefined> {
    this.busy = true;
    this.problem = undefined;
    try {
      return await fetchJson<Answer>(path, { method: 'POST', query: { district }, json });
    } catch (error) {
      this.problem = error instanceof HttpProblem ? error : new HttpProblem(0, String(error));
      return undefined;
    } finally {
      this.busy = false;
    }
  }
}
