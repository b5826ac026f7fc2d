-- Where a value stands among those of the same series, area and period (district/statement-order.ts); rows of before stand below all that is said later.
ALTER TABLE economy.indicator_versions ADD COLUMN statement_order text NOT NULL DEFAULT '';
