-- How many wait is asked with the state of the service (GET /api/status).
CREATE INDEX case_waiting_still ON epidemic.case_waiting (district, case_id) WHERE applied_by IS NULL;
