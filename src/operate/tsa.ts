/** The time-stamping authority as configured, with the roots its certificate must lead to: read once, or refused in one line. */
import { readFileSync } from 'node:fs'
import type { Config } from '../config.ts'
import { certificatesOf } from '../domain/timestamp/chain.ts'

export interface Tsa {
  readonly url: string
  readonly caPem: string | undefined
}

export function tsaOf({
  tsaUrl: url,
  tsaCaFile: file,
}: Pick<Config, 'tsaUrl' | 'tsaCaFile'>): Tsa | undefined {
  if (url === undefined) return undefined
  if (file === undefined) return { url, caPem: undefined }
  let caPem: string
  let found: number
  try {
    caPem = readFileSync(file, 'utf8')
    found = certificatesOf(caPem).length
  } catch {
    throw new Error(`TSA_CA_FILE: ${file} cannot be read as PEM certificates`)
  }
  if (found === 0) throw new Error(`TSA_CA_FILE: ${file} holds no certificate`)
  return { url, caPem }
}
