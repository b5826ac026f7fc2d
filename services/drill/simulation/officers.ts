import type { PersonRole } from '#contracts/access/roles.ts';
import { unitOfWard, units } from '../../citizens/routing/routing.ts';
import { officerRegistered, shiftSet } from '../../officials/register/events.ts';
import { type Day, dayText, instantOf, mondayFrom, weekday } from './calendar.ts';
import { type OwnFact, ownFact } from './fact.ts';
import type { ExercisePlace } from './place.ts';

/** Somebody of the exercise: a duty, and never a person's name. */
export interface PlayedOfficer {
  officerId: string;
  name: string;
  unit: string;
  roles: PersonRole[];
  areaIds: string[];
  /** The office whose telephone is his; left out: none that the hotline rings. */
  office?: string;
}

/** Offices at which two take turns by the week. */
const pairs = (unit: string, office: string, name: string, role: PersonRole, areaId: string): PlayedOfficer[] =>
  [1, 2].map((number) => ({
    officerId: `dt-cb-${office}-${number}`,
    name: `${name} số ${number}`,
    unit,
    roles: [role],
    areaIds: [areaId],
    office,
  }));

/** Who serves in the exercise: chairs of wards, heads of stations and of units, and the pairs on call at the hospital and in the district's lead. */
export function officersOf({ district, areas, places }: ExercisePlace): PlayedOfficer[] {
  const hospital = places.find(({ kind }) => kind === 'hospital');
  return [
    ...areas
      .filter(({ level }) => level === 'ward')
      .map(
        ({ id, name }): PlayedOfficer => ({
          officerId: `dt-cb-chair-${id}`,
          name: `Chủ tịch UBND ${name}`,
          unit: unitOfWard(id),
          roles: ['ward-leader'],
          areaIds: [id],
          office: `chair-${id}`,
        }),
      ),
    ...places
      .filter(({ kind }) => kind === 'ward-health-station')
      .map(
        ({ id, name }): PlayedOfficer => ({
          officerId: `dt-cb-${id}`,
          name: `Trưởng ${name}`,
          unit: 'q7-trung-tam-y-te',
          roles: ['health-station-officer'],
          areaIds: [],
          office: id,
        }),
      ),
    ...units
      .filter(({ unit }) => unit !== 'tiep-nhan')
      .map(
        ({ unit, words }): PlayedOfficer => ({
          officerId: `dt-cb-${unit}`,
          name: `Phụ trách ${words.vi}`,
          unit,
          roles: [unit === 'q7-trung-tam-y-te' ? 'epidemiologist' : 'urban-order-inspector'],
          areaIds: [district.id],
        }),
      ),
    ...(hospital ? pairs(hospital.id, hospital.id, `Trực ban ${hospital.name}`, 'hospital', district.id) : []),
    ...pairs('q7-ubnd', 'district-leader', 'Lãnh đạo quận trực', 'district-leader', district.id),
  ];
}

/** The register on the first day, and who is on call in each week: alone at an office each week, in pairs every other one. */
export class OfficeShifts {
  private readonly officers: readonly PlayedOfficer[];
  private readonly from: Day;
  private readonly zone: string;

  constructor(officers: readonly PlayedOfficer[], from: Day, timeZone: string) {
    this.officers = officers;
    this.from = from;
    this.zone = timeZone;
  }

  /** What becomes known on a day; asked day after day. */
  factsOf(day: Day): OwnFact[] {
    const at = instantOf(day, 0, this.zone);
    const occurredAt = new Date(at).toISOString();
    const registered =
      day === this.from
        ? this.officers.map(({ office: _, ...officer }) =>
            ownFact(officerRegistered, `${officer.officerId}-registered`, at, at, {
              ...officer,
              from: dayText(day),
              occurredAt,
            }),
          )
        : [];
    if (day !== this.from && weekday(day) !== 1) return registered;
    const until = new Date(instantOf(mondayFrom(day + 1), 0, this.zone)).toISOString();
    const week = Math.floor((mondayFrom(day + 1) - mondayFrom(this.from)) / 7);
    const shifts = this.officers.flatMap(({ officerId, office }) => {
      if (office === undefined) return [];
      const turns = this.officers.filter((one) => one.office === office);
      if (turns[week % turns.length]!.officerId !== officerId) return [];
      const shiftId = `dt-ca-${office}-${dayText(day)}`;
      return [
        ownFact(shiftSet, shiftId, at, at, {
          shiftId,
          targetId: office,
          officerId,
          from: occurredAt,
          until,
          occurredAt,
        }),
      ];
    });
    return [...registered, ...shifts];
  }
}
