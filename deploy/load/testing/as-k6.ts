import { vi } from 'vitest';

/** What a script asked for. */
export interface Asked {
  method: 'GET' | 'POST';
  url: string;
  headers: Record<string, string>;
  body?: string;
  /** What k6 is told of the request. */
  tags: Record<string, string>;
}

interface Script {
  options: { scenarios: Record<string, { executor: string; exec?: string }>; thresholds: Record<string, unknown[]> };
  default?: () => void;
}

/** What k6 itself says of a request that it ended. */
const timeIsOver = 1050;

type Params = { headers?: Record<string, string>; tags?: Record<string, string>; timeout?: string };

/** Of the script that runs now. */
let asked: Asked[] = [];
let checks: [string, boolean][] = [];
const scenario = { iterationInTest: 0, name: '', progress: 0.5 };

const note = (
  method: Asked['method'],
  url: string,
  { headers = {}, tags = {}, timeout }: Params = {},
  body?: string,
) => {
  asked.push({ method, url, headers, tags, ...(body === undefined ? {} : { body }) });
  if (timeout) return { status: 0, error_code: timeIsOver };
  return { status: method === 'POST' ? 201 : 200, error_code: 0 };
};

class Metric {
  add() {}
}

/** In place of k6's modules. */
const modules: Readonly<Record<string, object>> = {
  k6: {
    check: (value: unknown, tests: Record<string, (value: unknown) => boolean>) => {
      for (const [what, holds] of Object.entries(tests)) checks.push([what, holds(value)]);
    },
    sleep: () => {},
  },
  'k6/http': {
    default: {
      get: (url: string, params: Params) => note('GET', url, params),
      post: (url: string, body: string, params: Params) => note('POST', url, params, body),
      batch: (requests: { url: string; params: Params }[]) =>
        requests.map(({ url, params }) => note('GET', url, params)),
    },
  },
  'k6/execution': { default: { scenario } },
  'k6/metrics': { Counter: Metric, Gauge: Metric, Rate: Metric, Trend: Metric },
};

/**
 * Loads a script as k6 does, with modules in place of k6's that only note what is asked, and runs each function of its scenarios once.
 *
 * @param name file of deploy/load without `.js`
 * @param environment as `npm run load` gives it; a script has that of the first time
 */
export async function asK6(
  name: string,
  environment: Record<string, string>,
): Promise<{ options: Script['options']; asked: Asked[]; checks: [string, boolean][] }> {
  for (const [module, stand] of Object.entries(modules)) vi.doMock(module, () => stand);
  vi.stubGlobal('__ENV', environment);
  try {
    const script = (await import(`../${name}.js`)) as Script & Record<string, () => void>;
    asked = [];
    checks = [];
    for (const { exec = 'default' } of Object.values(script.options.scenarios)) {
      scenario.name = name;
      scenario.iterationInTest++;
      script[exec]!();
    }
    return { options: script.options, asked, checks };
  } finally {
    for (const module of Object.keys(modules)) vi.doUnmock(module);
    vi.unstubAllGlobals();
  }
}
