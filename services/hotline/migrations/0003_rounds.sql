-- Rounds are of a kind each: daily calls to patients, and calls that an exercise makes to itself.
ALTER TABLE hotline.rounds ADD COLUMN round_id text NOT NULL DEFAULT 'daily';
ALTER TABLE hotline.rounds ADD COLUMN most_per_day integer;
ALTER TABLE hotline.rounds DROP CONSTRAINT rounds_pkey;
ALTER TABLE hotline.rounds ADD PRIMARY KEY (district, round_id);
