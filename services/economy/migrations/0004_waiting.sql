-- How many wait is asked with the state of the service (GET /api/status).
CREATE INDEX business_versions_waiting ON economy.business_versions (district, business_id) WHERE known_until = 'infinity' AND NOT registered;
