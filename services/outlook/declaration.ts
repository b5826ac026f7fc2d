import { mlAccess } from '#contracts/access/ml.ts';
import { clusterDetected } from '#contracts/events/ml/cluster-detected.ts';
import { clusters, forecasts, risk, scenarios } from '#contracts/events/ml/feeds.ts';
import { forecastIssued } from '#contracts/events/ml/forecast-issued.ts';
import { modelActivated } from '#contracts/events/ml/model-activated.ts';
import { riskScored } from '#contracts/events/ml/risk-scored.ts';
import { scenarioCancelled } from '#contracts/events/ml/scenario-cancelled.ts';
import { scenarioCompleted } from '#contracts/events/ml/scenario-completed.ts';
import { scenarioFailed } from '#contracts/events/ml/scenario-failed.ts';
import { scenarioRequested } from '#contracts/events/ml/scenario-requested.ts';
import { defineSubsystem } from '#contracts/subsystem.ts';

/** Risk, forecasts, clusters and scenarios. The programme keeps the name ml, which journals and rows bear. */
export const outlook = defineSubsystem({
  name: 'ml',
  folder: 'outlook',
  words: { vi: 'Dự báo và nguy cơ', en: 'Outlook' },
  reads: ['geography', 'epidemic', 'urban-order', 'economy'],
  prefixes: [
    '/api/models',
    '/api/forecasts',
    '/api/risk',
    '/api/epidemic-statistics',
    '/api/clusters',
    '/api/scenarios',
  ],
  access: mlAccess,
  events: [
    clusterDetected,
    forecastIssued,
    modelActivated,
    riskScored,
    scenarioCancelled,
    scenarioCompleted,
    scenarioFailed,
    scenarioRequested,
  ],
  feeds: [risk, forecasts, clusters, scenarios],
});
