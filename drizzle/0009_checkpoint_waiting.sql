CREATE TABLE "checkpoint_waiting" (
	"incident" text PRIMARY KEY NOT NULL
);
--> statement-breakpoint
DO $$
BEGIN
  IF EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'wardroom_app') THEN
    GRANT SELECT, INSERT, DELETE ON checkpoint_waiting TO wardroom_app;
  END IF;
EXCEPTION
  WHEN insufficient_privilege THEN NULL;
END
$$;
