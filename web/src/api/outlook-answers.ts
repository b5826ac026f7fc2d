/** Answers of the outlook, as their contracts say them. Types only: no schema reaches the browser. */
export type { Abstention } from '@vungxanh/services/contracts/http/outlook/abstention.ts';
export type { Cluster, ClustersAnswer, RaisedCluster } from '@vungxanh/services/contracts/http/outlook/clusters.ts';
export type {
  ForecastAnswer,
  ForecastHorizon,
  TrackRecord,
} from '@vungxanh/services/contracts/http/outlook/forecast.ts';
export type {
  ModelCard,
  ModelInForce,
  ModelsAnswer,
  ScorePair,
  StoredModel,
} from '@vungxanh/services/contracts/http/outlook/models.ts';
export type { AreaRiskAnswer, RiskAnswer } from '@vungxanh/services/contracts/http/outlook/risk.ts';
export type {
  NowcastDay,
  ReproductionDay,
  StatisticsAnswer,
} from '@vungxanh/services/contracts/http/outlook/statistics.ts';
