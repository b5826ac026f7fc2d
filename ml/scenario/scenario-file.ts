import type { District, RunSettings, Scenario } from './district.ts';
import { ScenarioInputError, validate } from './validate.ts';

export interface ScenarioFile {
  district: District;
  scenarios: Scenario[];
  run: RunSettings;
  /** weekly reported cases per 100,000 whose probabilities are told; left out: 20, 50, 150 */
  weeklyCuts?: number[];
}

/** @throws ScenarioInputError naming every field that is missing or impossible, with its value and bound */
export function readScenarioFile(text: string): ScenarioFile {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (error) {
    throw new ScenarioInputError([`the file must be JSON: ${(error as Error).message}`]);
  }
  const file = parsed as ScenarioFile;
  const problems = missing(file);
  if (problems.length > 0) throw new ScenarioInputError(problems);
  validate(file.district, file.scenarios, file.run);
  return file;
}

const objects = ['disease', 'mixing', 'capacity', 'costs', 'start'] as const;

/** what must be there before anything can be checked by value */
function missing(file: ScenarioFile): string[] {
  const problems: string[] = [];
  const want = (field: string, value: unknown, kind: 'an object' | 'a list') => {
    const fits =
      kind === 'a list' ? Array.isArray(value) : typeof value === 'object' && value !== null && !Array.isArray(value);
    if (!fits) problems.push(`${field} must be ${kind}, got ${JSON.stringify(value)?.slice(0, 60) ?? 'nothing'}`);
  };
  want('the file', file, 'an object');
  if (problems.length > 0) return problems;
  want('district', file.district, 'an object');
  want('scenarios', file.scenarios, 'a list');
  want('run', file.run, 'an object');
  if (file.weeklyCuts !== undefined) {
    want('weeklyCuts', file.weeklyCuts, 'a list');
    for (const cut of Array.isArray(file.weeklyCuts) ? file.weeklyCuts : [])
      if (!(cut > 0)) problems.push(`weeklyCuts must be numbers above 0, got ${JSON.stringify(cut)}`);
  }
  if (problems.length > 0) return problems;
  want('district.wards', file.district.wards, 'a list');
  want('district.ageGroups', file.district.ageGroups, 'a list');
  for (const key of objects) want(`district.${key}`, file.district[key], 'an object');
  for (const [s, scenario] of file.scenarios.entries()) {
    want(`scenarios[${s}]`, scenario, 'an object');
    want(`scenarios[${s}].levers`, scenario?.levers, 'a list');
  }
  if (problems.length > 0) return problems;
  file.district.wards.forEach((ward, w) => {
    want(`district.wards[${w}].population`, ward?.population, 'a list');
    want(`district.wards[${w}].position`, ward?.position, 'a list');
  });
  const { disease, mixing, costs } = file.district;
  for (const key of [
    'severeShare',
    'intensiveCareShare',
    'deathShare',
    'protectionInfection',
    'protectionSevere',
  ] as const)
    want(`district.disease.${key}`, disease[key], 'a list');
  want('district.mixing.contacts', mixing.contacts, 'a list');
  want('district.costs.workingShare', costs.workingShare, 'a list');
  return problems;
}
