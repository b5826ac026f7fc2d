import { lifecycleContract } from '#lifecycle/testing/contract.ts';
import { declaredEntity } from '#lifecycle/testing/declared.ts';
import define from './app.ts';
import { citizens } from './declaration.ts';
import { report } from './report/report.ts';
import { topicIds } from './report/topics.ts';

const declared = declaredEntity(citizens, define(), report, (below) => ({
  topic: topicIds[below(topicIds.length)],
  ...(below(2) && { description: 'words of whoever reports' }),
}));

lifecycleContract('a report', {
  ...declared,
  step: { path: 'route', body: { unit: 'q7-cong-an' } },
  unlawful: { path: 'reopen', body: { reopenReason: 'not closed yet' } },
});
