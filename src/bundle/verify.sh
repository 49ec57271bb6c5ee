#!/bin/sh
# Checks the bundle this file lies in, with GNU coreutils, grep, sed and openssl 3 alone. Changes nothing, asks no network.
# Run: sh verify.sh      Ends with 0: as recorded. 1: altered, each check names its first bad entry. 2: unreadable.
# It came with the evidence and proves nothing about itself: read it first, or type its checks by hand (README.txt).
LC_ALL=C; export LC_ALL
cd "$(dirname "$0")" || exit 2
work=$(mktemp -d -p /dev/shm 2>/dev/null) || work=$(mktemp -d) || exit 2 # words are better kept off a disk
trap 'rm -rf "$work"' EXIT
result=0
altered() { echo "ALTERED: $*"; result=1; }
unreadable() { echo "UNREADABLE: $*"; exit 2; }
isNumber() { case $1 in '' | 0* | *[!0-9]* | ??????????*) return 1 ;; esac; }
stated() { sed -n 's/.*"'"$1"'":"\{0,1\}\([^",}]*\).*/\1/p' bundle.json; } # of bundle.json's one line of JSON
hashes() { sha256sum "$1"/* | cut -c 1-64; }                               # of a folder's files, by name
openssl version >"$work/said" || unreadable "this machine has no openssl"
for name in bundle.json events.jsonl content/text.txt key.pem SHA256SUMS; do [ -r $name ] || unreadable "$name is missing"; done
[ "$(stated format)" = 1 ] || unreadable "this is not a bundle of format 1"
through=$(stated through); isNumber "$through" || unreadable "bundle.json does not say how far it goes"

# 1. Every file is the one that was packed, and there is no other.
sha256sum -c --quiet SHA256SUMS 2>&1 | grep -v WARNING >"$work/bad" && altered "files: $(head -n 3 "$work/bad" | paste -s -d ' ' -)"
for name in * */* content/files/*; do [ ! -f "$name" ] || [ "$name" = SHA256SUMS ] || echo "$name"; done | sort >"$work/found"
cut -c 67- SHA256SUMS | sort | comm -23 "$work/found" - >"$work/bad"
[ ! -s "$work/bad" ] || altered "no such file was packed: $(head -n 1 "$work/bad")"

# 2. The chain: each line of events.jsonl holds the sha256 of the line before it, the first one zeros.
exec 3<events.jsonl
while head -n 500 <&3 >"$work/page" && [ -s "$work/page" ]; do # a line a file, without its line feed
  mkdir "$work/line" && split -l 1 -d -a 3 "$work/page" "$work/line/" && truncate -s -1 "$work/line"/* || unreadable "no room in $work"
  hashes "$work/line" >>"$work/hash"; rm -r "$work/line"
done
line='^{"actor":{[^}]*},"at":"[^"]*","commit":"\{0,1\}\([0-9a-z]*\)"\{0,1\},"data":{\("bytes":"\([0-9a-f]*\)"\)\{0,1\}.*'
line=$line',"kind":"\([a-z_.]*\)","prev":"\([0-9a-f]*\)","ref":[^,]*,"seq":\([0-9]*\),"source":.*,"v":1}$'
sed "s/$line/\6 \5 \4 \1 \3/" events.jsonl >"$work/entry" # number, hash before it, kind, what it commits to: words, file
{ printf '%064d\n' 0; cat "$work/hash"; } | head -n "$through" >"$work/before"
seq "$through" | paste -d ' ' - "$work/before" >"$work/should"
cut -d ' ' -f 1,2 "$work/entry" | paste -d '\n' "$work/should" - | uniq -c | grep -n -m 1 -v '^ *2 ' | cut -d : -f 1 >"$work/bad"
[ ! -s "$work/bad" ] || altered "entry $(cat "$work/bad") does not continue the entry before it: one of them was changed, moved, put in or taken out"
[ "$(tail -n 1 "$work/hash")" = "$(stated head)" ] || altered "entry $through, the last one, is not the one bundle.json names"
[ "$(tail -n 1 "$work/entry" | cut -d ' ' -f 3)" = export.requested ] || altered "the last entry does not ask for this bundle"

# 3. Checkpoints: the hash of an entry, signed with a key whose fingerprint is its file's name.
fingerprint() {
  { echo 'wardroom checkpoint key'; openssl pkey -pubin -in "$1" -outform DER; } 2>&1 | sha256sum | cut -c 1-16 | tr a-f A-F | sed 's/..../&-/g;s/-$//'
}
signed() { # text, key, signature
  case $2 in *[!0-9A-F-]*) return 1 ;; esac
  openssl pkeyutl -verify -pubin -inkey "keys/$2.pem" -rawin -in "$1" -sigfile "$3" >"$work/said" 2>&1
}
for pem in keys/*.pem; do [ "keys/$(fingerprint "$pem").pem" = "$pem" ] || altered "$pem is another key"; done
grep '^keys/.*-rotation.txt$' "$work/found" | while read -r change; do
  { read -r title; read -r from; read -r to; } <"$change"
  signed "$change" "$from" "${change%.txt}.from.sig" && signed "$change" "$to" "${change%.txt}.accepted.sig" || echo "$change"
done >"$work/bad"
[ ! -s "$work/bad" ] || altered "$(head -n 1 "$work/bad"): one key did not hand on to the other"
[ "$(grep -c '^keys/.*pem$' "$work/found")" = "$(($(grep -c '^keys/.*txt$' "$work/found") + 1))" ] || altered "keys do not follow each other"
for note in checkpoints/*.txt; do
  { read -r title; read -r covered; read -r head; read -r at; read -r key; } <"$note" || unreadable "$note"
  isNumber "$covered" && [ "$title" = "wardroom checkpoint $(stated incident)" ] && [ "$(sed -n "${covered}{p;q}" "$work/hash")" = "$head" ] ||
    altered "$note is not over entry $covered as it is here"
  signed "$note" "$key" "${note%.txt}.sig" || altered "$note is not signed by the key it names"
  stamp=${note%.txt}.tsr; [ -f "$stamp" ] || continue
  [ -f tsa-ca.pem ] || { echo "NOT CHECKED: $stamp, because the bundle has no tsa-ca.pem"; continue; }
  time=$(openssl ts -reply -in "$stamp" -text 2>&1 | sed -n 's/^Time stamp: //p')
  openssl ts -verify -in "$stamp" -data "$note" -CAfile tsa-ca.pem -attime "$(date -d "$time" +%s)" >"$work/said" 2>&1 ||
    altered "$stamp does not stamp $note"
done
[ "$covered" = "$through" ] || altered "no checkpoint covers the last entry, $through: the last one covers $covered"
[ "$(fingerprint key.pem)" = "$key" ] || altered "key.pem is not the key of the last checkpoint"
{
  sed -n 's/^\([0-9]*\) .* checkpoint\.signed .*/0000000\1.txt/p' "$work/entry"
  sed -n 's/.*"data":{"at":"[^"]*","entry":\([0-9]*\),"token":.*"kind":"checkpoint\.timestamped".*/0000000\1.tsr/p' events.jsonl
} | sed 's/.*\(.\{12\}\)$/checkpoints\/\1/' | sort | comm -23 - "$work/found" >"$work/bad"
[ ! -s "$work/bad" ] || altered "$(head -n 1 "$work/bad") is missing, and an entry says it was made"

