-- Who was removed: a removal that was broken off is finished.
ALTER TABLE hotline.callers ADD COLUMN removed boolean NOT NULL DEFAULT false;
