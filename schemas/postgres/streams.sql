-- Streams per team: a role sees and writes only the streams that nines.member gives it, and nobody
-- but the owner of the tables can change or remove an event. Apply as that owner, after tables.sql;
-- applying it again changes nothing:
--   psql -v ON_ERROR_STOP=1 -1 -f streams.sql DATABASE
-- Then, for each team (a role that people's own roles are members of, or one role for all):
--   INSERT INTO nines.member (role, stream) VALUES ('payments_team', 'payments');
-- whose people then use
--   nines sync 'postgres://db.example/nines?stream=payments'
-- The owner of the tables and superusers see every stream: nobody should sync as one of them.
CREATE TABLE IF NOT EXISTS nines.member (
  role text NOT NULL,
  stream text NOT NULL,
  PRIMARY KEY (role, stream)
);

GRANT USAGE ON SCHEMA nines TO PUBLIC;
GRANT SELECT ON nines.schema_version, nines.member TO PUBLIC;
GRANT SELECT, INSERT ON nines.stream, nines.replica, nines.event TO PUBLIC;
GRANT SELECT, INSERT, DELETE ON nines.body TO PUBLIC;
GRANT SELECT, INSERT, UPDATE ON nines.statement, nines.measurement TO PUBLIC;

ALTER TABLE nines.member ENABLE ROW LEVEL SECURITY;
ALTER TABLE nines.stream ENABLE ROW LEVEL SECURITY;
ALTER TABLE nines.replica ENABLE ROW LEVEL SECURITY;
ALTER TABLE nines.event ENABLE ROW LEVEL SECURITY;
ALTER TABLE nines.body ENABLE ROW LEVEL SECURITY;
ALTER TABLE nines.statement ENABLE ROW LEVEL SECURITY;
ALTER TABLE nines.measurement ENABLE ROW LEVEL SECURITY;

-- The rows of the roles that the current one is, or is a member of.
DROP POLICY IF EXISTS own ON nines.member;
CREATE POLICY own ON nines.member FOR SELECT TO PUBLIC USING (
  EXISTS (SELECT 1 FROM pg_roles r WHERE r.rolname = role AND pg_has_role(r.oid, 'MEMBER')));

DROP POLICY IF EXISTS team ON nines.stream;
CREATE POLICY team ON nines.stream TO PUBLIC
  USING (stream IN (SELECT m.stream FROM nines.member m))
  WITH CHECK (stream IN (SELECT m.stream FROM nines.member m));

DROP POLICY IF EXISTS team ON nines.replica;
CREATE POLICY team ON nines.replica TO PUBLIC
  USING (stream IN (SELECT m.stream FROM nines.member m))
  WITH CHECK (stream IN (SELECT m.stream FROM nines.member m));

DROP POLICY IF EXISTS team ON nines.event;
CREATE POLICY team ON nines.event TO PUBLIC
  USING (stream IN (SELECT m.stream FROM nines.member m))
  WITH CHECK (stream IN (SELECT m.stream FROM nines.member m));

DROP POLICY IF EXISTS team ON nines.body;
CREATE POLICY team ON nines.body TO PUBLIC
  USING (stream IN (SELECT m.stream FROM nines.member m))
  WITH CHECK (stream IN (SELECT m.stream FROM nines.member m));

DROP POLICY IF EXISTS team ON nines.statement;
CREATE POLICY team ON nines.statement TO PUBLIC
  USING (stream IN (SELECT m.stream FROM nines.member m))
  WITH CHECK (stream IN (SELECT m.stream FROM nines.member m));

DROP POLICY IF EXISTS team ON nines.measurement;
CREATE POLICY team ON nines.measurement TO PUBLIC
  USING (stream IN (SELECT m.stream FROM nines.member m))
  WITH CHECK (stream IN (SELECT m.stream FROM nines.member m));
