-- How many wait is asked with the state of the service (GET /api/status).
CREATE INDEX incident_versions_waiting ON incidents.incident_versions (district, incident_id) WHERE known_until = 'infinity' AND NOT reported;
