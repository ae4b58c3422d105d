#!/bin/sh
# Run once by the image of PostgreSQL: a database whose owner owns nothing else.
set -e
psql --username="${POSTGRES_USER:-postgres}" --dbname="${POSTGRES_DB:-postgres}" --set=ON_ERROR_STOP=1 --set=password="$OMNIIOT_DATABASE_PASSWORD" <<'SQL'
CREATE ROLE omniiot LOGIN PASSWORD :'password';
CREATE DATABASE omniiot OWNER omniiot ENCODING 'UTF8' TEMPLATE template0;
REVOKE CONNECT ON DATABASE omniiot FROM PUBLIC;
SQL
