-- The record is append-only: the database refuses change, whatever the program thinks.
ALTER TABLE "entry" ADD CONSTRAINT "entry_says_itself" CHECK (
  (convert_from(record, 'UTF8')::json ->> 'incident') = incident
  and (convert_from(record, 'UTF8')::json ->> 'seq') = seq::text
  and (convert_from(record, 'UTF8')::json ->> 'prev') = encode(prev, 'hex')
);
--> statement-breakpoint
CREATE FUNCTION "refuse_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the record is append-only: % on % refused', TG_OP, TG_TABLE_NAME USING ERRCODE = 'EV001';
END
$$;
--> statement-breakpoint
CREATE TRIGGER "entry_unchanged" BEFORE UPDATE OR DELETE ON "entry" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
--> statement-breakpoint
CREATE TRIGGER "entry_kept" BEFORE TRUNCATE ON "entry" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
--> statement-breakpoint
-- Sealed text and keys may only be deleted, and only by the disposal role.
CREATE FUNCTION "refuse_unless_disposal"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' AND current_user = 'wardroom_disposal' THEN
    RETURN OLD;
  END IF;
  RAISE EXCEPTION 'sealed content is kept: % on % refused', TG_OP, TG_TABLE_NAME USING ERRCODE = 'EV001';
END
$$;
--> statement-breakpoint
CREATE TRIGGER "sealed_unchanged" BEFORE UPDATE OR DELETE ON "sealed" FOR EACH ROW EXECUTE FUNCTION "refuse_unless_disposal"();
--> statement-breakpoint
CREATE TRIGGER "sealed_kept" BEFORE TRUNCATE ON "sealed" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_unless_disposal"();
--> statement-breakpoint
CREATE TRIGGER "log_key_unchanged" BEFORE UPDATE OR DELETE ON "log_key" FOR EACH ROW EXECUTE FUNCTION "refuse_unless_disposal"();
--> statement-breakpoint
CREATE TRIGGER "log_key_kept" BEFORE TRUNCATE ON "log_key" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_unless_disposal"();
--> statement-breakpoint
-- Roles are cluster-wide and may be forbidden on a managed server: then the operator grants them, and doctor says so.
DO $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'wardroom_app') THEN
    CREATE ROLE wardroom_app NOLOGIN;
  END IF;
  IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'wardroom_disposal') THEN
    CREATE ROLE wardroom_disposal NOLOGIN;
  END IF;
EXCEPTION
  WHEN insufficient_privilege OR duplicate_object OR unique_violation THEN NULL;
END
$$;
--> statement-breakpoint
DO $$
BEGIN
  IF EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'wardroom_app') THEN
    GRANT SELECT, INSERT ON entry, sealed, log_key, key_fingerprint, seen, reminder TO wardroom_app;
    GRANT SELECT, INSERT, UPDATE ON log, room, card, outbox TO wardroom_app;
    GRANT SELECT, INSERT, UPDATE, DELETE ON holding, quarantine TO wardroom_app;
    GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO wardroom_app;
  END IF;
  IF EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'wardroom_disposal') THEN
    GRANT SELECT, DELETE ON sealed, log_key TO wardroom_disposal;
    GRANT SELECT ON entry, log TO wardroom_disposal;
  END IF;
EXCEPTION
  WHEN insufficient_privilege THEN NULL;
END
$$;
