import { Draws } from '../numerics/binomial-draws.ts';
import type { Random } from '../numerics/random.ts';
import type { District } from './district.ts';
import { type DayCounts, Epidemic } from './epidemic.ts';
import type { Observed, Particle } from './fit.ts';
import { type LeverDay, leverCalendar } from './lever-calendar.ts';
import type { Onsets } from './reports.ts';

/** days before the first observed one, in which the state that it finds builds up */
const runInDays = 28;
/** days at the end of which the reproduction number is that of the fit */
const judgedDays = 14;
/** reports a ward and day that may go unseen where there are none */
const unseen = 0.02;

/** Draws histories of infections that would have been reported as they were. */
export class HistoryDraws {
  private readonly district: District;
  private readonly observed: Observed;
  private readonly onsets: Onsets;
  private readonly epidemic: Epidemic;
  private readonly calendar: LeverDay[];
  private readonly runIn: LeverDay;
  private readonly draws = new Draws();
  private readonly counts: DayCounts;

  constructor(district: District, observed: Observed, onsets: Onsets, stepDays: number) {
    this.district = { ...district, fitted: undefined };
    this.observed = observed;
    this.onsets = onsets;
    this.epidemic = new Epidemic(this.district, stepDays);
    this.calendar = leverCalendar(district, observed.levers, observed.days);
    const contactLimits = observed.levers.filter(({ kind, fromDay }) => kind !== 'vaccination' && fromDay <= 0);
    this.runIn = leverCalendar(district, contactLimits, 1)[0]!;
    const wards = district.wards.length;
    this.counts = { infections: new Float64Array(wards), reported: new Float64Array(wards), doses: 0 };
  }

  draw(reportedShare: number, drift: number, random: Random): Particle {
    const { epidemic, draws } = this;
    const wards = epidemic.wards;
    draws.restart(random);
    epidemic.reset(0, draws);
    const known = new Float64Array(wards);
    const expected = new Float64Array(wards);
    /** those latent at a reproduction number of 1 */
    const latent = new Float64Array(wards);
    const leave = 1 / this.district.disease.latentDays;
    let reports = 0;
    let reportsAtOne = 0;
    const first = this.observed.days - Math.min(judgedDays, this.observed.days - 7);
    for (let day = -runInDays; day < this.observed.days; day++) {
      for (let w = 0; w < wards; w++) {
        known[w] = this.onsetsOn(day, w, reportedShare, random);
        if (day < first) continue;
        reports += this.onsets.expected[day]![w]!;
        reportsAtOne += reportedShare * leave * latent[w]!;
      }
      epidemic.knownDay(day < 0 ? this.runIn : this.calendar[day]!, draws, this.counts, known, expected);
      for (let w = 0; w < wards; w++) latent[w] = latent[w]! * (1 - leave) + expected[w]!;
    }
    const { dispersion } = this.onsets;
    const now = random.gamma(reports / dispersion + 1, dispersion / Math.max(1e-9, reportsAtOne));
    const reproductionNumber = now * Math.exp(drift * random.normal() - drift ** 2 / 2);
    for (let w = 0; w < wards; w++) epidemic.expose(w, random.poisson(now * latent[w]!), draws);
    return { reproductionNumber, reportedShare, state: Float64Array.from(epidemic.state) };
  }

  /** people who became infectious: those reported, blurred by what reports vary more than chance, and those who were not */
  private onsetsOn(day: number, ward: number, reportedShare: number, random: Random): number {
    const { expected, dispersion, growthAtStart } = this.onsets;
    const mean = expected[Math.max(0, day)]![ward]! * (day < 0 ? Math.exp(growthAtStart * day) : 1);
    const more = dispersion - 1;
    const reports = more > 0.05 && mean > 0 ? random.gamma(mean / more, more) : mean;
    const whole = Math.floor(reports + random.uniform());
    const notReported = ((reports + unseen) * (1 - reportedShare)) / reportedShare;
    return whole + (notReported > 0 ? random.negativeBinomial(notReported, reports + unseen) : 0);
  }
}
