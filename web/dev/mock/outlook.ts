import type { LiveItem } from '@vungxanh/services/contracts/live.ts';
import type { Question } from './answers.ts';
import type { MockHistory } from './history.ts';
import { mockClusters } from './outlook-clusters.ts';
import { mockForecast } from './outlook-forecasts.ts';
import { mockModels } from './outlook-models.ts';
import { mockRisk } from './outlook-risk.ts';
import { mockStatistics } from './outlook-statistics.ts';

const riskLevels = ['district', 'ward', 'neighbourhood'] as const;

/** Answers of the ml service, or undefined when the path is somebody else's (or there is no such thing). */
export function outlookAnswer(path: string, query: URLSearchParams, history: MockHistory, question: Question): unknown {
  if (path === '/api/risk')
    return mockRisk(history, question, riskLevels.find((level) => level === query.get('level')) ?? 'ward');
  if (path === '/api/forecasts')
    return mockForecast(history, question, query.get('target') ?? 'cases', query.get('cadence') === 'daily');
  if (path === '/api/epidemic-statistics') return mockStatistics(history, question);
  if (path === '/api/clusters') return mockClusters(history, question);
  if (path === '/api/models') return mockModels(question);
  const id = /^\/api\/models\/([^/]+)$/.exec(path)?.[1];
  return id && mockModels(question).items.find(({ modelId }) => modelId === id);
}

/** What the stream tells of risks that cases touched. They are not in the mock's journal: they stand for no event of it. */
export function riskItems(
  history: MockHistory,
  question: Question,
  touched: ReadonlySet<string>,
  sequence: number,
): LiveItem[] {
  const time = new Date(question.asOfMs).toISOString();
  return mockRisk(history, question, 'ward')
    .areas.filter(({ areaId }) => touched.has(areaId))
    .map(
      (risk): LiveItem => ({
        id: `risk-${risk.areaId}-${sequence}`,
        sequence,
        type: 'risk-scored',
        layer: 'risk',
        entity: risk.areaId,
        areaId: risk.areaId,
        time,
        recordedTime: time,
        values: {
          dataThroughDate: risk.dataThroughDate,
          ...('score' in risk
            ? {
                score: risk.score,
                presentBand: risk.presentBand,
                riseIn2Weeks: risk.riseIn2Weeks,
                fallIn2Weeks: risk.fallIn2Weeks,
              }
            : {}),
        },
        standsFor: 0,
      }),
    );
}
