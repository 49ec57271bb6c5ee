/** The page an auditor opens first: what this is, how to check it with tools of their own, what it proves and what not. */
import type { Manifest } from '../domain/bundle.ts'
import { checkpointPath, keyPath } from '../domain/bundle.ts'
import type { CalendarDate } from '../domain/calendar.ts'
import type { SignedNote } from '../domain/checkpoint.ts'
import { type Damage, whyWords } from '../domain/damaged.ts'
import { sayDay, sayMomentFull } from '../domain/dates-in-words.ts'
import { platformName } from '../domain/platforms.ts'

const SCOPES: Readonly<Record<Manifest['scope']['kind'], string>> = {
  'decision-file':
    'The decision file (45 CFR 164.414(b)): decisions, facts, roles, notices, custody, and the messages\nthat were marked, recorded as evidence or named by a decision. Other messages and files stay on the record.',
  full: 'Everything on the record.',
  dates: 'What was recorded',
}

const day = (on: string | null): string | null => on && sayDay(on as CalendarDate)

function scopeWords({ kind, from, to }: Manifest['scope']): string {
  if (kind !== 'dates') return SCOPES[kind]
  const parts = [from && `from ${day(from)}`, to && `to ${day(to)}`].filter(Boolean)
  return `${SCOPES.dates} ${parts.join(' ')}, both days included.`
}

/** Nobody is to find it out by the check alone, nor to take it for something kept back. */
function damageText(damaged: readonly Damage[]): string {
  if (damaged.length === 0) return ''
  const lines = damaged
    .slice(0, MOST_DAMAGED)
    .map(({ seq, part, kind, at, why }) => `entry ${seq}: the ${part} of "${kind}", ${at}: ${whyWords(why)}`)
  const more = damaged.length - lines.length
  return `
WHAT IS DAMAGED
What stands here was to be in this bundle and is not: on the server it is no longer what was recorded.
Nothing of it was kept back by anybody, and none of it was lawfully disposed of. The check below ends
with 1 because of it. A backup of the database may still hold it whole: restored, export again.
${lines.join('\n')}
${more > 0 ? `and ${more} more, in damaged.txt\n` : ''}`
}

const MOST_DAMAGED = 20

export function readmeText(
  manifest: Manifest,
  last: SignedNote | undefined,
  damaged: readonly Damage[] = [],
): string {
  const { incident, through, head, at, zone, practice, platform } = manifest
  const note = last ? checkpointPath(last.entry, 'txt') : 'checkpoints/<number>.txt'
  const key = last ? keyPath(last.key) : 'keys/<fingerprint>.pem'
  return `${incident}: evidence bundle
${practice ? '\nPRACTICE. Signed where time can be moved by hand. It proves nothing about a real incident.\n' : ''}
The record of one incident, as it was kept while the incident ran: ${through} entries, up to and with
the request for this bundle (${sayMomentFull(zone, at)}, ${zone}).
It may hold health information about people: keep it as you keep a medical record.

WHAT IS IN IT
${scopeWords(manifest.scope)}
The words of what counsel marked as privileged, and of what was disposed of, are not here. The lines of
those entries are: nothing can be left out of a chain. privilege-log.csv says what counsel keeps back,
with date, author and basis.
${damageText(damaged)}
report.html, report.pdf   the incident for readers
decisions.csv, timeline.csv, custody.csv, privilege-log.csv   tables, made from the record
events.jsonl              the record: one entry a line, each holding the hash of the line before it
content/text.txt          words that were sealed beside entries: entry, salt, words
content/files/<entry>     files that were captured, and their salts
checkpoints/              signed heads of the chain: text, signature and, where there is one, time stamp
key.pem, keys/            the public keys that signed, and how each handed on to the next
bundle.json               what this bundle says of itself
verify.sh, SHA256SUMS     the check, and the hash of every file

HOW TO CHECK IT
With GNU coreutils, grep, sed and openssl 3 (any Linux), and nothing of ours:
    sh verify.sh
It ends with 0 when all is as it was recorded, 1 when something was altered (it names the first bad
entry), 2 when it cannot be read. ${MEASURED}
It is short: read it before you run it. It came with the evidence, so do not take its word alone. Each
of its checks can be typed by hand:

1. Every file is as it was packed:
    sha256sum -c SHA256SUMS
2. Line 2 holds the hash of line 1 (as "prev"), line 3 that of line 2, and so on:
    sed -n 1p events.jsonl | tr -d '\\n' | sha256sum
3. The last line's hash is
    ${head}
    tail -n 1 events.jsonl | tr -d '\\n' | sha256sum
   and stands in the last checkpoint, which the record's key signed:
    cat ${note}
    openssl pkeyutl -verify -pubin -inkey ${key} -rawin \\
      -in ${note} -sigfile ${note.replace('.txt', '.sig')}
4. Words are those an entry commits to (its "commit"; here entry 1):
    sed -n 's/^1 //p' content/text.txt | { read -r salt words
      { echo "$salt" | base64 -d; printf %s "$words"; } | sha256sum; }
   A file is the one its entry commits to (its "bytes"; 17 stands for its entry):
    cat content/files/17.salt content/files/17 | sha256sum
5. A time stamp, with the certificate of the authority that gave it:
    openssl ts -verify -in 17.tsr -data 17.txt -CAfile tsa-ca.pem
   (a certificate that has run out since: add -attime with the seconds of that day)

THEN ASK A WITNESS
The files above agree with each other. Whoever held the database and the signing key could have made
them so. That nobody did is shown by what lies elsewhere:
- ${platformName(platform)} holds the checkpoints that were posted in the incident's room, at most an hour apart while
  people wrote, and at every change of phase, export and close. Compare one with the file of its number
  here: same entry, same hash. Ask for the room's own export if the room is closed.
- The key's fingerprint was posted when the room opened${last ? `. Here it is ${last.key}` : ''}.
- A time stamp (.tsr) is the word of an authority outside that a checkpoint existed at that time.

WHAT IT PROVES, AND WHAT NOT
Shown: no entry was changed, moved, put in or left out after a checkpoint was signed over it, and the
words and files here are those that were recorded.
Shown only by Wardroom itself (wardroom verify <this bundle>, needs no database and no network): that
every content the scope promises is here, and that the outcome, the number of decisions and the days in
bundle.json are what the entries come to.
Nothing signs the pages of the report and the tables. They are for reading: trust them no further than
the entries they speak of.
Not shown: that what people wrote is true; what happened in chat where the bot could not see (each such
time is an entry, "coverage gap"); a change made before the next checkpoint was signed, at most a minute
while people write; and, without a witness, that nobody stole the key and signed all of it anew. What
was posted in the room is at most an hour old: what is newer has no witness there yet.

The request for this bundle is its last entry. The hash of the ZIP file itself is on the record too, in
an entry made after it was written: ask whoever gave it to you for that entry, and compare.
`
}

/** As measured, and only that. */
const MEASURED = 'Measured: 10,000 entries with 200 checkpoints\ntake some five seconds of one processor.'
