/** What other models printed, for this one to be held against. Figures only; each with where they were read. */

/**
 * Final size of an epidemic by age with R0 = 1.5 in the United Kingdom of 2005 with POLYMOD's contacts: package finalsize 0.2.0 (Gupte, Van Leeuwen, Kucharski; LSHTM),
 * article "Modelling heterogeneous social contacts" as built in epiverse-trace/finalsize, commit 3c72a07b, articles/varying_contacts.html. Contacts: Mossong et al. 2008,
 * symmetric, made by socialmixr; rows are participants. It solves the equations of Miller 2012, which hold for SIR and SEIR alike.
 */
export const polymodFinalSize = {
  ageGroups: ['0-4', '5-17', '18-39', '40-64', '65+'],
  population: [3_453_670, 9_761_554, 18_110_368, 19_288_101, 9_673_058],
  contacts: [
    [1.9157895, 1.467205, 3.278803, 1.559611, 0.3658614],
    [0.5191021, 8.858736, 3.421566, 2.616146, 0.6260247],
    [0.6252718, 1.844236, 5.440972, 3.492124, 0.8092367],
    [0.2792593, 1.32401, 3.278895, 4.178218, 1.2380907],
    [0.1306272, 0.631752, 1.515092, 2.468756, 1.7142857],
  ],
  reproductionNumber: 1.5,
  infected: [0.4160682, 0.6888703, 0.5379381, 0.4639496, 0.3042623],
};

/**
 * Probability that 0 … 10 of 10 people have been infected in the end, one of them at the start, in the Markov SIR epidemic with pairwise rate 2/9 and recovery rate 1: computed with
 * the MATLAB programs of Black and Ross, "Computation of epidemic final size distributions", J. Theor. Biol. 367 (2015) 159–165, and printed to five places by Bhatia (2018), epirecipes
 * epicookbook, chapter blackross2015. (The first entry that can happen is one case: 1/3.)
 */
export const smallOutbreak = {
  people: 10,
  /** expected infections by one person among infinitely many: pairwise rate × people / recovery rate */
  reproductionNumber: (2 / 9) * 10,
  probability: [0, 0.33333, 0.0864, 0.04908, 0.03814, 0.03638, 0.04079, 0.05256, 0.07614, 0.11862, 0.16854],
};

/**
 * An outbreak from n infectious people with exponentially distributed infectious time dies out early with probability (1 / R0)^n: Whittle, "The outcome of a stochastic
 * epidemic", Biometrika 42 (1955) 116–122.
 */
export function minorOutbreakProbability(reproductionNumber: number, infectious: number): number {
  return Math.min(1, reproductionNumber ** -infectious);
}
