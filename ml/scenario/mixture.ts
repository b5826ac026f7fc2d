import { type Compartment, compartmentCount, compartments } from './compartments.ts';
import type { District, FittedStart } from './district.ts';
import type { Particle } from './fit.ts';

/** A district as a particle left it: its whole state becomes the start of scenarios. */
export function continued(district: District, particle: Particle): District {
  const { reproductionNumber, reportedShare, start } = fittedStart(district, particle);
  return { ...district, disease: { ...district.disease, reproductionNumber, reportedShare }, start, fitted: undefined };
}

/** A district whose path i starts from particle i mod n, with that particle's figures: what is not known about the present widens the bands. */
export function mixture(district: District, particles: readonly Particle[]): District {
  if (particles.length === 0) throw new RangeError('particles must hold at least 1, got 0');
  return { ...district, fitted: particles.map((particle) => fittedStart(district, particle)) };
}

function fittedStart(district: District, particle: Particle): FittedStart {
  const ages = district.ageGroups.length;
  const table = (...names: Compartment[]) =>
    district.wards.map((_, w) =>
      district.ageGroups.map((__, g) =>
        names.reduce(
          (sum, name) => sum + particle.state[(w * ages + g) * compartmentCount + compartments.indexOf(name)]!,
          0,
        ),
      ),
    );
  return {
    reproductionNumber: particle.reproductionNumber,
    reportedShare: particle.reportedShare,
    start: {
      exposed: table('exposed, mild', 'exposed, severe'),
      exposedSevere: table('exposed, severe'),
      infectious: table('infectious, mild', 'infectious, severe'),
      infectiousSevere: table('infectious, severe'),
      isolated: table('isolated, mild', 'isolated, severe'),
      isolatedSevere: table('isolated, severe'),
      hospitalised: table('hospitalised'),
      intensiveCare: table('intensive care'),
      recovered: table('recovered'),
      dead: table('dead'),
      oneDose: table('susceptible, one dose'),
      twoDoses: table('susceptible, two doses'),
      waned: table('susceptible, waned'),
    },
  };
}
