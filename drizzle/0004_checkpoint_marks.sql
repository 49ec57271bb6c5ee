CREATE TABLE "checkpoint_mark" (
	"incident" text PRIMARY KEY NOT NULL,
	"looked" integer NOT NULL,
	"looked_at" timestamp (3) with time zone NOT NULL,
	"signed" integer NOT NULL,
	"posted" integer NOT NULL,
	"posted_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
DO $$
BEGIN
  IF EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'wardroom_app') THEN
    GRANT SELECT, INSERT, UPDATE ON checkpoint_mark TO wardroom_app;
  END IF;
EXCEPTION
  WHEN insufficient_privilege THEN NULL;
END
$$;
