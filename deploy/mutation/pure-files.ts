/**
 * Files that decide, count or draw without a server, clock or network: the mutation run asks of each how many deliberate faults its tests find.
 * Patterns from the root of the repository.
 */
export const pureFiles = [
  // What processes agree on.
  'services/contracts/{dated-rule,define-event,feeds,new-event,plausibility,point-fact,points,primitives}.ts',
  'services/contracts/events/epidemic/case-day.ts',
  'services/intake/{accept,json-format}.ts',
  // What listeners are told.
  'services/live/{conflate,filter,items}.ts',
  'services/platform/{announcer,fold-versions,local-time,problem,xml-text}.ts',
  // Entities with lawful steps.
  'services/district/{registers,statement-order}.ts',
  'services/lifecycle/{decided,fold,place,problems,steps}.ts',
  'services/lifecycle/entity/{entity,state}.ts',
  'services/urban-order/violation/{transitions,decide,evolve,fold,legal-clock}.ts',
  'services/economy/business/{state,evolve,decide,fold}.ts',
  'services/economy/indicators/compare.ts',
  'services/epidemic/cases/{evolve,decide}.ts',
  'services/epidemic/capacity/report.ts',
  'services/epidemic/stated-place.ts',
  'services/epidemic/figures/formulas.ts',
  // What becomes due, and who is rung.
  'services/clocks/{due,say-due,term,working-days}.ts',
  'services/hotline/calls/{decide,dues,evolve,state}.ts',
  'services/hotline/chain/rules.ts',
  'services/hotline/daily/{plan,rule}.ts',
  'services/hotline/triage/judge.ts',
  // Reports of citizens.
  'services/citizens/{rate-limit,reference}.ts',
  'services/citizens/open311/{filter,request}.ts',
  'services/citizens/photos/metadata.ts',
  'services/citizens/report/{clock,due}.ts',
  'services/citizens/routing/routing.ts',
  'services/citizens/units/interval.ts',
  // Official levels.
  'services/levels/assess/{assess,chance,range,reports-to-come,smallest-change}.ts',
  'services/levels/declared/{decide,level-in-force}.ts',
  'services/levels/notice/{cap,notice}.ts',
  'services/levels/policies/in-force.ts',
  'services/levels/totals/check-totals.ts',
  // Cells of a file as values.
  'services/imports/values/*.ts',
  // Shapes and tiles.
  'services/geography/district7/{planar,chord,subdivide}.ts',
  'services/geography/import/rings.ts',
  'services/geography/reads/rank-names.ts',
  'services/geography/points/{z-order,evolve,cell-changes}.ts',
  'services/geography/tiles/tile-address.ts',
  'services/geography/ogc/item-query.ts',
  // What the browser makes of the stream.
  'web/src/feed/{world,freshness,figure-book,clock,throttle,issued-risk,points}.ts',
  'web/src/map/classes.ts',
  'web/src/charts/{series-days,fan,reproduction,epi-curve}.ts',
  // Numbers.
  'ml/risk/bands.ts',
  'ml/metrics/{coverage,interval-score}.ts',
  'ml/numerics/{binomial-draws,chance,outcome-table}.ts',
  'ml/scenario/{doses,epidemic,lever-calendar,levers-from-dates,mixing,outcomes,pressure,simulate,start-state,ward-chances}.ts',
];

/** Tests are not mutated. */
export const isTest = (file: string) => file.endsWith('.test.ts');
