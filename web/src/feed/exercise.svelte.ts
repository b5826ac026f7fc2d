import type { DrillCommand } from '@vungxanh/services/contracts/http/drill.ts';
import type { Drill } from '../api/answers.ts';
import { fetchJson, type HttpProblem } from '../api/http.ts';
import { type ToldDrill, toldAgain } from './clock.ts';

/** The running exercise as the edge last told it, and its buttons. */
export class Exercise {
  told = $state.raw<ToldDrill | undefined>();
  error = $state.raw<HttpProblem | undefined>();
  busy = $state(false);

  async refresh() {
    await this.#ask(() => fetchJson<Drill>('/api/drill'));
  }

  async act(command: DrillCommand) {
    this.busy = true;
    await this.#ask(() => fetchJson<Drill>('/api/drill', { method: 'POST', json: command }));
    this.busy = false;
  }

  async #ask(ask: () => Promise<Drill>) {
    try {
      this.told = toldAgain(this.told, await ask(), Date.now());
      this.error = undefined;
    } catch (error) {
      this.error = error as HttpProblem;
    }
  }
}
