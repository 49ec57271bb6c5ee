/**
 * What each notification must say before it is approved, and how it may go out: one row for a group of clocks, read from
 * the top. A clock of another law is a row of the regulation table and, where its contents differ, a row here.
 */
import type { ClockId } from './clock-names.ts'

export interface Content {
  /** Its letter, as the regulation has it where it has one. */
  readonly id: string
  readonly label: string
}

export interface NotificationRule {
  readonly contents: readonly Content[]
  /** Where the contents are laid down. */
  readonly citation: string | null
  /** It goes to each person, so how many were told is asked. */
  readonly toPeople: boolean
  /** A manner that is no notice under this law, and why. */
  readonly never?: { readonly manner: Manner; readonly because: string }
}

export const manners = [
  { id: 'mail', label: 'first-class mail', words: ['post', 'letter', 'letters', 'first class mail'] },
  { id: 'email', label: 'email, where the person agreed to it', words: ['e-mail', 'emails'] },
  { id: 'phone', label: 'telephone', words: ['call', 'calls'] },
  { id: 'portal', label: "the authority's portal", words: ['web form', 'form', 'online'] },
  { id: 'press', label: 'press release', words: ['media', 'newspaper', 'broadcast'] },
  { id: 'posting', label: 'web posting', words: ['web', 'website', 'web site', 'home page'] },
  { id: 'hand', label: 'handed over', words: ['in person', 'courier', 'by hand'] },
  { id: 'other', label: 'another way, said in the proof', words: ['another way'] },
] as const

export type Manner = (typeof manners)[number]['id']

export const mannerLabel = (id: Manner): string => manners.find((manner) => manner.id === id)!.label

export function mannerFromWords(typed: string): Manner | undefined {
  const said = typed
    .trim()
    .toLowerCase()
    .replace(/^by\s+/, '')
    .replace(/first-class/, 'first class')
  return manners.find(
    ({ id, label, words }) => id === said || label === said || (words as readonly string[]).includes(said),
  )?.id
}

/** 45 CFR 164.404(c)(1); the notice to the media has the same (164.406(c)), and so have the records of 42 CFR part 2. */
const toIndividuals: readonly Content[] = [
  { id: 'A', label: 'what happened, with the day of the breach and of its discovery' },
  { id: 'B', label: 'the types of PHI involved' },
  { id: 'C', label: 'what people should do to protect themselves' },
  { id: 'D', label: 'what is done to investigate, to limit harm and to prevent another' },
  { id: 'E', label: 'how to ask: toll-free number, email, web site or postal address' },
]

const stateLaw: readonly Content[] = [
  { id: 'A', label: 'what happened and when' },
  { id: 'B', label: 'the kinds of data involved' },
  { id: 'C', label: 'what people can do and whom they can ask' },
  { id: 'D', label: 'what this State asks for besides, as its law words it' },
]

const toAuthority: readonly Content[] = [
  { id: 'A', label: 'every field of its form or portal is answered' },
  { id: 'B', label: 'its numbers and days agree with the record' },
]

type Row = NotificationRule & { readonly of: RegExp }

const rows: readonly Row[] = [
  {
    of: /^hipaa\.individual\.urgent$/,
    citation: '45 CFR 164.404(d)(3)',
    toPeople: true,
    contents: [
      { id: 'A', label: 'what happened and what to do at once' },
      { id: 'B', label: 'that a letter follows, and whom to call back' },
    ],
  },
  {
    of: /^(hipaa|part2)\.individual$/,
    citation: '45 CFR 164.404(c)(1)',
    toPeople: true,
    contents: toIndividuals,
    never: {
      manner: 'posting',
      because:
        'A web posting alone tells nobody by name: it is the substitute notice for people whose address failed (45 CFR 164.404(d)(2)).',
    },
  },
  {
    of: /^(hipaa|part2)\.media$/,
    citation: '45 CFR 164.404(c)(1), 164.406(c)',
    toPeople: false,
    contents: toIndividuals,
    never: {
      manner: 'posting',
      because:
        'A posting on your own web site is no notice to the media (45 CFR 164.406): it goes to the outlets.',
    },
  },
  {
    of: /^hipaa\.ba_to_ce$/,
    citation: '45 CFR 164.410(c)',
    toPeople: false,
    contents: [
      { id: 'A', label: 'each individual it concerns, as far as they are known' },
      { id: 'B', label: 'what else the covered entity must tell them, as far as it is known' },
    ],
  },
  { of: /^ftc\.individual$/, citation: '16 CFR 318.6', toPeople: true, contents: toIndividuals },
  {
    of: /\.(individual|patient)$/,
    citation: null,
    toPeople: true,
    contents: stateLaw,
  },
]

const others: NotificationRule = { citation: null, toPeople: false, contents: toAuthority }

export const notificationRule = (clock: ClockId): NotificationRule =>
  rows.find(({ of }) => of.test(clock)) ?? others
