-- Every population figure as known, with its age group and its source: for models that need more than one denominator.
CREATE VIEW geography.published_population AS
  SELECT district, area_id, age_group, people, valid_from, known_at, estimated, source, sequence FROM geography.population_versions;
