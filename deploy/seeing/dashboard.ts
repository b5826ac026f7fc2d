// node deploy/seeing/dashboard.ts --write: dashboard.json, for Grafana.
import { writeFileSync } from 'node:fs';

/** One question of a panel, and how its lines are called. */
interface Question {
  expression: string;
  legend: string;
}

interface Panel {
  title: string;
  unit: string;
  questions: Question[];
  /** What is wrong when it is high, in a sentence. */
  description?: string;
}

const rows: { title: string; panels: Panel[] }[] = [
  {
    title: 'Is it late?',
    panels: [
      {
        title: 'Rows behind the journal',
        unit: 's',
        description: 'How long the oldest event that no row has stands in the journal. Above 30 s there is an alarm.',
        questions: [
          {
            expression: 'max by (projection, stream) (vx_projection_lag_seconds)',
            legend: '{{projection}} {{stream}}',
          },
        ],
      },
      {
        title: 'Events that no row has yet',
        unit: 'short',
        questions: [
          { expression: 'max by (projection, stream) (vx_projection_lag_events)', legend: '{{projection}} {{stream}}' },
        ],
      },
      {
        title: 'Events that could not be written',
        unit: 'short',
        description: 'npm run dead-letters -- list says which, and why.',
        questions: [
          { expression: 'max by (projection) (vx_parked_events)', legend: '{{projection}}' },
          { expression: 'max by (projection) (vx_projection_stands_back)', legend: '{{projection}} stands back' },
        ],
      },
      {
        title: 'Feeds: silent for',
        unit: 's',
        questions: [
          {
            expression: 'time() - max by (district, feed) (vx_feed_newest_timestamp_seconds{exercise="false"})',
            legend: '{{district}} {{feed}}',
          },
        ],
      },
    ],
  },
  {
    title: 'Coming in',
    panels: [
      {
        title: 'Messages to the journal, a second',
        unit: 'ops',
        questions: [
          {
            expression: 'sum by (service, result) (rate(vx_published_messages_total[1m]))',
            legend: '{{service}} {{result}}',
          },
        ],
      },
      {
        title: 'Until the journal acknowledges, 95 %',
        unit: 's',
        questions: [
          {
            expression:
              'histogram_quantile(0.95, sum by (service, le) (rate(vx_publish_acknowledgement_seconds_bucket[5m])))',
            legend: '{{service}}',
          },
        ],
      },
      {
        title: 'Events to rows, a second',
        unit: 'ops',
        questions: [
          { expression: 'sum by (projection) (rate(vx_projected_events_total[1m]))', legend: '{{projection}}' },
        ],
      },
      {
        title: 'A transaction of a projection, 95 %',
        unit: 's',
        questions: [
          {
            expression:
              'histogram_quantile(0.95, sum by (projection, le) (rate(vx_projection_batch_seconds_bucket[5m])))',
            legend: '{{projection}}',
          },
        ],
      },
    ],
  },
  {
    title: 'Asked',
    panels: [
      {
        title: 'Requests, a second',
        unit: 'reqps',
        questions: [
          { expression: 'sum by (service) (rate(vx_http_request_duration_seconds_count[1m]))', legend: '{{service}}' },
        ],
      },
      {
        title: 'Answers, 95 %',
        unit: 's',
        questions: [
          {
            expression:
              'histogram_quantile(0.95, sum by (service, le) (rate(vx_http_request_duration_seconds_bucket[5m])))',
            legend: '{{service}}',
          },
        ],
      },
      {
        title: 'Slowest routes, 95 %',
        unit: 's',
        questions: [
          {
            expression:
              'topk(10, histogram_quantile(0.95, sum by (route, le) (rate(vx_http_request_duration_seconds_bucket[5m]))))',
            legend: '{{route}}',
          },
        ],
      },
      {
        title: 'Listeners of the stream',
        unit: 'short',
        questions: [{ expression: 'sum(vx_stream_clients)', legend: 'listeners' }],
      },
    ],
  },
  {
    title: 'Servers',
    panels: [
      {
        title: 'Journals that nobody leads, brokers that do not answer',
        unit: 'short',
        questions: [
          { expression: '1 - min by (stream) (vx_journal_leader)', legend: '{{stream}}' },
          { expression: '1 - min by (service) (vx_journal_answers)', legend: 'for {{service}}' },
        ],
      },
      {
        title: 'Copies: journals behind, database late',
        unit: 'short',
        questions: [
          { expression: 'max by (stream) (vx_journal_copies_behind)', legend: '{{stream}}' },
          { expression: 'max by (standby) (vx_database_standby_lag_bytes)', legend: '{{standby}} bytes' },
        ],
      },
      {
        title: 'Disk of the journal: used share',
        unit: 'percentunit',
        questions: [{ expression: 'max(vx_disk_used_ratio)', legend: 'used' }],
      },
      {
        title: 'Age of the last backup',
        unit: 's',
        questions: [{ expression: 'time() - max(vx_backup_last_success_timestamp_seconds)', legend: 'age' }],
      },
      {
        title: 'Turns of the programmes, late by (99 %)',
        unit: 's',
        questions: [{ expression: 'max by (service) (nodejs_eventloop_lag_p99_seconds)', legend: '{{service}}' }],
      },
      {
        title: 'Memory',
        unit: 'bytes',
        questions: [{ expression: 'sum by (service) (process_resident_memory_bytes)', legend: '{{service}}' }],
      },
    ],
  },
];

/** Expressions of every panel, by its title. */
export const expressionsOfDashboard = (): { title: string; expression: string }[] =>
  rows.flatMap(({ panels }) =>
    panels.flatMap(({ title, questions }) => questions.map(({ expression }) => ({ title, expression }))),
  );

const width = 12;
const height = 8;

/** The dashboard as Grafana imports it: two panels beside each other, a line for each row. */
export function dashboard(): Record<string, unknown> {
  let id = 0;
  let y = 0;
  const panels: Record<string, unknown>[] = [];
  for (const row of rows) {
    panels.push({ id: ++id, type: 'row', title: row.title, collapsed: false, gridPos: { x: 0, y: y++, w: 24, h: 1 } });
    row.panels.forEach(({ title, unit, questions, description }, place) => {
      panels.push({
        id: ++id,
        type: 'timeseries',
        title,
        ...(description ? { description } : {}),
        datasource: { type: 'prometheus', uid: '$' + '{datasource}' },
        gridPos: { x: (place % 2) * width, y: y + Math.floor(place / 2) * height, w: width, h: height },
        fieldConfig: { defaults: { unit, min: 0 }, overrides: [] },
        options: { legend: { displayMode: 'list', placement: 'bottom' }, tooltip: { mode: 'multi', sort: 'desc' } },
        targets: questions.map(({ expression, legend }, number) => ({
          refId: String.fromCharCode(65 + number),
          expr: expression,
          legendFormat: legend,
        })),
      });
    });
    y += Math.ceil(row.panels.length / 2) * height;
  }
  return {
    uid: 'vung-xanh',
    title: 'Vùng Xanh',
    schemaVersion: 39,
    refresh: '10s',
    time: { from: 'now-1h', to: 'now' },
    templating: { list: [{ name: 'datasource', type: 'datasource', query: 'prometheus', label: 'Prometheus' }] },
    panels,
  };
}

export const dashboardText = (): string => `${JSON.stringify(dashboard(), null, 2)}\n`;

if (process.argv.includes('--write')) writeFileSync(new URL('./dashboard.json', import.meta.url), dashboardText());
