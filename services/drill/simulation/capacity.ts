import { type Day, dayOf, instantOf } from './calendar.ts';
import { type Fact, type FactSource, fact } from './fact.ts';
import { type ExercisePlace, holds, type PlaceArea } from './place.ts';
import type { Randomness } from './random.ts';

type Place = ExercisePlace['places'][number];

interface Facility {
  place: Place;
  areaId: string | undefined;
  /** Share of the district's patients. */
  share: number;
  /** Beds taken by other patients, as a share. */
  others: number;
}

/** In the weeks of the peak hospitals put up more beds. Days and share are ours, for an exercise. */
const moreBeds = { from: dayOf('2021-08-05'), until: dayOf('2021-10-20'), share: 0.45 };

/** Reports of hospitals (morning and evening) and health stations (morning). Three in a hundred do not come. */
export class CapacityReports implements FactSource {
  private readonly facilities: Facility[];
  private readonly zone: string;
  private readonly random: Randomness;
  private readonly census: () => { inHospital: number; inIntensiveCare: number };

  /** @param census people now in hospital and in intensive care, all facilities together */
  constructor(place: ExercisePlace, census: () => { inHospital: number; inIntensiveCare: number }, random: Randomness) {
    this.census = census;
    this.random = random;
    this.zone = place.district.timeZone;
    const wards = place.areas.filter(({ level }) => level === 'ward');
    const beds = place.places.reduce((sum, { kind, beds: own }) => sum + (kind === 'hospital' ? own : 0), 0);
    this.facilities = place.places.map((facility) => ({
      place: facility,
      areaId: wardOf(facility, wards),
      share: facility.kind === 'hospital' ? facility.beds / beds : 0,
      others: facility.kind === 'hospital' ? 0.15 + random.next() * 0.2 : 0,
    }));
  }

  factsOf(day: Day): Fact[] {
    return this.facilities.flatMap((facility) => {
      const minutes = facility.place.kind === 'hospital' ? [420, 1140] : [450];
      return minutes
        .filter(() => !this.random.chance(0.03))
        .map((minute, turn) => this.report(facility, day, minute + this.random.whole(0, 40), turn));
    });
  }

  private report({ place, areaId, share, others }: Facility, day: Day, minute: number, turn: number): Fact {
    const { inHospital, inIntensiveCare } = this.census();
    const hospital = place.kind === 'hospital';
    const extra =
      hospital && day >= moreBeds.from && day < moreBeds.until ? Math.round(place.beds * moreBeds.share) : 0;
    const bedsTotal = place.beds + extra;
    const intensiveCareTotal = hospital ? Math.max(4, Math.round(place.beds * 0.12) + Math.round(extra * 0.25)) : 0;
    const noise = 1 + this.random.normal() * 0.04;
    const patients = hospital
      ? inHospital * share * noise + place.beds * others
      : Math.min(bedsTotal, (inHospital / 120) * this.random.next() * bedsTotal);
    const recorded = instantOf(day, minute, this.zone);
    return fact('capacity-reported', `cap.${place.id}.${day}.${turn}`, recorded, recorded, {
      facilityId: place.id,
      name: place.name,
      kind: hospital ? 'hospital' : 'health-station',
      ...(areaId ? { areaId } : {}),
      location: { lon: place.longitude, lat: place.latitude },
      // Beds in the corridor are real; more than a fifth over is not let in.
      bedsOccupied: Math.max(0, Math.min(Math.round(patients), Math.round(bedsTotal * 1.2))),
      bedsTotal,
      intensiveCareTotal,
      intensiveCareOccupied: hospital
        ? Math.min(
            Math.round(inIntensiveCare * share * noise + place.beds * 0.02),
            Math.round(intensiveCareTotal * 1.15),
          )
        : 0,
      oxygenPoints: hospital ? Math.round(bedsTotal * 0.5) : 2,
      staff: hospital ? Math.round(place.beds * 0.9) : this.random.whole(6, 9),
    });
  }
}

function wardOf({ longitude, latitude }: Place, wards: PlaceArea[]): string | undefined {
  return wards.find(({ geometry }) => holds(geometry, { lon: longitude, lat: latitude }))?.id;
}
