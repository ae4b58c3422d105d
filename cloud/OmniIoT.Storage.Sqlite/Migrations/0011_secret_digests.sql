-- Devices that sign in with their secret alone; those registered before have a digest with their next secret.
ALTER TABLE credentials ADD COLUMN secret_digest TEXT;
CREATE INDEX credentials_digest ON credentials (secret_digest) WHERE secret_digest IS NOT NULL;
