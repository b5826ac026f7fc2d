/** A directive as `GET /api/officials/directives` answers it. */
export interface Directive {
  directiveId: string;
  title: string;
  text: string;
  dueAt: string;
  status: string;
  overdue: boolean;
  addressees: {
    officerId: string;
    name: string;
    acknowledgedAt: string | null;
    percent: number;
    doneAt: string | null;
  }[];
  unanswered: string[];
  lawfulSteps: string[];
}
export interface DirectiveList {
  waiting: number;
  items: Directive[];
}
export interface Officer {
  officerId: string;
  name: string;
  unit: string;
}
export interface LedgerRow {
  formula: string;
  rowId: string;
  at: string;
  value: number;
  counts: boolean;
  said: string | null;
  dispute: { disputeId: string; state: string; reason: string; decision: string | null } | null;
}
/** `GET /api/officials/scores`. */
export interface Scores {
  officer: Officer;
  from: string;
  to: string;
  fewestRows: number;
  scores: {
    formula: string;
    rows: number;
    value: number | null;
    low: number | null;
    high: number | null;
    hidden: boolean;
  }[];
  ledger: LedgerRow[];
}
export interface Formulas {
  formulas: {
    id: string;
    version: number;
    words: { vi: string; en: string };
    explanation: { vi: string; en: string };
    kind: 'share' | 'median-seconds';
    of: 'officer' | 'unit';
    source: string;
    verified: boolean;
  }[];
}
export interface Dispute {
  disputeId: string;
  officerId: string;
  formula: string;
  rowId: string;
  reason: string;
  accepted: boolean | null;
}
