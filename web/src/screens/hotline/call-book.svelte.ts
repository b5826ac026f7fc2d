import { fetchJson, HttpProblem } from '../../api/http.ts';
import { Resource } from '../../api/resource.svelte.ts';
import { whenAtRest } from '../../at-rest.ts';
import type { Centre } from '../../centre.svelte.ts';
import type { Call, CallPage } from './call.ts';

/** A telephone rings for a minute: what is on the screen is asked for again every few seconds. */
const againMs = 3000;
const mostCalls = 500;

/** The calls of the day that is looked at, and those of any day that wait for a person. Effects belong to the component that makes it. */
export class CallBook {
  ofDay = new Resource<CallPage>();
  open = new Resource<CallPage>();
  /** Whether patients at home are called every day. */
  daily = new Resource<{ enabled: boolean }>();
  /** The call for which something is on its way. */
  busy = $state('');
  problem = $state.raw<HttpProblem | undefined>();
  readonly #centre: Centre;

  constructor(centre: Centre) {
    this.#centre = centre;
    $effect(() => {
      const { districtId, asOf, reloads, onDay } = centre;
      void reloads;
      if (!districtId || !onDay) return;
      const giveUp = whenAtRest(asOf, () => this.load());
      const again = setInterval(() => centre.live && document.visibilityState === 'visible' && this.load(), againMs);
      return () => {
        giveUp();
        clearInterval(again);
      };
    });
  }

  /** Milliseconds since 1970 on the district's clock. */
  readonly atMs = $derived.by(() => (this.#centre.asOf ? Date.parse(this.#centre.asOf) : this.#centre.nowMs));
  readonly #ringing = $derived.by(() => (this.ofDay.data?.items ?? []).filter(({ status }) => status === 'ringing'));
  /** Calls from outside: somebody here has to answer. */
  readonly ringing = $derived.by(() => this.#ringing.filter(({ direction }) => direction !== 'daily'));
  /** How many patients are being called: nobody here answers for them. */
  readonly calledOut = $derived.by(() => this.#ringing.length - this.ringing.length);

  load = async () => {
    const { districtId: district, asOf, onDay } = this.#centre;
    const ask = (query: object) => (signal: AbortSignal) =>
      fetchJson<CallPage>('/api/hotline/calls', { query: { district, asOf, limit: mostCalls, ...query }, signal });
    void this.daily.load((signal) => fetchJson('/api/hotline/daily', { query: { district }, signal }));
    await Promise.all([this.ofDay.load(ask({ from: onDay, to: onDay })), this.open.load(ask({ open: 'true' }))]);
  };

  /** Does something with a call, and asks for all again. */
  act = (call: Call, step: 'answer' | 'refuse' | 'hang-up' | 'take-up', said: object = {}) =>
    this.#send(call.callId, `/api/hotline/calls/${encodeURIComponent(call.callId)}/${step}`, said);

  receive = (said: object) => this.#send('new', '/api/hotline/calls', said);

  setDaily = (enabled: boolean) => this.#send('daily', '/api/hotline/daily', { enabled });

  async #send(busy: string, path: string, json: object): Promise<boolean> {
    this.busy = busy;
    this.problem = undefined;
    try {
      await fetchJson(path, { method: 'POST', query: { district: this.#centre.districtId }, json });
      return true;
    } catch (error) {
      this.problem = error instanceof HttpProblem ? error : new HttpProblem(0, String(error));
      return false;
    } finally {
      this.busy = '';
      void this.load();
    }
  }
}
