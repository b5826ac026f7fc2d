/** What is chosen, not computed, for all who read a district's cases: dated, with its source. A district that decides otherwise gets another row here. */

/** Cut points of the weekly incidence bands, new cases per 100,000 people. */
export const bandPolicy = {
  id: 'qd-4800-2021',
  cuts: [20, 50, 150],
  source: 'Quyết định 4800/QĐ-BYT of 2021-10-12, criterion 1, by secondary sources',
  verified: false,
} as const;

/** Days between the onsets of infector and infected. */
export const serialIntervalPolicy = {
  meanDays: 4.7,
  sdDays: 2.9,
  longestDays: 21,
  source:
    'Nishiura, Linton, Akhmetzhanov 2020, Int J Infect Dis 93:284-286, doi 10.1016/j.ijid.2020.02.060: log-normal, all 28 pairs, right-truncated (mean 3.7-6.0, sd 1.9-4.9)',
  verified: true,
} as const;

/** Cases that were last heard of longer ago than this say nothing of the present. */
export const mostKnowledgeAgeDays = 10;
