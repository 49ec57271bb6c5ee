/**
 * `wardroom checkpoint-key rotate <file>`: the key in use signs the next one in, on the record. Where the key is this
 * machine's own file, the new one takes its place and the old one stays beside it.
 */
import { readFileSync, renameSync } from 'node:fs'
import type { Config } from '../config.ts'
import type { Log } from '../log.ts'
import { SYSTEM } from '../pipeline/commit.ts'
import { openRecord } from '../start.ts'
import { type CheckpointKey, checkpointKeyFileIn, readCheckpointKey } from '../store/checkpoint-key.ts'
import { rotateCheckpointKey, useCheckpointKey } from '../store/checkpoint-keyring.ts'
import { makeKeyFile, readKeyFile } from '../store/key-files.ts'

interface Tools {
  readonly config: () => Config
  readonly log: Log
  readonly now: () => Date
  readonly out: (line: string) => void
  readonly fail: (line: string) => void
}

export async function runCheckpointKey(
  [verb, file]: readonly string[],
  { config: read, log, now, out, fail }: Tools,
): Promise<number> {
  if (verb !== 'rotate' || !file) {
    fail('Usage: wardroom checkpoint-key rotate <new key file>')
    return 2
  }
  const config = read()
  const next = readCheckpointKey(readKeyFile(file), file)
  const { store, checkpointKey } = await openRecord(config, log, now)
  try {
    const stamp = { actor: SYSTEM, at: now(), source: null }
    await store.write(async (unit) => {
      await useCheckpointKey(unit, checkpointKey, stamp)
      await rotateCheckpointKey(unit, checkpointKey, next, stamp)
    }, {})
  } finally {
    await store.close()
  }
  out(`Checkpoint key ${checkpointKey.fingerprint} is replaced by ${next.fingerprint}: it is on the record.`)
  if (config.checkpointKey === undefined && config.checkpointKeyFile === undefined) {
    const own = checkpointKeyFileIn(config.dataDir)
    takePlace(own, checkpointKey, readFileSync(file, 'utf8').trim())
    out(`${own} holds the new key.`)
  } else out('Give the new key to every process and start it anew: with the old one nothing more is signed.')
  return 0
}

/** A crash in between leaves the old key under its fingerprint and the new one in the file it was given in. */
function takePlace(own: string, old: CheckpointKey, next: string): void {
  renameSync(own, `${own}.${old.fingerprint}`)
  makeKeyFile(own, next)
}
