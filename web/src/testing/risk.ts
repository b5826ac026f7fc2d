import type { Centre } from '../centre.svelte.ts';
import type { RiskScored } from '../feed/issued-risk.ts';

const meaning = { vi: 'Điểm từ 0 đến 100', en: 'A score of 0 to 100' };

/** Risks of wards, as if they had just been loaded. */
export function withRisks(centre: Centre, areas: RiskScored[]) {
  centre.outlook.risk.ward.data = {
    district: 'q7',
    asOf: '2021-08-24T05:00:00Z',
    onDay: '2021-08-24',
    level: 'ward',
    source: 'said',
    policy: { id: 'qd-4800', cuts: [20, 50, 150], source: 'QĐ 4800/QĐ-BYT', verified: false },
    scoreMeaning: meaning,
    changeMeaning: meaning,
    areas: areas.map((area) => ({ ...area, name: area.name ?? area.areaId, knownAt: area.knownAt ?? null })),
  };
}
