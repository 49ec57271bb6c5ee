// The small vocabulary of checks that Block Kit rules are written in. A path is a JSON pointer into the caller's argument.
import type { Json } from './page-api.ts'

export type Problems = string[]

export const where = (path: string, name: string): string => `${path}/${name}`

export const problem = (out: Problems, path: string, message: string): string => {
  const line = `[ERROR] ${message} [json-pointer:${path}]`
  out.push(line)
  return line
}

export const required = (out: Problems, path: string, object: Json, name: string): boolean => {
  if (object[name] !== undefined && object[name] !== null) return true
  problem(out, path, `missing required field: ${name}`)
  return false
}

type Length = { min?: number; max: number }

/** Slack counts characters, not UTF-16 units. */
const lengthOf = (value: string): number => [...value].length

export const text = (out: Problems, path: string, value: unknown, { min = 0, max }: Length): void => {
  if (typeof value !== 'string') return void problem(out, path, 'must be a string')
  const length = lengthOf(value)
  if (length > max) problem(out, path, `must be less than ${max + 1} characters`)
  if (length < min) problem(out, path, `must be more than ${min - 1} characters`)
}

export const textObject = (
  out: Problems,
  path: string,
  value: Json | undefined,
  { plain = false, ...length }: Length & { plain?: boolean },
): void => {
  if (typeof value !== 'object' || value === null) return void problem(out, path, 'must be a text object')
  const types = plain ? ['plain_text'] : ['plain_text', 'mrkdwn']
  if (!types.includes(value.type)) problem(out, where(path, 'type'), `must be one of ${types.join(', ')}`)
  text(out, where(path, 'text'), value.text, length)
}

export const count = (out: Problems, path: string, list: unknown, { min = 0, max }: Length): void => {
  if (!Array.isArray(list)) return void problem(out, path, 'must be an array')
  if (list.length > max) problem(out, path, `no more than ${max} items allowed`)
  if (list.length < min) problem(out, path, `no fewer than ${min} items allowed`)
}

export const unique = (out: Problems, path: string, name: string, values: readonly unknown[]): void => {
  const given = values.filter((value) => value !== undefined)
  const repeated = given.find((value, at) => given.indexOf(value) !== at)
  if (repeated !== undefined) problem(out, path, `\`${name}\` "${repeated}" already exists`)
}
