-- What other services may read: telephones that rang for a call from outside, as known now. Daily calls would tell how many patients there are.
CREATE VIEW hotline.published_rings AS
  SELECT v.district, v.call_id, v.topic, v.area_id, v.occurred_at, v.known_at, (a->>'attempt')::int AS attempt, a->>'role' AS role, a->>'targetId' AS target_id, a->>'name' AS target_name,
    (a->>'rangAt')::timestamptz AS rang_at, (a->>'endedAt')::timestamptz AS ended_at, a->>'outcome' AS outcome
  FROM hotline.call_versions v CROSS JOIN LATERAL jsonb_array_elements(v.attempts) a
  WHERE v.reported AND v.direction = 'inbound' AND v.known_until = 'infinity';
