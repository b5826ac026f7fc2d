-- NULL: nobody knows the age, because its person was removed before it was said, or his keys are lost. He counts among all ages, and in none from 18 on.
ALTER TABLE epidemic.doses ALTER COLUMN age_years DROP NOT NULL;
ALTER TABLE epidemic.doses ADD COLUMN removed boolean NOT NULL DEFAULT false;
