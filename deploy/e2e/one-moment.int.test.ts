// One moment on the screen, on the real product with its exercise at ×21,600: what deck.gl was given to write on the map, the list, the card and the service's own
// answer for the moment that the screen names are the same numbers, frame by frame.
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Database, openDatabase } from '../../services/platform/database.ts';
import { type Product, startProduct } from './product.ts';

const district = 'q7-dien-tap';
const patient = { timeout: 600_000 };
const soon = { timeout: 120_000, interval: 500 };
const frames = 24;

/** What stands on the screen after a frame, as written. */
interface Frame {
  /** The moment that the screen names, RFC 3339. */
  asOf: string;
  /** What deck.gl was given: numbers by ward, and colours by its name. */
  labels: Record<string, string>;
  colours: Record<string, string>;
  /** The list's numbers and the colours of its bars by the name of the ward; empty while a card takes its place. */
  ranking: Record<string, string>;
  bars: Record<string, string>;
  card: { areaId: string; value: string } | null;
}

/** Runs in the browser. */
const readScreen = `() => {
  const text = (element) => (element ? element.textContent.trim() : '');
  const layers = document.querySelector('.map')?.overlay?._props.layers ?? [];
  const numbers = layers.find(({ id }) => id === 'area-numbers')?.props.data ?? [];
  const wards = layers.find(({ id }) => id === 'areas-ward')?.props;
  const card = document.querySelector('article[data-area]');
  const rows = card ? [] : [...document.querySelectorAll('aside.right ol li button')];
  const byName = (read) => Object.fromEntries(rows.map((row) => [text(row.querySelector('.name')), read(row)]));
  return {
    asOf: document.querySelector('[data-figures-as-of]')?.getAttribute('data-figures-as-of') ?? '',
    labels: Object.fromEntries(
      numbers.filter(({ properties }) => properties.level === 'ward').map(({ properties }) => [properties.areaId, properties.value]),
    ),
    colours: Object.fromEntries(
      (wards?.data.features ?? []).map((ward) => [ward.properties.name, 'rgb(' + wards.getFillColor(ward).slice(0, 3).join(', ') + ')']),
    ),
    ranking: byName((row) => text(row.querySelector('.rate'))),
    bars: byName((row) => row.querySelector('.bar i').style.background),
    card: card && {
      areaId: card.getAttribute('data-area'),
      value: text(card.querySelector('[data-formula="incidence-7d"] .value strong')),
    },
  };
}`;

