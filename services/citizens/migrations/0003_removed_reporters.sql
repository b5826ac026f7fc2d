-- Who was removed, also of a report that was sent without a name: his words are written by no rebuild (report/contacts.ts).
ALTER TABLE citizens.report_contacts ADD COLUMN removed boolean NOT NULL DEFAULT false;
