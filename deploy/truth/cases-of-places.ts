import { VectorTile } from '@mapbox/vector-tile';
import { PbfReader } from 'pbf';
import packFile from '../../services/geography/district7/district.json' with { type: 'json' };
import { lookAt } from './browser.ts';
import { dayAgo, type Scratch, type Shape, settled, written } from './scratch.ts';
import { lines, postEvents, type TruthCase, totalOf } from './telling.ts';

/** A grid of wards, six in a row. */
const manyWards: Shape[] = Array.from({ length: 60 }, (_, index) => ({
  id: `w${String(index).padStart(2, '0')}`,
  name: `Phường số ${index + 1}`,
  code: String(40_000 + index),
  west: 106.6 + 0.02 * (index % 6),
  south: 10.6 + 0.02 * Math.floor(index / 6),
}));

/** OGC answers of a collection of the scratch district, page by page. */
async function pagesOf(scratch: Scratch, collection: string, query: Record<string, string>) {
  const { origin } = new URL((await scratch.request('/api/feeds')).url);
  const ids: string[] = [];
  const matched = new Set<number>();
  let next: string | undefined =
    `${origin}/api/ogc/collections/${scratch.district}.${collection}/items?${new URLSearchParams(query)}`;
  while (next && ids.length < 1000) {
    const answer = await scratch.fetch(next);
    const page = (await answer.json()) as {
      numberMatched: number;
      features: { id: string }[];
      links: { rel: string; href: string }[];
    };
    ids.push(...page.features.map(({ id }) => id));
    matched.add(page.numberMatched);
    next = page.links.find(({ rel }) => rel === 'next')?.href;
  }
  return { ids, matched: [...matched] };
}

const fromPack = (key: string, asOf?: string) =>
  packFile.facts.find((fact) => fact.key === key && (asOf === undefined || fact.asOf === asOf));