describe('one moment', () => {
  let product: Product;
  let database: Database;
  let page: Page;
  const errors: string[] = [];
  beforeAll(async () => {
    product = await startProduct();
    database = openDatabase(product.state.databaseUrl);
    page = await product.browser.newPage({ viewport: { width: 1440, height: 900 } });
    page.setDefaultTimeout(120_000);
    page.on('pageerror', (error) => errors.push(error.message));
    await page.goto(`${product.state.url}/#district=${district}&lang=vi&theme=light`);
  }, 400_000);
  afterAll(async () => {
    await database?.end();
    await product?.stop();
  }, 60_000);

  const get = async <Answer>(path: string): Promise<Answer> =>
    (await (await product.fetch(`${product.state.url}${path}`)).json()) as Answer;

  /** The screen in a frame after so many milliseconds. Read while nothing else can run: what deck.gl was given last, and the document. */
  const frameAt = (afterMs: number): Promise<Frame> =>
    page.evaluate<Frame>(
      `new Promise((done) => setTimeout(() => requestAnimationFrame(() => done((${readScreen})())), ${afterMs}))`,
    );

  /** As the screen writes a rate. */
  const written = (value: number) =>
    new Intl.NumberFormat('vi-VN', {
      maximumFractionDigits: Number.isInteger(value) || Math.abs(value) >= 100 ? 0 : 1,
    }).format(value);
  const numbersAt = async (asOf: string) => {
    const { areas } = await get<{
      areas: {
        areaId: string;
        name: string;
        figures: Record<string, { value: number | null; denominator?: number | null }>;
      }[];
    }>(`/api/epidemic/figures?district=${district}&level=ward&asOf=${encodeURIComponent(asOf)}`);
    return areas.map(({ areaId, name, figures }) => {
      const { value, denominator } = figures['incidence-7d']!;
      return { areaId, name, value: value!, ofOneCase: 100_000 / denominator! };
    });
  };
  /** How many states of cases began or ended at a recorded instant. */
  const statesAt = async (asOf: string): Promise<number> => {
    const { rows } = await database.query<{ n: number }>(
      `SELECT count(*)::int AS n FROM epidemic.case_versions WHERE district = $1
       AND ($2 IN (date_trunc('milliseconds', known_at), date_trunc('milliseconds', known_until)))`,
      [district, asOf],
    );
    return rows[0]!.n;
  };
  const numberOf = (text: string) => Number(text.replaceAll('.', '').replace(',', '.'));
  let exact = 0;
  let compared = 0;
  /**
   * What the service says of the moment is what was shown. Facts of one recorded instant come in more than one commit: a number that was shown between two of them lies
   * between that of the millisecond before and that of the instant, or beyond by the cases that the instant both adds and takes away (a report, and another that turns out
   * to be none).
   */
  const compare = async (asOf: string, shownOf: (ward: { areaId: string; name: string }) => string | undefined) => {
    const [now, before] = await Promise.all([numbersAt(asOf), numbersAt(new Date(Date.parse(asOf) - 1).toISOString())]);
    for (const [i, ward] of now.entries()) {
      const shown = shownOf(ward);
      if (shown === undefined) continue;
      compared += 1;
      if (shown === written(ward.value)) exact += 1;
      else {
        const beyond = (await statesAt(asOf)) * ward.ofOneCase;
        const ends = [ward.value, before[i]!.value];
        const [least, most] = [Math.min(...ends) - beyond, Math.max(...ends) + beyond];
        expect([asOf, ward.name, numberOf(shown)]).toEqual([
          asOf,
          ward.name,
          expect.toSatisfy(
            // As written, a number has one decimal at least as far as it matters here.
            (value: number) => value >= least - 0.5 && value <= most + 0.5,
            `between ${ends.join(' and ')}, or ${beyond} beyond`,
          ),
        ]);
      }
    }
  };

  test('label = list = the service, in two dozen frames at random', patient, async () => {
    await expect.poll(async () => Object.keys((await frameAt(0)).labels).length, soon).toBe(10);
    await expect.poll(async () => (await get<{ prefilling: boolean }>('/api/drill')).prefilling, soon).toBe(false);
    const faster = await product.fetch(`${product.state.url}/api/drill`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ action: 'speed', speed: 21_600 }),
    });
    expect([faster.status, await faster.text()]).toEqual([200, expect.any(String)]);
    const seen = new Set<string>();
    for (let i = 0; i < frames; i += 1) {
      const frame = await frameAt(Math.random() * 900);
      seen.add(frame.asOf);
      expect(Object.keys(frame.labels)).toHaveLength(10);
      await compare(frame.asOf, ({ areaId }) => frame.labels[areaId]);
      await compare(frame.asOf, ({ name }) => frame.ranking[name]);
      const nameOf = new Map((await numbersAt(frame.asOf)).map(({ areaId, name }) => [areaId, name]));
      const named = Object.entries(frame.labels).map(([areaId, label]) => [nameOf.get(areaId), label]);
      expect([frame.asOf, Object.fromEntries(named)]).toEqual([frame.asOf, frame.ranking]);
      expect([frame.asOf, frame.colours]).toEqual([frame.asOf, frame.bars]);
    }
    // The exercise went on meanwhile.
    expect(seen.size).toBeGreaterThan(frames / 4);
    expect(exact / compared).toBeGreaterThan(0.8);
    expect(errors).toEqual([]);
  });

  test('label = card = the service', patient, async () => {
    await page.locator('aside.right ol li button').first().click();
    await page.locator('article[data-area] [data-formula="incidence-7d"] .value').waitFor();
    for (let i = 0; i < frames; i += 1) {
      const { asOf, card, labels } = await frameAt(Math.random() * 900);
      expect([asOf, labels[card!.areaId]]).toEqual([asOf, card!.value]);
      await compare(asOf, ({ areaId }) => labels[areaId]);
    }
    expect(errors).toEqual([]);
  });
});
