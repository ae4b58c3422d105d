CREATE TABLE registrations (
    id TEXT NOT NULL PRIMARY KEY, enrollment_id TEXT NOT NULL, at INTEGER NOT NULL, refused INTEGER NOT NULL, json BLOB NOT NULL);
CREATE INDEX registrations_at ON registrations (enrollment_id, at, id);
CREATE INDEX registrations_refused ON registrations (enrollment_id, id) WHERE refused = 1;

CREATE TABLE registration_counts (
    enrollment_id TEXT NOT NULL PRIMARY KEY, registered INTEGER NOT NULL, refused INTEGER NOT NULL, last_used_at INTEGER);

CREATE TABLE claim_codes (device_id TEXT NOT NULL PRIMARY KEY, code_hash TEXT NOT NULL);
CREATE INDEX claim_codes_hash ON claim_codes (code_hash);

CREATE TABLE certificates (thumbprint TEXT NOT NULL PRIMARY KEY, principal TEXT NOT NULL);
CREATE INDEX certificates_principal ON certificates (principal, thumbprint);
