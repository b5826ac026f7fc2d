-- False: only changes were heard of so far. Such a row has no place, so that no tile and no list shows it.
ALTER TABLE geography.points ADD COLUMN is_born boolean NOT NULL DEFAULT true;
-- Where the statement of the birth stands among others (district/statement-order.ts), while the row is all that was said; else ''.
ALTER TABLE geography.points ADD COLUMN birth_order text COLLATE "C" NOT NULL DEFAULT '';
-- What was said of the entity, each detail with where its statement stands. NULL: all of the row was said by its birth.
ALTER TABLE geography.points ADD COLUMN said text;