# 4. Words and files: the entry holds the sha256 of 32 bytes of salt and what was sealed.
cut -d ' ' -f 1 content/text.txt | sort -c -n -u 2>"$work/said" || altered "content/text.txt is not in order: $(cat "$work/said")"
exec 3<content/text.txt
while head -n 500 <&3 >"$work/page" && [ -s "$work/page" ]; do
  cut -d ' ' -f 2 "$work/page" | base64 -d 2>"$work/said" | od -A n -v -t o1 -w32 | sed 's/ /\\/g' >"$work/salt"
  cut -d ' ' -f 3- "$work/page" >"$work/words"; mkdir "$work/line"; n=1000
  while read -r salt && read -r words <&4; do n=$((n + 1)); printf "$salt%s" "$words" >"$work/line/$n"; done <"$work/salt" 4<"$work/words"
  hashes "$work/line" | paste -d ' ' "$work/page" - | sed 's/ .* / /'; rm -r "$work/line"
done >"$work/text"
for name in content/files/*; do
  case $name in *.salt | *\*) continue ;; esac
  echo "${name##*/} $(cat "$name.salt" "$name" 2>"$work/said" | sha256sum | cut -c 1-64)"
done >"$work/file"
committed() { # what was found, and the column of what it should be
  cut -d ' ' -f "1,$2" "$work/entry" | sort >"$work/should"; sort "$work/$1" | comm -23 - "$work/should" | sort -n | head -n 1 | cut -d ' ' -f 1 >"$work/bad"
  [ ! -s "$work/bad" ] || altered "entry $(cat "$work/bad") commits to another $1 than the one here"
}
committed text 4; committed file 5; [ ! -e damaged.txt ] || altered "of these entries something was damaged on the server when this was exported, and is not here (damaged.txt): $(cut -d ' ' -f 1,2 damaged.txt | head -n 20 | paste -s -d , -)"

[ $result = 0 ] || exit 1
echo "As recorded: $through entries, $(wc -l <"$work/text") texts and $(wc -l <"$work/file") files opened. The last checkpoint:"
cat "$note"
echo "Compare it with the one the chat room shows, and its key with the fingerprint posted when the room opened."
