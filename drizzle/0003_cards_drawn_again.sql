ALTER TABLE "card" ADD COLUMN "view" text;--> statement-breakpoint
ALTER TABLE "card" ADD COLUMN "args" jsonb;--> statement-breakpoint
CREATE INDEX "card_place" ON "card" USING btree ("room","message");