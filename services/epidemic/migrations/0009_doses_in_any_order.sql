-- Where a report of a dose stands among those of the same dose (district/statement-order.ts): the first one holds, in whatever order they were heard. Rows of before stand.
ALTER TABLE epidemic.doses ADD COLUMN statement_order text NOT NULL DEFAULT '';
