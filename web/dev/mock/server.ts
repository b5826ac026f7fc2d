import type { IncomingMessage, ServerResponse } from 'node:http';
import type { LiveFigure, LiveItem } from '@vungxanh/services/contracts/live.ts';
import { pointsMediaType } from '@vungxanh/services/contracts/points.ts';
import {
  figuresOf,
  formulaTexts,
  knownRows,
  listedFigures,
  listOf,
  pointBytes,
  pointCells,
  type Question,
  seriesOf,
} from './answers.ts';
import { dayMs, dayText, localDay, type MockHistory, mockHistory } from './history.ts';
import { outlookAnswer, riskItems } from './outlook.ts';
import { activateMock } from './outlook-models.ts';
import { baseFeatures } from './places.ts';
import { mockScenarios } from './scenarios.ts';

const services = ['epidemic', 'urban-order', 'economy'] as const;
type Service = (typeof services)[number];

const riskEveryMs = 3000;

/** What the mock knows nothing of. */
const unsaid = {
  nameEnglish: null,
  code: null,
  validFrom: '2021-01-01',
  validUntil: null,
  areaKm2: null,
  estimated: false,
  labelPoint: null,
  populationEstimated: true,
  source: null,
};

/** A centre made of seeded data that answers the routes of the real one. A tool for developing the screens; never part of the product. */
export function createMock(nowMs = Date.now()) {
  const drill = {
    running: true,
    paused: false,
    speed: 1200,
    clockMs: Date.parse('2021-08-24T09:00:00+07:00'),
    fromMs: Date.parse('2021-06-15T00:00:00+07:00'),
  };
  const drillEndMs = Date.parse('2021-11-30T00:00:00+07:00');
  const histories: Record<string, MockHistory> = {
    q7: mockHistory('q7', 7, localDay(nowMs) - 130, 128, { nowMs }),
    'q7-drill': mockHistory('q7-drill', 2021, localDay(drill.fromMs), localDay(drillEndMs) - localDay(drill.fromMs)),
  };
  const clockOf = (district: string) => (district === 'q7-drill' ? drill.clockMs : Date.now());
  const scenarios = mockScenarios();
  const clients = new Set<{ district: string; response: ServerResponse; sent: number }>();
  const timers = [
    setInterval(() => {
      if (drill.running && !drill.paused) drill.clockMs = Math.min(drillEndMs, drill.clockMs + drill.speed * 250);
    }, 250),
    setInterval(() => clients.forEach(push), 500),
  ];

  const committed = (district: string) => {
    const events = histories[district]!.events;
    let low = 0;
    let high = events.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (events[middle]!.recordedMs <= clockOf(district)) low = middle + 1;
      else high = middle;
    }
    return low;
  };

  function push(client: { district: string; response: ServerResponse; sent: number }) {
    const through = committed(client.district);
    if (through <= client.sent) return;
    const items = histories[client.district]!.events.slice(client.sent, through).map((event) => event.item);
    client.sent = through;
    const batch = {
      district: client.district,
      throughSequence: through,
      sentAt: new Date().toISOString(),
      items: [...items, ...changedRisks(client.district, items, through)],
      figures: changedFigures(client.district, items, through),
    };
    client.response.write(`id: ${through}\nevent: batch\ndata: ${JSON.stringify(batch)}\n\n`);
  }

  /** Wards that cases came to have a new risk; scored at most every few seconds, as it is the whole history again. */
  const scoredMs: Record<string, number> = {};
  function changedRisks(district: string, items: LiveItem[], throughSequence: number): LiveItem[] {
    if (Date.now() - (scoredMs[district] ?? 0) < riskEveryMs) return [];
    const history = histories[district]!;
    const cases = items.filter((item) => item.layer === 'cases');
    if (!cases.length) return [];
    scoredMs[district] = Date.now();
    const touched = new Set(cases.map(({ entity }) => history.rowById.get(entity)!.wardId));
    return riskItems(history, { district, asOfMs: clockOf(district) }, touched, throughSequence);
  }

  function changedFigures(district: string, items: LiveItem[], throughSequence: number): LiveFigure[] {
    const history = histories[district]!;
    const touched = new Set<string>();
    for (const { entity } of items) {
      const row = history.rowById.get(entity)!;
      for (const areaId of [row.areaId, row.wardId, district]) touched.add(areaId);
    }
    const question: Question = { district, asOfMs: clockOf(district) };
    const layers = new Set(items.map((item) => item.layer));
    const wanted = services.filter((service) =>
      layers.has(({ epidemic: 'cases', 'urban-order': 'violations', economy: 'businesses' } as const)[service]),
    );
    return wanted.flatMap((service) =>
      figuresOf(
        { ...history, areas: history.areas.filter((a) => touched.has(a.areaId)) },
        service,
        question,
      ).areas.flatMap(({ areaId, figures }) =>
        Object.values(figures).map(({ formula, value, unit, numerator, denominator }) => ({
          areaId,
          formula,
          value,
          unit,
          numerator,
          denominator,
          throughSequence,
        })),
      ),
    );
  }

  function stream(district: string, request: IncomingMessage, response: ServerResponse, lastEventId: string | null) {
    const client = { district, response, sent: Number(lastEventId) || committed(district) };
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    response.write(
      `event: hello\ndata: ${JSON.stringify({ district, throughSequence: client.sent, sentAt: new Date().toISOString() })}\n\n`,
    );
    clients.add(client);
    request.on('close', () => clients.delete(client));
  }

  function answer(path: string, query: URLSearchParams): unknown {
    const district = query.get('district') ?? '';
    if (path === '/api/districts')
      return [
        {
          district: 'q7',
          name: 'Quận 7',
          nameEnglish: 'District 7',
          timeZone: 'Asia/Ho_Chi_Minh',
          clock: 'live',
          exercise: false,
          lon: 106.728,
          lat: 10.734,
          zoom: 12.4,
          source: null,
          bbox: null,
        },
        {
          district: 'q7-drill',
          name: 'Quận 7 – diễn tập làn sóng 2021',
          nameEnglish: 'District 7 – 2021 wave exercise',
          timeZone: 'Asia/Ho_Chi_Minh',
          clock: 'recorded',
          exercise: true,
          lon: 106.728,
          lat: 10.734,
          zoom: 12.4,
          source: null,
          bbox: null,
        },
      ];
    if (path === '/api/epidemic/formulas') return formulaTexts;
    const history = histories[district];
    if (!history) return undefined;
    const asOf = query.get('asOf') ?? undefined;
    const dayOf = (name: string) => (query.get(name) ? Math.floor(Date.parse(query.get(name)!) / dayMs) : undefined);
    const question: Question = {
      district,
      asOf,
      asOfMs: Math.min(asOf ? Date.parse(asOf) : Infinity, clockOf(district)),
      areaId: query.get('areaId') ?? undefined,
      from: dayOf('from'),
      to: dayOf('to'),
    };
    const outlook = outlookAnswer(path, query, history, question);
    if (outlook !== undefined) return outlook;
    if (path === '/api/geography/areas')
      return {
        type: 'FeatureCollection',
        features: history.areas.map(({ ring, ...properties }) => ({
          type: 'Feature',
          id: properties.areaId,
          properties: { ...properties, ...unsaid },
          geometry: { type: 'Polygon', coordinates: [ring] },
        })),
      };
    if (path === '/api/geography/context') return baseFeatures();
    if (path === '/api/epidemic/series') {
      const to = question.to ?? localDay(question.asOfMs);
      return seriesOf(
        history,
        { ...question, from: question.from ?? to - 60, to },
        query.get('by') === 'onset' ? 'onset' : 'event',
      );
    }
    if (path === '/api/epidemic/area-series') {
      const to = question.to ?? localDay(question.asOfMs);
      const from = question.from ?? to - 41;
      const level = query.get('level') ?? 'ward';
      return {
        asOf: new Date(question.asOfMs).toISOString(),
        from: dayText(from),
        to: dayText(to),
        completeUntil: dayText(localDay(question.asOfMs) - 3),
        areas: history.areas
          .filter((area) => area.level === level)
          .map(({ areaId, parentId }) => ({
            areaId,
            parentId: parentId ?? null,
            cases: seriesOf(history, { ...question, areaId, from, to }, 'event').days.map(({ cases }) => cases),
            reason: null,
          })),
      };
    }
    if (path === '/api/feeds') {
      const ago = (minutes: number) => new Date(clockOf(district) - minutes * 60_000).toISOString();
      return [
        { feed: 'cases', lastEventAt: ago(40), lastRecordedAt: ago(0.2) },
        { feed: 'vaccination', lastEventAt: ago(200), lastRecordedAt: ago(25) },
        { feed: 'capacity', lastEventAt: ago(190), lastRecordedAt: ago(187) },
      ];
    }
    const [, , name, kind] = path.split('/');
    const service = services.find((s) => s === name);
    if (!service) return undefined;
    if (kind === 'figures')
      return service === 'epidemic'
        ? figuresOf(history, service, question)
        : listedFigures(history, service, question, query.get('language') ?? 'vi');
    if (kind === 'points') {
      const rows = knownRows(history, service, question);
      const cellZoom = query.get('cellZoom');
      return cellZoom === null ? pointBytes(rows) : pointCells(rows, Number(cellZoom), question.asOfMs);
    }
    const lists: Record<string, Service> = { cases: 'epidemic', violations: 'urban-order', businesses: 'economy' };
    const onDay = dayOf('onDay');
    const windowed =
      onDay !== undefined && query.has('windowDays')
        ? { ...question, from: onDay - Number(query.get('windowDays')) + 1, to: onDay }
        : question;
    if (lists[kind!] === service)
      return listOf(
        history,
        service,
        windowed,
        query.has('active') || query.has('formula'),
        Number(query.get('limit') ?? 100),
        Number(query.get('cursor') ?? 0),
      );
    return undefined;
  }

  const drillState = () => ({
    running: drill.running,
    paused: drill.paused,
    finished: false,
    prefilling: false,
    speed: drill.speed,
    clock: new Date(drill.clockMs).toISOString(),
    from: new Date(drill.fromMs).toISOString(),
    to: new Date(drillEndMs).toISOString(),
    district: 'q7-drill',
    sent: committed('q7-drill'),
  });

  async function command(path: string, body: Record<string, unknown>): Promise<{ status: number; body: unknown }> {
    if (path === '/api/drill') {
      if (body.action === 'pause' || body.action === 'resume') drill.paused = body.action === 'pause';
      if (body.action === 'speed') drill.speed = Number(body.speed);
      if (body.action === 'stop' || body.action === 'start') drill.running = body.action === 'start';
      return { status: 200, body: drillState() };
    }
    const kind = /^\/api\/models\/(\w+)\/active$/.exec(path)?.[1];
    if (kind) return activateMock(kind, body, Date.now());
    if (path === '/api/epidemic/cases' && !body.confirmedDate)
      return {
        status: 422,
        body: {
          type: 'about:blank',
          title: 'the request does not fit',
          status: 422,
          errors: [{ field: 'confirmedDate', reason: 'a day, YYYY-MM-DD' }],
        },
      };
    const journalled = { sequence: 1, projected: false };
    if (path === '/api/urban-order/violations')
      return { status: 201, body: { violationId: `vp-mock-${Date.now()}`, ...journalled, violation: null } };
    const businessId = /^\/api\/economy\/businesses\/([^/]+)\/status$/.exec(path)?.[1];
    if (businessId) return { status: 200, body: { businessId, ...journalled, business: null } };
    return { status: 201, body: { ...body, version: 1 } };
  }

  /** What scenarios start from: the wards and their cases of the last seven days. */
  function wardsOf(district: string, asOf: string | null | undefined) {
    const asOfMs = Math.min(asOf ? Date.parse(asOf) : Infinity, clockOf(district));
    const { areas, rows } = histories[district]!;
    const wards = areas.flatMap(({ level, areaId, population, ring }) => {
      if (level !== 'ward') return [];
      const recent = rows.filter(
        (row) =>
          row.layer === 'cases' && row.wardId === areaId && row.recordedMs <= asOfMs && row.day > localDay(asOfMs) - 7,
      );
      const middle = (axis: 0 | 1) => ring.reduce((sum, point) => sum + point[axis], 0) / ring.length;
      return [
        { areaId, people: population, position: [middle(0), middle(1)] as [number, number], cases: recent.length },
      ];
    });
    return { district, asOfMs, wards };
  }

  /** Answers one request when it is the API's; false when it is somebody else's. */
  async function handle(request: IncomingMessage, response: ServerResponse): Promise<boolean> {
    const url = new URL(request.url ?? '/', 'http://mock');
    if (!url.pathname.startsWith('/api/')) return false;
    const json = (status: number, body: unknown) => {
      response.writeHead(status, { 'content-type': status < 400 ? 'application/json' : 'application/problem+json' });
      response.end(JSON.stringify(body));
    };
    if (url.pathname === '/api/stream') {
      stream(
        url.searchParams.get('district') ?? 'q7',
        request,
        response,
        request.headers['last-event-id']?.toString() ?? url.searchParams.get('lastEventId'),
      );
    } else if (request.method === 'POST') {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const text = Buffer.concat(chunks).toString();
      if (url.pathname.startsWith('/api/scenarios')) {
        const body = JSON.parse(text || '{}');
        const asked = body.district in histories ? wardsOf(body.district, body.asOf) : wardsOf('q7', null);
        const done = scenarios.post(url.pathname, body, asked);
        json(done?.status ?? 404, done?.body ?? { title: 'not found', status: 404 });
        return true;
      }
      const result = await command(
        url.pathname,
        request.headers['content-type']?.includes('json') ? JSON.parse(text || '{}') : {},
      );
      json(result.status, result.body);
    } else if (scenarios.stream(url.pathname, response)) {
      // Answered as the run goes on.
    } else if (url.pathname.startsWith('/api/scenarios')) {
      const district = url.searchParams.get('district') ?? 'q7';
      const body =
        request.method === 'DELETE'
          ? scenarios.cancel(url.pathname)
          : histories[district] && scenarios.get(url.pathname, wardsOf(district, url.searchParams.get('asOf')));
      json(body ? 200 : 404, body ?? { title: 'not found', status: 404 });
    } else if (url.pathname === '/api/drill') json(200, drillState());
    else {
      const body = answer(url.pathname, url.searchParams);
      if (body instanceof Uint8Array) {
        response.writeHead(200, { 'content-type': pointsMediaType });
        response.end(body);
      } else if (body === undefined) json(404, { type: 'about:blank', title: 'not found', status: 404 });
      else json(200, body);
    }
    return true;
  }

  return {
    handle,
    /** Cuts every stream, as a restart of the edge would. */
    cutStreams: () => {
      for (const client of clients) client.response.destroy();
    },
    stop: () => {
      for (const timer of timers) clearInterval(timer);
    },
  };
}
