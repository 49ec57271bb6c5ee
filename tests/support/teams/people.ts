/** Who works at the local hospital: the ten people of the practice workspace, with the two ids Teams knows each by. */
import { createHash } from 'node:crypto'
import { defaultPeople } from '../../../src/practice/people.ts'

export interface LocalPerson {
  /** aadObjectId. */
  readonly id: string
  /** `29:…`, what the bot API calls the same person. */
  readonly member: string
  /** Handle, without `@`. */
  readonly name: string
  readonly realName: string
  readonly title: string
  readonly isGuest: boolean
}

const hex = (of: string) => createHash('sha256').update(of).digest('hex')

/** The same every time, and no name can be read out of it. */
export function localPerson(name: string, realName: string, title: string, isGuest = false): LocalPerson {
  const digits = hex(`person ${name}`)
  return {
    id: `${digits.slice(0, 8)}-${digits.slice(8, 12)}-4${digits.slice(13, 16)}-8${digits.slice(17, 20)}-${digits.slice(20, 32)}`,
    member: `29:1${createHash('sha384').update(`member ${name}`).digest('base64url')}`,
    name,
    realName,
    title,
    isGuest,
  }
}

export const localPeople: readonly LocalPerson[] = defaultPeople.map(({ name, realName, title, isGuest }) =>
  localPerson(name, realName, title, isGuest),
)

/** The incidents team is restricted: these two are kept out of it. */
export const outsideIncidents = ['victor', 'gus']
