-- Where a statement stands among those of the same thing (district/statement-order.ts); rows of before stand below all that is said later.
ALTER TABLE levels.declarations ADD COLUMN statement_order text NOT NULL DEFAULT '';
ALTER TABLE levels.withdrawals ADD COLUMN statement_order text NOT NULL DEFAULT '';
ALTER TABLE levels.assessment_versions ADD COLUMN statement_order text NOT NULL DEFAULT '';

-- What was said of a declaration more than once is kept each time: which one holds does not depend on which was heard first.
ALTER TABLE levels.declarations DROP CONSTRAINT declarations_pkey, ADD PRIMARY KEY (district, declaration_id, event_id);
ALTER TABLE levels.withdrawals DROP CONSTRAINT withdrawals_pkey, ADD PRIMARY KEY (district, declaration_id, event_id);

-- Of a declaration that was said twice the first statement holds: what was announced is withdrawn or followed, and never said otherwise. So it is with its withdrawal, which names its area.
CREATE OR REPLACE FUNCTION levels.declarations_at(of_district text, as_of timestamptz)
RETURNS TABLE (declaration_id text, area_id text, level integer, policy_id text, takes_effect_at timestamptz, declared_at timestamptz, known_at timestamptz, reason text,
  document text, signed_by text, exercise boolean, sequence bigint, statement_order text, withdrawn_at timestamptz, withdrawal_known_at timestamptz, withdrawal_reason text)
LANGUAGE sql STABLE AS $$
  SELECT d.declaration_id, d.area_id, d.level, d.policy_id, d.takes_effect_at, d.declared_at, d.known_at, d.reason,
    d.document, d.signed_by, d.exercise, d.sequence, d.statement_order, w.withdrawn_at, w.known_at, w.reason
  FROM (
    SELECT DISTINCT ON (declaration_id) * FROM levels.declarations
    WHERE district = of_district AND known_at <= as_of ORDER BY declaration_id, statement_order, sequence
  ) AS d
  LEFT JOIN LATERAL (
    SELECT * FROM levels.withdrawals
    WHERE district = of_district AND declaration_id = d.declaration_id AND area_id = d.area_id AND known_at <= as_of ORDER BY statement_order, sequence LIMIT 1
  ) AS w ON true
$$;

CREATE OR REPLACE VIEW levels.published_declarations AS
  SELECT d.district, d.declaration_id, d.area_id, d.level, d.policy_id, d.takes_effect_at, d.declared_at, d.known_at, d.reason, d.document, d.signed_by, d.sequence,
    w.withdrawn_at, w.known_at AS withdrawal_known_at, w.reason AS withdrawal_reason
  FROM (SELECT DISTINCT ON (district, declaration_id) * FROM levels.declarations ORDER BY district, declaration_id, statement_order, sequence) AS d
  LEFT JOIN LATERAL (
    SELECT * FROM levels.withdrawals AS of_it
    WHERE of_it.district = d.district AND of_it.declaration_id = d.declaration_id AND of_it.area_id = d.area_id ORDER BY statement_order, sequence LIMIT 1
  ) AS w ON true;
