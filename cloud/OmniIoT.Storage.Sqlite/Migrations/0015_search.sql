-- Words of what is searched, by FTS5. Words are folded before they come here, so the tokenizer only parts them at blanks. Rows say which
-- record they are of; the words themselves are not kept. '#' begins a record's id, '=' a whole word of names, '@' a customer, '%' a sort.
CREATE VIRTUAL TABLE devices_words USING fts5 (
    words, id UNINDEXED, content = '', contentless_delete = 1, contentless_unindexed = 1, detail = none, tokenize = "ascii tokenchars '#=@%^._:-'");
CREATE VIRTUAL TABLE customers_words USING fts5 (
    words, id UNINDEXED, content = '', contentless_delete = 1, contentless_unindexed = 1, detail = none, tokenize = "ascii tokenchars '#=@%^._:-'");
CREATE VIRTUAL TABLE cases_words USING fts5 (
    words, id UNINDEXED, content = '', contentless_delete = 1, contentless_unindexed = 1, detail = none, tokenize = "ascii tokenchars '#=@%^._:-'");
-- Beginnings of words are looked up where names are parted, but a million entries share few words: those have an index of their own.
CREATE VIRTUAL TABLE timeline_words USING fts5 (
    words, id UNINDEXED, content = '', contentless_delete = 1, contentless_unindexed = 1, detail = none, prefix = '2 3 4 5',
    tokenize = "ascii tokenchars '#=@%^._:-'");

-- By which version of folding a table was indexed, and how far that is done: after this row; null when it is done.
CREATE TABLE search_state (name TEXT NOT NULL PRIMARY KEY, version INTEGER NOT NULL, position INTEGER);

-- Conversations are asked for by their numbers.
CREATE INDEX conversations_number ON conversations (number);

UPDATE documents SET search = NULL;
