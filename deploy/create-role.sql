-- Creates the bot's role and its database. psql runs it as the superuser, with the password in the environment.
\set ON_ERROR_STOP on
\getenv password CONCIERGE_PASSWORD
CREATE ROLE concierge LOGIN PASSWORD :'password'
  NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS;
CREATE DATABASE concierge OWNER concierge;
-- Nobody else may connect, but for superusers.
REVOKE CONNECT, TEMPORARY ON DATABASE concierge FROM PUBLIC;
