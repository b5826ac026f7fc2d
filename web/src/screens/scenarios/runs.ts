import type {
  PlanRequest,
  ScenarioModel,
  ScenarioRequest,
  ScenarioRun,
} from '@vungxanh/services/contracts/scenarios.ts';
import { fetchJson } from '../../api/http.ts';

export const fetchModel = (district: string, asOf: string | undefined, signal: AbortSignal): Promise<ScenarioModel> =>
  fetchJson('/api/scenarios/model', { query: { district, asOf }, signal });
export const fetchRuns = async (district: string, signal: AbortSignal): Promise<ScenarioRun[]> =>
  (await fetchJson<{ items: ScenarioRun[] }>('/api/scenarios', { query: { district }, signal })).items;
export const fetchRun = (id: string): Promise<ScenarioRun> => fetchJson(`/api/scenarios/${encodeURIComponent(id)}`);
export const startComparison = (json: ScenarioRequest): Promise<ScenarioRun> =>
  fetchJson('/api/scenarios', { method: 'POST', json });
export const startPlan = (json: PlanRequest): Promise<ScenarioRun> =>
  fetchJson('/api/scenarios/plans', { method: 'POST', json });
export const cancelRun = (id: string): Promise<ScenarioRun> =>
  fetchJson(`/api/scenarios/${encodeURIComponent(id)}`, { method: 'DELETE' });

const askAgainMs = 2000;

/**
 * Tells how a run goes on until it has ended, then once more with its result. The stream may be cut: then it is asked for the run itself, and a stream that is
 * still possible is opened again by the browser.
 * @returns ends the watching
 */
export function watchRun(id: string, told: (run: ScenarioRun) => void, lost: (error: unknown) => void): () => void {
  const source = new EventSource(`/api/scenarios/${encodeURIComponent(id)}/progress`);
  let ended = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const stop = () => {
    ended = true;
    clearTimeout(timer);
    source.close();
  };
  const settle = async () => {
    if (ended) return;
    try {
      const run = await fetchRun(id);
      if (ended) return;
      if (run.endedAt) stop();
      told(run);
      if (!run.endedAt && source.readyState === EventSource.CLOSED) timer = setTimeout(settle, askAgainMs);
    } catch (error) {
      if (ended) return;
      stop();
      lost(error);
    }
  };
  source.addEventListener('run', (event) => {
    const run = JSON.parse((event as MessageEvent<string>).data) as ScenarioRun;
    if (run.endedAt) {
      source.close();
      void settle();
    } else told(run);
  });
  source.onerror = () => {
    clearTimeout(timer);
    timer = setTimeout(settle, askAgainMs / 4);
  };
  return stop;
}
