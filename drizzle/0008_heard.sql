CREATE TABLE "heard" (
	"platform" text PRIMARY KEY NOT NULL,
	"at" timestamp (3) with time zone NOT NULL
);

--> statement-breakpoint
DO $$
BEGIN
  IF EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'wardroom_app') THEN
    GRANT SELECT, INSERT, UPDATE ON heard TO wardroom_app;
  END IF;
EXCEPTION
  WHEN insufficient_privilege THEN NULL;
END
$$;
