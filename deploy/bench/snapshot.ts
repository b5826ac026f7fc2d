import { bytesPerPoint } from '../../services/contracts/points.ts';
import { type BenchResult, percentile, round } from './result.ts';
import { startStack } from './stack.ts';

const points = 1_000_000;
const rounds = 5;

/** Rows of a million located cases, written straight into the projection's table: what is measured is reading them out. */
const fill = `INSERT INTO epidemic.case_versions (district, case_id, known_at, area_id, at, event_date, confirmed_date, exposure, status, status_since, first_sequence, sequence, event_id)
  SELECT 'q7', 'c' || n, '2021-08-20', 'q7-tan-phu-to-01', ST_SetSRID(ST_MakePoint(106.70 + (n * 7919 % 60000) / 1e6, 10.71 + (n * 104729 % 60000) / 1e6), 4326),
    DATE '2021-06-01' + (n % 80)::int, DATE '2021-06-02' + (n % 80)::int, 'community', 'active', '2021-08-20', n, n, 'e' || n
  FROM generate_series(1::bigint, ${points}) AS n`;

/**
 * A million points to a client through the edge: bytes a point and milliseconds. Reference of the same run: the same points as GeoJSON text
 * from PostgreSQL alone (ST_AsGeoJSON), which is what map clients are usually given.
 */
export async function benchSnapshot(): Promise<BenchResult> {
  const stack = await startStack(['geography', 'epidemic', 'live']);
  try {
    await stack.database.query(fill);
    await stack.database.query('ANALYZE epidemic.case_versions');
    const times: number[] = [];
    let bytes = 0;
    for (let turn = 0; turn < rounds; turn++) {
      const start = performance.now();
      const answer = await fetch(`${stack.url('live')}/api/epidemic/points?district=q7`, {
        headers: stack.headers('live'),
      });
      bytes = (await answer.arrayBuffer()).byteLength;
      times.push(performance.now() - start);
    }
    const sorted = Float64Array.from(times).sort();
    const geoJsonStart = performance.now();
    const { rows } = await stack.database.query<{ bytes: number }>(
      `SELECT sum(length(ST_AsGeoJSON(at, 5)) + 80) AS bytes FROM epidemic.case_versions WHERE district = 'q7'`,
    );
    const geoJsonMs = performance.now() - geoJsonStart;
    const medianMs = percentile(sorted, 0.5);
    return {
      bench: 'snapshot',
      value: round(medianMs, 0),
      unit: 'ms for 1,000,000 points',
      reference: { geoJsonMs: round(geoJsonMs, 0), geoJsonBytesPerPoint: round(rows[0]!.bytes / points) },
      ratio: round(medianMs / geoJsonMs, 3),
      ok: medianMs <= 2000 && bytes / points <= bytesPerPoint,
      details: {
        bytesPerPoint: round(bytes / points, 2),
        firstMs: round(times[0]!, 0),
        slowestMs: round(sorted.at(-1)!, 0),
        aim: '<= 16 bytes a point, <= 2,000 ms',
      },
    };
  } finally {
    await stack.stop();
  }
}
