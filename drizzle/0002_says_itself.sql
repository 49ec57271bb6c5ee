-- A check is content with "unknown": a line without an incident, a number or a previous hash compared as null and was let by.
ALTER TABLE "entry" DROP CONSTRAINT "entry_says_itself";
--> statement-breakpoint
ALTER TABLE "entry" ADD CONSTRAINT "entry_says_itself" CHECK (
  (convert_from(record, 'UTF8')::json ->> 'incident') is not distinct from incident
  and (convert_from(record, 'UTF8')::json ->> 'seq') is not distinct from seq::text
  and (convert_from(record, 'UTF8')::json ->> 'prev') is not distinct from encode(prev, 'hex')
);
