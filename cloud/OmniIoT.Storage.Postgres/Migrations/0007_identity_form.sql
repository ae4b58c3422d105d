-- By which version of the form in which identities are compared a row was written; rows of an earlier one are written anew at start.
ALTER TABLE identities ADD COLUMN form BIGINT NOT NULL DEFAULT 0;
CREATE INDEX identities_form ON identities (form, customer_id);
