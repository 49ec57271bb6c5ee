/**
 * The checkpoint keys a record was signed with, each signed over to the next, and whose time each one speaks for. Fed
 * from the organisation's log, or from the statements of a bundle.
 */
import type { KeyObject } from 'node:crypto'
import { isSignedBy, publicKeyOf, rotationText } from '../checkpoint.ts'
import type { EventOf } from '../events.ts'
import { fingerprintOfCheckpointKey } from '../fingerprint.ts'
import type { EntryLine } from '../record.ts'

interface Link {
  readonly fingerprint: string
  readonly publicKey: KeyObject
  /** Instants as the record writes them; a bundle does not say since when its first key signs. */
  readonly from: string | null
  until: string | null
}

export type Rotation = Parameters<typeof rotationText>[0]

export interface Keyring {
  /** The first key. Each function says why it cannot follow the keys before it. */
  readonly begin: (fingerprint: string, publicKey: string, from: string | null) => string | undefined
  readonly follow: (rotation: Rotation, signature: string, accepted: string) => string | undefined
  /** Takes an entry of the organisation's log. */
  readonly add: (line: EntryLine) => string | undefined
  readonly last: () => string | undefined
  readonly knows: (fingerprint: string) => boolean
  /** Why this was not signed by the key that was in use at that time. */
  readonly fault: (note: { key: string; at: string; signature: string }, text: string) => string | undefined
}

const OUT_OF_TURN = 'checkpoint keys do not follow each other'

export function keyring(): Keyring {
  const links: Link[] = []

  function begin(fingerprint: string, publicKey: string, from: string | null): string | undefined {
    if (links.length > 0) return OUT_OF_TURN
    const key = namedKey(fingerprint, publicKey)
    if (typeof key === 'string') return key
    links.push({ fingerprint, publicKey: key, from, until: null })
    return undefined
  }

  function follow(rotation: Rotation, signature: string, accepted: string): string | undefined {
    const last = links.at(-1)
    if (!last) return OUT_OF_TURN
    const key = namedKey(rotation.to, rotation.publicKey)
    if (typeof key === 'string') return key
    const text = rotationText(rotation)
    if (rotation.from !== last.fingerprint || !isSignedBy(last.publicKey, text, signature))
      return 'checkpoint key was not handed on by the key before it'
    if (!isSignedBy(key, text, accepted)) return 'checkpoint key did not sign its own taking over'
    last.until = rotation.at
    links.push({ fingerprint: rotation.to, publicKey: key, from: rotation.at, until: null })
    return undefined
  }

  function add(line: EntryLine): string | undefined {
    if (line.kind === 'checkpoint.key_set') {
      const { key, publicKey } = line.data as EventOf<'checkpoint.key_set'>['data']
      return begin(key, publicKey, line.at)
    }
    if (line.kind !== 'checkpoint.key_rotated') return undefined
    const data = line.data as EventOf<'checkpoint.key_rotated'>['data']
    return follow({ ...data, at: line.at }, data.signature, data.accepted)
  }

  return {
    begin,
    follow,
    add,
    last: () => links.at(-1)?.fingerprint,
    knows: (fingerprint) => links.some((link) => link.fingerprint === fingerprint),
    fault({ key, at, signature }, text) {
      const link = links.find(({ fingerprint }) => fingerprint === key)
      if (!link) return 'checkpoint is signed by a key this record does not know'
      if ((link.from !== null && at < link.from) || (link.until !== null && at > link.until))
        return 'checkpoint is signed by a key that was not in use then'
      return isSignedBy(link.publicKey, text, signature)
        ? undefined
        : "checkpoint's signature is not its key's"
    },
  }
}

function namedKey(fingerprint: string, publicKey: string): KeyObject | string {
  try {
    const key = publicKeyOf(publicKey)
    const spki = key.export({ format: 'der', type: 'spki' })
    return fingerprintOfCheckpointKey(spki) === fingerprint
      ? key
      : 'checkpoint key is not the one its fingerprint names'
  } catch {
    return 'checkpoint key is no key'
  }
}
