CREATE TABLE totals.totals (district text, key text, amount bigint, PRIMARY KEY (district, key));
