-- Bytewise, whatever the database's own order: a room's messages then lie together, in the order of their ids.
ALTER TABLE "seen" ALTER COLUMN "key" SET DATA TYPE text COLLATE "C";--> statement-breakpoint
ALTER TABLE "seen" ADD COLUMN "thread" text;--> statement-breakpoint
-- The versions of messages that are on the record already, their changes included.
UPDATE "seen" SET "thread" = coalesce(line.data ->> 'thread', '')
FROM (
  SELECT incident, seq, said -> 'data' AS data, concat_ws(':', said -> 'source' ->> 'platform',
    said -> 'source' ->> 'workspace', said -> 'data' ->> 'room', said -> 'data' ->> 'message') AS message
  FROM (SELECT incident, seq, convert_from(record, 'UTF8')::json AS said FROM "entry") AS lines
  WHERE said ->> 'kind' IN ('message.posted', 'message.edited', 'message.deleted', 'message.restored', 'post.unknown')
) AS line
WHERE "seen".incident = line.incident AND "seen".seq = line.seq
  AND ("seen".key = line.message OR "seen".key ~ '^[^\n]*:[edu][0-9.]*$' AND starts_with("seen".key, line.message || ':'));--> statement-breakpoint
CREATE INDEX "seen_thread" ON "seen" USING btree ("thread","key") WHERE thread > '';
