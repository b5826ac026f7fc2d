import type { PersonRole } from '#contracts/access/roles.ts';
import { directiveAcknowledged, directiveIssued, directiveProgressed } from '../../officials/directives/events.ts';
import { addresseesOf } from '../../officials/directives/state.ts';
import { type Day, dayText, instantOf, weekday } from './calendar.ts';
import { Agenda, type OwnFact, ownFact } from './fact.ts';
import type { PlayedOfficer } from './officers.ts';
import type { Randomness } from './random.ts';

interface Asked {
  title: string;
  text: string;
  roles: PersonRole[];
  answeredBy: 'all' | 'any';
}

/** What the district's lead asks, in turn. */
const asked: readonly Asked[] = [
  {
    title: 'Rà soát F0 điều trị tại nhà',
    text: 'Báo cáo số F0 đang điều trị tại nhà và số chưa liên hệ được trong ngày.',
    roles: ['ward-leader'],
    answeredBy: 'all',
  },
  {
    title: 'Kiểm tra ô-xy và thuốc tại trạm',
    text: 'Đối chiếu số bình ô-xy, túi thuốc còn lại và nhu cầu ba ngày tới.',
    roles: ['health-station-officer'],
    answeredBy: 'all',
  },
  {
    title: 'Tuần tra lấn chiếm vỉa hè, san lấp kênh rạch',
    text: 'Kiểm tra các điểm có phản ánh lặp lại, lập biên bản nơi có vi phạm.',
    roles: ['urban-order-inspector'],
    answeredBy: 'any',
  },
  {
    title: 'Danh sách hộ cần hỗ trợ lương thực',
    text: 'Lập danh sách theo tổ dân phố, ghi rõ hộ chưa được hỗ trợ.',
    roles: ['ward-leader'],
    answeredBy: 'all',
  },
];

/** Local weekdays on which one is issued, and days until it is due. */
const issuedOn = new Map([
  [1, 3],
  [4, 4],
]);
/** Minutes of the local day at which it is issued, and at which it is due. */
const [issueMinute, dueMinute] = [480, 1020];
const dayMinutes = 1440;

/** Directives of the exercise: most are answered in time, some late. Draws from a generator of its own. */
export class Directives {
  private readonly agenda = new Agenda<OwnFact>();
  private readonly officers: readonly PlayedOfficer[];
  private readonly zone: string;
  private readonly random: Randomness;
  private number = 0;

  constructor(officers: readonly PlayedOfficer[], timeZone: string, random: Randomness) {
    this.officers = officers;
    this.zone = timeZone;
    this.random = random;
  }

  /** What becomes known on a day; asked day after day. */
  factsOf(day: Day): OwnFact[] {
    const daysToDo = issuedOn.get(weekday(day));
    if (daysToDo !== undefined) this.issue(day, daysToDo);
    return this.agenda.take(day);
  }

  private issue(day: Day, daysToDo: number): void {
    const { title, text, roles, answeredBy } = asked[this.number++ % asked.length]!;
    const directiveId = `dt-cd-${dayText(day)}`;
    const addressees = addresseesOf({ areaIds: [], units: [], roles }, this.officers, (area) => [area]).map(
      ({ officerId }) => officerId,
    );
    if (addressees.length === 0) return;
    const dueAt = new Date(instantOf(day + daysToDo, dueMinute, this.zone)).toISOString();
    this.say(day, issueMinute, (at, occurredAt) =>
      ownFact(directiveIssued, directiveId, at, at, {
        ...{ directiveId, title, text, roles, answeredBy, addressees, dueAt, occurredAt },
        ...{ areaIds: [], units: [] },
      }),
    );
    const answering = answeredBy === 'all' ? addressees : [this.random.one(addressees)];
    for (const officerId of answering) this.answer(day, daysToDo, { directiveId, officerId });
  }

  /** Read after minutes to a day, half done, and done: seven of eight in time, the others within four days after it. */
  private answer(day: Day, daysToDo: number, said: { directiveId: string; officerId: string }): void {
    const { random } = this;
    const term = daysToDo * dayMinutes + dueMinute - issueMinute;
    const readAfter = Math.min(random.logNormal(Math.log(90), 1.2), term / 2);
    const doneAfter = random.chance(7 / 8)
      ? readAfter + (term - readAfter) * (0.25 + 0.7 * random.next())
      : term + random.whole(60, 4 * dayMinutes);
    const halfAfter = readAfter + (doneAfter - readAfter) * random.next();
    const id = `${said.directiveId}-${said.officerId}`;
    this.say(day, issueMinute + readAfter, (at, occurredAt) =>
      ownFact(directiveAcknowledged, `${id}-read`, at, at, { ...said, occurredAt }),
    );
    this.say(day, issueMinute + halfAfter, (at, occurredAt) =>
      ownFact(directiveProgressed, `${id}-half`, at, at, { ...said, percent: 50, occurredAt }),
    );
    this.say(day, issueMinute + doneAfter, (at, occurredAt) =>
      ownFact(directiveProgressed, `${id}-done`, at, at, { ...said, percent: 100, occurredAt }),
    );
  }

  /** @param minute of the day, also beyond its end */
  private say(day: Day, minute: number, fact: (at: number, occurredAt: string) => OwnFact): void {
    const whole = Math.round(minute);
    const onDay = day + Math.floor(whole / dayMinutes);
    const at = instantOf(onDay, whole % dayMinutes, this.zone);
    this.agenda.add(onDay, fact(at, new Date(at).toISOString()));
  }
}
