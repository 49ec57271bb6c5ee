-- A line was read through six times to compare three of its members. What is compared is what it was.
CREATE FUNCTION "entry_says"(record bytea, incident text, seq integer, prev bytea) RETURNS boolean
LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
  said json := convert_from(record, 'UTF8')::json;
BEGIN
  RETURN (said ->> 'incident') IS NOT DISTINCT FROM incident
    AND (said ->> 'seq') IS NOT DISTINCT FROM seq::text
    AND (said ->> 'prev') IS NOT DISTINCT FROM encode(prev, 'hex');
END
$$;
--> statement-breakpoint
ALTER TABLE "entry" DROP CONSTRAINT "entry_says_itself";
--> statement-breakpoint
ALTER TABLE "entry" ADD CONSTRAINT "entry_says_itself" CHECK (entry_says(record, incident, seq, prev));
--> statement-breakpoint
-- The head moves with every message, the state with few of them: kept apart, moving the one copies nothing of the other.
ALTER TABLE "log" SET (toast_tuple_target = 128, fillfactor = 50);