export const placeCases: readonly TruthCase[] = [
  {
    number: 'P37',
    what: 'HTML that a sender wrote is shown as it was written, and runs nowhere',
    right: { ran: false, images: 0, address: true, kind: true, business: true, errors: 0 },
    ask: async (scratch) => {
      const { district } = scratch;
      const address = '12 <script>window.ranHtml=4</script> Huỳnh Tấn Phát';
      const name = 'Quán <img src=x onerror=window.ranHtml=6> Bún & Phở';
      const sourceKind = '<img src=x onerror=window.ranHtml=3>';
      const event = { specversion: '1.0', source: 'nguoi-dan', time: `${dayAgo(3)}T02:00:00Z`, district };
      await postEvents(scratch, [
        {
          ...event,
          id: 'html-1',
          type: 'violation-reported',
          data: {
            violationId: 'html-1',
            kind: 'other',
            sourceKind,
            occurredAt: event.time,
            areaId: 'a1',
            address,
            description: '<svg onload=window.ranHtml=5> tường "nứt" & \'nghiêng\'',
          },
        },
        {
          ...event,
          id: 'html-2',
          type: 'business-registered',
          data: {
            businessId: 'html-2',
            name,
            form: 'household',
            registeredDate: dayAgo(20),
            status: 'open',
            areaId: 'a1',
          },
        },
      ]);
      await settled(() => totalOf(scratch, '/api/urban-order/violations'), 1);
      await settled(() => totalOf(scratch, '/api/economy/businesses'), 1);
      return lookAt(scratch, async (page, open) => {
        // The page of a thing is there before what it says has been loaded.
        const text = async (thing: string, wanted: string) => {
          await open(`thing=${thing}&view=page`);
          const said = page.locator(`[data-thing="${thing}"]`);
          await said.waitFor();
          return settled(async () => ((await said.innerText()).includes(wanted) ? wanted : said.innerText()), wanted);
        };
        const violation = await text('violation.html-1', address);
        const kind = await text('violation.html-1', sourceKind);
        const business = await text('business.html-2', name);
        return {
          ran: await page.evaluate<boolean>('window.ranHtml !== undefined'),
          images: await page.locator('img[src="x"]').count(),
          address: violation.includes(address),
          kind: kind.includes(sourceKind),
          business: business.includes(name),
        };
      });
    },
  },
  {
    number: 'P53',
    what: 'OGC: pages of seven neither repeat nor leave out, and each says the same number in all',
    shapes: manyWards,
    right: { rows: 60, different: 60, matched: [60], refused: 400 },
    ask: async (scratch) => {
      const { ids, matched } = await pagesOf(scratch, 'ward', { limit: '7' });
      const { origin } = new URL((await scratch.request('/api/feeds')).url);
      const refused = await scratch.fetch(`${origin}/api/ogc/collections/${scratch.district}.ward/items?limit=seven`);
      return { rows: ids.length, different: new Set(ids).size, matched, refused: refused.status };
    },
  },
  {
    number: 'P56',
    what: 'Vietnamese names, written with accents apart or in one, are the same letters on the page, in a font that has them',
    shapes: [
      { id: 'n1', name: 'Phường Mỹ Ngãi'.normalize('NFD'), code: '30001', west: 106.7, south: 10.72 },
      { id: 'n2', name: 'Phường Cẫm Lụy', code: '30002', west: 106.72, south: 10.72 },
    ],
    right: { names: ['Phường Cẫm Lụy', 'Phường Mỹ Ngãi'], shown: true, font: true, errors: 0 },
    ask: async (scratch) => {
      const { features } = await scratch.get<{ features: { properties: { level: string; name: string } }[] }>(
        '/api/geography/areas',
      );
      const names = features
        .filter(({ properties }) => properties.level === 'ward')
        .map(({ properties }) => properties.name)
        .sort();
      return lookAt(scratch, async (page, open) => {
        await open('');
        for (const name of names) await page.getByText(name).first().waitFor();
        const font = `document.fonts.load('16px "Be Vietnam Pro"', 'ẫụỹ').then((faces) => faces.length > 0)`;
        return { names, shown: true, font: await page.evaluate<boolean>(font) };
      });
    },
  },
  {
    number: 'N18',
    what: 'what was merged, or was no case after all, is in no list, no OGC answer and no tile, at every zoom',
    right: { list: 2, ogc: 2, violations: [2, 2, 2], cases: [1, 1, 1] },
    ask: async (scratch) => {
      const post = (path: string, body: object) =>
        scratch.request(path, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(body),
        });
      const place = { lon: 106.705, lat: 10.725 };
      for (const violationId of ['T-1', 'T-2', 'T-3'])
        await post('/api/urban-order/violations', {
          violationId,
          kind: 'encroachment',
          occurredAt: `${dayAgo(6)}T05:00:00Z`,
          location: place,
        });
      for (const caseId of ['C-1', 'C-2'])
        await post('/api/epidemic/cases', { caseId, confirmedDate: dayAgo(6), location: place });
      await settled(() => totalOf(scratch, '/api/urban-order/violations'), 3);
      await settled(() => totalOf(scratch, '/api/epidemic/cases'), 2);
      await post('/api/urban-order/violations/T-3/merge', { intoViolationId: 'T-2' });
      await post('/api/epidemic/cases/C-2/status', { status: 'not-a-case', since: `${dayAgo(2)}T02:00:00Z` });
      const tiles = (layer: string) =>
        Promise.all([10, 14, 16].map((zoom) => countInTile(scratch, layer, zoom, place)));
      const right = { list: 2, ogc: 2, violations: [2, 2, 2], cases: [1, 1, 1] };
      return settled(
        async () => ({
          list: await totalOf(scratch, '/api/urban-order/violations'),
          ogc: (await pagesOf(scratch, 'violation', {})).ids.length,
          violations: await tiles('violations'),
          cases: await tiles('cases'),
        }),
        right,
      );
    },
  },
  {
    number: 'N20',
    what: 'what is known of District 7 names who said it, when, and where it was read; its adults are those that it counted (N21)',
    right: { sources: [true, true], month: true, adults: 238_290 },
    ask: async () => {
      const named = (fact: { source: string } | undefined) =>
        fact !== undefined && /Khương Nha/.test(fact.source) && /Lê Văn Thành/.test(fact.source);
      return {
        sources: packFile.facts.filter(({ key }) => key === 'active-businesses').map(named),
        month: named(fromPack('budget-revenue-month')),
        adults: fromPack('population-aged-18-and-over')?.value,
      };
    },
  },
  {
    number: 'N02',
    what: 'the risk reads the coverage that the figures say (N03: of adults, over adults)',
    right: [0.94, 0.94],
    ask: async (scratch) => {
      await scratch.importFile(
        'population',
        'people.csv',
        lines(
          'Phường,Nhóm tuổi,Dân số,Từ ngày',
          ...['Tân Phú', 'Bình Thuận', 'Phú Mỹ', 'Tân Quy'].flatMap((name) => [
            `${name},all,16000,2020-01-01`,
            `${name},18+,10000,2020-01-01`,
          ]),
        ),
      );
      await scratch.importFile(
        'vaccination',
        'doses.csv',
        lines(
          'Phường,Ngày,Nhóm tuổi,Mũi 1,Mũi 2',
          ...['Tân Phú', 'Bình Thuận', 'Phú Mỹ', 'Tân Quy'].map(
            (name) => `${name},${written(dayAgo(9))},18+,9600,9400`,
          ),
        ),
      );
      const weeks = Array.from({ length: 10 }, (_, index) => 70 - 7 * index);
      await scratch.importFile(
        'case-counts',
        'counts.csv',
        lines(
          'Phường,Từ ngày,Đến ngày,Số ca',
          ...weeks.flatMap((day) =>
            ['Tân Phú', 'Bình Thuận', 'Phú Mỹ', 'Tân Quy'].map(
              (name) => `${name},${written(dayAgo(day))},${written(dayAgo(day - 6))},${20 + (day % 5)}`,
            ),
          ),
        ),
      );
      return settled(async () => {
        const figure = (await scratch.figures('epidemic')).get('a1 coverage-full-18')?.value ?? null;
        const { areas } = await scratch.get<{
          areas: { areaId: string; context?: { name: string; value: number | null }[] }[];
        }>('/api/risk', { level: 'ward' });
        const context = areas.find(({ areaId }) => areaId === 'a1')?.context ?? [];
        return [figure, context.find(({ name }) => name.startsWith('coverage'))?.value ?? null];
      }, [0.94, 0.94]);
    },
  },
  {
    number: 'N23',
    what: 'while rows are still being read no number is made of a part of them: all of a list is counted, or it is said why not',
    right: { partial: [], settled: 600 },
    ask: async (scratch) => {
      const rows = Array.from(
        { length: 600 },
        (_, index) => `L-${index},Tân Phú,${written(dayAgo(30 - (index % 30)))}`,
      );
      const loading = scratch.importFile('cases', 'long.csv', lines('ma_ca,phuong,ngay_xac_nhan', ...rows));
      const total = async () => {
        const { series, abstention } = await scratch.get<{
          series: { reported: number }[];
          abstention: { reason: string } | null;
        }>('/api/epidemic-statistics');
        return abstention ? abstention.reason : series.reduce((sum, { reported }) => sum + reported, 0);
      };
      await loading;
      const first = [];
      for (let index = 0; index < 10; index += 1) first.push(await total());
      return {
        partial: first.filter((value) => typeof value === 'number' && value !== 600),
        settled: await settled(() => totalOf(scratch, '/api/epidemic/cases'), 600),
      };
    },
  },
];

/** How many points the tile of this zoom at this place says, single or counted. */
async function countInTile(
  scratch: Scratch,
  layer: string,
  zoom: number,
  { lon, lat }: { lon: number; lat: number },
): Promise<number> {
  const size = 2 ** zoom;
  const x = Math.floor(((lon + 180) / 360) * size);
  const y = Math.floor(((1 - Math.asinh(Math.tan((lat * Math.PI) / 180)) / Math.PI) / 2) * size);
  const answer = await scratch.request(`/api/tiles/${layer}/${zoom}/${x}/${y}.mvt`);
  if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
  const points = new VectorTile(new PbfReader(new Uint8Array(await answer.arrayBuffer()))).layers[layer];
  let sum = 0;
  for (let index = 0; index < (points?.length ?? 0); index += 1)
    sum += Number(points!.feature(index).properties.count ?? 1);
  return sum;
}
