-- How many wait is asked with the state of the service (GET /api/status).
CREATE INDEX violation_versions_waiting ON urban_order.violation_versions (district, violation_id) WHERE known_until = 'infinity' AND NOT reported;
