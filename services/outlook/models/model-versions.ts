import type { ModelKind } from '#contracts/events/ml/model-activated.ts';

/** A configuration that can still be run. A version that changed what comes out gets another row here; rows are never edited. */
export interface ModelVersion {
  version: string;
  /** day on which it was registered */
  since: string;
  what: { vi: string; en: string };
}

export interface ForecastVersion extends ModelVersion {
  /** panel: the hubs' combination on completed weeks, for long histories; district: growth and renewal on reports, for short ones */
  design: 'panel' | 'district';
  /** averages in the network that was trained on many epidemics, where the target is a flow */
  network?: boolean;
}

export interface RiskVersion extends ModelVersion {
  /** a jump that every single case stands behind is believed at once; else it is doubted as a published table's is */
  believesLineList: boolean;
  /** looks at coverage, density, markets, sites and beds beside the cases */
  readsContext: boolean;
}

/** Oldest first; the last one is used unless somebody decided otherwise. */
export const forecastVersions: readonly ForecastVersion[] = [
  {
    version: 'forecast-1',
    since: '2026-11-21',
    design: 'panel',
    what: {
      vi: 'Tổ hợp của các trung tâm dự báo trên các tuần đã bù; chỉ số ca, theo tuần',
      en: "The hubs' combination on completed weeks; cases only, weekly",
    },
  },
  {
    version: 'forecast-2',
    since: '2026-11-22',
    design: 'district',
    what: {
      vi: 'Tăng trưởng tắt dần và phương trình tái tạo trên báo cáo từng ngày, pha với đường nền phẳng; mọi chỉ tiêu, theo tuần và theo ngày',
      en: 'Damped growth and renewal on daily reports, mixed with the flat baseline; every target, weekly and daily',
    },
  },
  {
    version: 'forecast-3',
    since: '2026-11-30',
    design: 'district',
    network: true,
    what: {
      vi: 'Như forecast-2, thêm một mạng nơ-ron nhỏ đã học từ nhiều vụ dịch; tỷ trọng theo điểm gần đây của nó (chỉ số ca và nhập viện)',
      en: 'As forecast-2, with a small neural net that learned from many epidemics; its share follows its recent score (cases and admissions)',
    },
  },
];

export const riskVersions: readonly RiskVersion[] = [
  {
    version: 'ml-1',
    since: '2026-11-21',
    believesLineList: false,
    readsContext: false,
    what: {
      vi: 'Chỉ nhìn số ca; bước nhảy của danh sách ca bị nghi ngờ tới ba tuần',
      en: 'Cases alone; a jump in the line list is doubted for up to three weeks',
    },
  },
  {
    version: 'ml-2',
    since: '2026-11-22',
    believesLineList: true,
    readsContext: true,
    what: {
      vi: 'Số ca và bối cảnh của khu vực; bước nhảy có từng ca đứng sau được tin ngay',
      en: 'Cases and what is known of the area beside them; a jump that every single case stands behind is believed at once',
    },
  },
];

const registered = { forecast: forecastVersions, risk: riskVersions } as const;

export const versionsOf = (kind: ModelKind): readonly ModelVersion[] => registered[kind];

/** The version of that name; the newest where none was chosen, or the chosen one is no longer there. */
export function versionNamed<Version extends ModelVersion>(
  versions: readonly Version[],
  name: string | undefined,
): Version {
  return versions.find(({ version }) => version === name) ?? versions.at(-1)!;
}
