-- Since which entry a log's data key holds: after a disposal another one, which every writer learns under the head's lock.
ALTER TABLE "log" ADD COLUMN "key_at" integer DEFAULT 0 NOT NULL;
