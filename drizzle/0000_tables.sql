CREATE TABLE "card" (
	"card" text PRIMARY KEY NOT NULL,
	"incident" text NOT NULL,
	"room" text NOT NULL,
	"message" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "entry" (
	"incident" text NOT NULL,
	"seq" integer NOT NULL,
	"prev_seq" integer GENERATED ALWAYS AS (case when seq > 1 then seq - 1 end) STORED,
	"prev" "bytea" NOT NULL,
	"record" "bytea" NOT NULL,
	"hash" "bytea" GENERATED ALWAYS AS (sha256(record)) STORED NOT NULL,
	CONSTRAINT "entry_incident_seq_pk" PRIMARY KEY("incident","seq"),
	CONSTRAINT "entry_link" UNIQUE("incident","seq","hash"),
	CONSTRAINT "entry_first" CHECK (seq > 1 or (seq = 1 and prev = decode(repeat('00', 32), 'hex')))
);
--> statement-breakpoint
CREATE TABLE "holding" (
	"incident" text NOT NULL,
	"role" text NOT NULL,
	"person" text NOT NULL,
	CONSTRAINT "holding_incident_role_pk" PRIMARY KEY("incident","role")
);
--> statement-breakpoint
CREATE TABLE "key_fingerprint" (
	"name" text PRIMARY KEY NOT NULL,
	"fingerprint" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "log" (
	"incident" text PRIMARY KEY NOT NULL,
	"seq" integer NOT NULL,
	"hash" text NOT NULL,
	"reducer" integer NOT NULL,
	"state" jsonb NOT NULL,
	"next_wake_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "log_key" (
	"incident" text PRIMARY KEY NOT NULL,
	"wrapped" "bytea" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "outbox" (
	"id" uuid PRIMARY KEY NOT NULL,
	"position" bigserial NOT NULL,
	"incident" text NOT NULL,
	"lane" text NOT NULL,
	"verb" text NOT NULL,
	"view" text NOT NULL,
	"args" jsonb NOT NULL,
	"card" text,
	"attempt" integer DEFAULT 0 NOT NULL,
	"not_before" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL,
	"leased_until" timestamp (3) with time zone,
	"first_claimed_at" timestamp (3) with time zone,
	"queued_at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL,
	"done_at" timestamp (3) with time zone,
	"outcome" text
);
--> statement-breakpoint
CREATE TABLE "quarantine" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "quarantine_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"platform" text NOT NULL,
	"body" "bytea" NOT NULL,
	"at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "reminder" (
	"incident" text NOT NULL,
	"identity" text NOT NULL,
	CONSTRAINT "reminder_incident_identity_pk" PRIMARY KEY("incident","identity")
);
--> statement-breakpoint
CREATE TABLE "room" (
	"platform" text NOT NULL,
	"workspace" text NOT NULL,
	"room" text NOT NULL,
	"incident" text NOT NULL,
	"current" boolean NOT NULL,
	CONSTRAINT "room_platform_workspace_room_pk" PRIMARY KEY("platform","workspace","room")
);
--> statement-breakpoint
CREATE TABLE "sealed" (
	"incident" text NOT NULL,
	"seq" integer NOT NULL,
	"part" integer NOT NULL,
	"body" "bytea" NOT NULL,
	CONSTRAINT "sealed_incident_seq_part_pk" PRIMARY KEY("incident","seq","part")
);
--> statement-breakpoint
CREATE TABLE "seen" (
	"key" text PRIMARY KEY NOT NULL,
	"incident" text,
	"seq" integer
);
--> statement-breakpoint
ALTER TABLE "entry" ADD CONSTRAINT "entry_continues" FOREIGN KEY ("incident","prev_seq","prev") REFERENCES "public"."entry"("incident","seq","hash") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sealed" ADD CONSTRAINT "sealed_incident_seq_entry_incident_seq_fk" FOREIGN KEY ("incident","seq") REFERENCES "public"."entry"("incident","seq") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "card_incident" ON "card" USING btree ("incident");--> statement-breakpoint
CREATE INDEX "log_wake" ON "log" USING btree ("next_wake_at") WHERE next_wake_at is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "outbox_card" ON "outbox" USING btree ("card") WHERE card is not null and done_at is null and attempt = 0;--> statement-breakpoint
CREATE INDEX "outbox_lane" ON "outbox" USING btree ("lane","position") WHERE done_at is null;--> statement-breakpoint
CREATE INDEX "outbox_ready" ON "outbox" USING btree ("not_before") WHERE done_at is null;--> statement-breakpoint
CREATE INDEX "room_incident" ON "room" USING btree ("incident");