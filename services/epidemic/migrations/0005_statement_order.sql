-- Where the statement stands among those of the same fact (district/statement-order.ts); rows of before stand below all that is said later.
ALTER TABLE epidemic.count_versions ADD COLUMN statement_order text NOT NULL DEFAULT '';
ALTER TABLE epidemic.vaccination_versions ADD COLUMN statement_order text NOT NULL DEFAULT '';
