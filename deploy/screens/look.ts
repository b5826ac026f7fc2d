import type { Page } from 'playwright-core';
import type { Known, View } from './views.ts';

type Read = <Answer>(path: string) => Promise<Answer>;

/** Numbers of things that have something to show: the worst ward, a file that is overdue, a report that somebody else sent too. */
export async function knownThings(read: Read, district: string): Promise<Known> {
  const of = `district=${district}`;
  const items = async (path: string) => (await read<{ items: Record<string, string>[] }>(path)).items;
  const first = async (path: string, field: string) => (await items(path))[0]?.[field] ?? '';
  const { areas } = await read<{ areas: { areaId: string; figures: Record<string, { value: number | null }> }[] }>(
    `/api/epidemic/figures?${of}&level=ward`,
  );
  const worst = areas.toSorted((a, b) => (b.figures['cases-7d']?.value ?? 0) - (a.figures['cases-7d']?.value ?? 0))[0];
  return {
    areaId: worst?.areaId ?? '',
    violationId: await first(`/api/urban-order/violations?${of}&formula=violations-overdue&limit=1`, 'violationId'),
    reportId: await twiceReported(read, of),
    caseId: await first(`/api/epidemic/cases?${of}&limit=1`, 'caseId'),
    incidentId: await first(`/api/incidents/incidents?${of}&limit=1`, 'incidentId'),
  };
}

/** An unanswered report beside which another stands; where there is none, the first one. */
async function twiceReported(read: Read, of: string): Promise<string> {
  interface Report {
    reportId: string;
    topic: string;
    occurredAt: string;
    location: { lon: number; lat: number } | null;
  }
  const list = await read<{ items: Report[] }>(
    `/api/citizens/reports?${of}&status=received,routed,paused,reopened&limit=60`,
  );
  for (const { reportId, topic, occurredAt, location } of list.items) {
    if (!location) continue;
    const { lon, lat } = location;
    const query = new URLSearchParams({ topic, lon: String(lon), lat: String(lat), reportId, occurredAt });
    const near = await read<{ items: unknown[] }>(`/api/citizens/duplicates?${of}&${query}`);
    if (near.items.length) return reportId;
  }
  return list.items[0]?.reportId ?? '';
}

const restMs = 700;
/** A machine that others use too draws its maps slowly. */
const patienceMs = 120_000;

/** Opens a screen, and waits until it has what people look for and says nowhere that it is loading. */
export async function openView(page: Page, url: string, view: View, hash: string): Promise<void> {
  // From an empty page, so that nothing of another screen is left.
  await page.goto('about:blank');
  await page.goto(`${url}/${hash}`, { timeout: patienceMs });
  await page.locator(view.ready).first().waitFor({ timeout: patienceMs });
  const until = Date.now() + patienceMs;
  for (let quiet = 0; quiet < 3 && Date.now() < until; ) {
    await page.waitForTimeout(restMs);
    const isLoading = await page.evaluate<boolean>(
      '/Đang tải|Đang nạp|đang tính…|Loading|computing…/.test(document.body.innerText)',
    );
    quiet = isLoading ? 0 : quiet + 1;
  }
  // Addresses of areas that move to them, fonts and the last frame of a map.
  await page.waitForTimeout(1500);
}
