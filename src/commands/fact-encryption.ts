/** Encryption secures nothing while the key may be gone with it (45 CFR 164.402; 74 FR 19006), so both are asked at once. */
import type { FactValues } from '../domain/facts.ts'
import { type Reading, refused } from './fact-days.ts'
import { choice } from './fact-fields.ts'
import type { FactReader } from './fact-reader.ts'

type Encryption = FactValues['encryption']

const how = 'Type it like fact encryption yes key safe, yes key taken, yes key unknown, or no.'

const values: Readonly<Record<string, Encryption>> = {
  'yes-safe': { encrypted: true, key: 'safe' },
  'yes-taken': { encrypted: true, key: 'taken' },
  'yes-unknown': { encrypted: true, key: 'unknown' },
  no: { encrypted: false, key: 'unknown' },
}

function readEncryption(typed: string): Encryption | undefined {
  const found =
    /^(?:(no|none|not)|yes(?:[\s-]+(?:the\s+)?(?:key\s+)?(?:is\s+)?(safe|taken|unknown))?)$/i.exec(
      typed.trim(),
    )
  if (!found) return undefined
  return values[found[1] ? 'no' : `yes-${found[2]?.toLowerCase() ?? 'unknown'}`]
}

export const encryption: FactReader<Encryption> = {
  read: ({ value = '' }, context, state) => {
    const reading: Reading = { fact: 'encryption', context, state }
    return (
      readEncryption(value) ??
      refused(reading, 'words', `Was it encrypted, and is the key safe? ${how}`, 'value')
    )
  },
  say: ({ encrypted, key }) => {
    if (!encrypted) return 'the data was not encrypted'
    return key === 'unknown'
      ? 'the data was encrypted, and it is not known whether the key is safe: unsecured until it is'
      : key === 'taken'
        ? 'the data was encrypted and the key was taken with it, so it was unsecured'
        : 'the data was encrypted and the key is safe'
  },
  intro: [
    'Encryption counts only if it had finished, the device was off or locked, and the key was kept elsewhere. A key stored with the data, or a session that was open, is a key taken.',
  ],
  fields: (_, typed) => {
    const value = readEncryption(typed)
    return [
      choice(
        'Encryption and key',
        [
          { value: 'yes-safe', label: 'Encrypted, and the key is safe' },
          { value: 'yes-taken', label: 'Encrypted, and the key was taken' },
          { value: 'yes-unknown', label: 'Encrypted, the key not known' },
          { value: 'no', label: 'Not encrypted' },
        ],
        value && Object.keys(values).find((key) => values[key] === value),
      ),
    ]
  },
}
