/** What the record saw and did not see, who had it in their hands, and by what the whole of it is proved. */

import { isCompanion } from '../../domain/companion.ts'
import { coverageOf } from '../../domain/coverage.ts'
import { whyWords as damageWords } from '../../domain/damaged.ts'
import type { EventOf } from '../../domain/events.ts'
import { exhibitName, sourceLabel } from '../../domain/exhibits.ts'
import type { Checkpoints, CustodyRow, Report } from '../../domain/report/report.ts'
import { upperFirst } from '../scene.ts'
import { type Block, heading, type Pairs, table, text } from './block.ts'
import { scopeWords } from './cover.ts'
import { foundWords, gapWords, lostWords, whyWords } from './coverage-words.ts'
import { people } from './fact-words.ts'
import { entryWords, lateWords, lengthWords, momentWords, nameWords, whenWords, whoWords } from './words.ts'

const number = (count: number, one: string, many = `${one}s`): string =>
  `${people(count)} ${count === 1 ? one : many}`

const standings = {
  complete: 'Everything was seen as it happened; no gap is on record.',
  recovered: 'Wardroom was away at times and read back what the platform still showed.',
  gaps: 'There are times of which not everything was seen; nothing is known of what happened in them but what stands here.',
} as const

export function coveragePart(report: Report): readonly Block[] {
  const { posted, edited, deleted, files, recovered, vanished, authors, ownVanished, checkpointsVanished } =
    report.messages
  const counts = [
    `${number(posted, 'message')} by ${number(authors, 'author')}`,
    number(edited, 'edit'),
    number(deleted, 'deletion'),
    number(files, 'file'),
  ]
  const later = [
    `${recovered === 0 ? 'No message was' : `${number(recovered, 'message')} ${recovered === 1 ? 'was' : 'were'}`} recovered from the platform’s history afterwards.`,
    ...(vanished > 0
      ? [
          `${number(vanished, 'message')} on the record later disappeared from chat without a deletion being seen.`,
        ]
      : []),
    ...(ownVanished > 0
      ? [
          `${number(ownVanished, 'post')} of Wardroom’s own disappeared too${checkpointsVanished > 0 ? `, ${number(checkpointsVanished, 'checkpoint')} among them` : ''}.`,
        ]
      : []),
  ]
  return [
    heading(2, 'Coverage'),
    text(standings[coverageOf(report.state).standing]),
    text(`On the record: ${counts.join(', ')}. ${later.join(' ')}`),
    ...(report.state.gaps.length === 0 ? [] : [gapTable(report)]),
    ...damagePart(report),
  ]
}

/** What a report lacks because it was changed on the server: the reader must not take it for something kept back. */
function damagePart(report: Report): readonly Block[] {
  const { damaged = [] } = report
  if (damaged.length === 0) return []
  const more = damaged.length - MOST_DAMAGED
  return [
    text(
      `${number(damaged.length, 'text or file', 'texts and files')} that belong here are missing: what is stored of them is no longer what was recorded. Nobody kept them back.${more > 0 ? ` The first ${MOST_DAMAGED} are listed; all are in damaged.txt.` : ''}`,
      'mark',
    ),
    table(
      'Damaged on the server, and left out',
      [
        ['Entry', 5],
        ['Of', 6],
        ['Why', 9],
      ],
      damaged
        .slice(0, MOST_DAMAGED)
        .map(({ seq, part, kind, at, why }) => [
          `${entryWords(seq)}\n${momentWords(report, at)}`,
          `${upperFirst(part)} of ${kind.replaceAll(/[._]/g, ' ')}`,
          upperFirst(damageWords(why)),
        ]),
      '',
    ),
  ]
}

const MOST_DAMAGED = 100

function gapTable(report: Report): Block {
  return table(
    'Times in which Wardroom could not see everything',
    [
      ['From', 5],
      ['Until', 5],
      ['Length', 3],
      ['What and why', 6],
      ['Found afterwards', 5],
      ['Lost', 6],
    ],
    report.state.gaps.map((gap) => [
      momentWords(report, gap.from),
      gap.to ? momentWords(report, gap.to) : 'not known',
      gap.to ? lengthWords(gap.from, gap.to) : '',
      `${gapWords(gap)}\n${whyWords(gap.why)}${isCompanion(report.state, gap.room) ? ', in a room for counsel' : ''}\n${entryWords(gap.seq)}`,
      foundWords(gap),
      upperFirst(lostWords(gap)),
    ]),
    'No gap is on record.',
  )
}

type Added = EventOf<'evidence.added'>['data']

function exhibit(report: Report, row: CustodyRow): readonly (string | null)[] {
  const { exhibit, source, sha256, seal } = row.data as Added
  const marks = [sha256 && `SHA-256 ${sha256}`, seal && `seal ${seal}`].filter(Boolean)
  return [
    exhibitName(exhibit),
    [upperFirst(sourceLabel(source)), row.words].filter(Boolean).join('\n'),
    marks.join('\n'),
    [row.place, row.to && `kept by ${whoWords({ ...row.to, roles: [] })}`].filter(Boolean).join('\n'),
    `${whoWords(row.by)}\n${lateWords(report, row)}`,
  ]
}

const acts: Readonly<Record<string, string>> = {
  'evidence.offered': 'offered an exhibit',
  'evidence.transferred': 'took over an exhibit',
  'evidence.declined': 'declined an exhibit',
  'legal_hold.placed': 'placed a legal hold',
  'legal_hold.lifted': 'lifted a legal hold',
  'disposal.requested': 'asked for disposal',
  'disposal.approved': 'approved a disposal',
  'disposal.withdrawn': 'withdrew a disposal',
  'content.disposed': 'disposed of sealed words',
  'verification.recorded': 'checked the record',
  'calendar.requested': 'asked for a calendar file',
  'calendar.delivered': 'calendar file delivered',
  'export.requested': 'asked for an export',
  'export.created': 'export made',
  'export.delivered': 'export delivered',
  'export.removed': 'export taken out of chat',
  'export.failed': 'export failed',
  'privilege.marked': 'marked as privileged',
  'privilege.lifted': 'lifted a privilege',
  'privilege.room_requested': 'asked for a room for counsel',
  'privilege.room_opened': 'opened a room for counsel',
  'privilege.room_not_opened': 'was given no room for counsel',
  'privilege.admitted': 'let into the room for counsel',
  'privilege.not_admitted': 'could not invite into the room for counsel',
  'checkpoint.key_set': 'set the key that signs',
  'checkpoint.key_rotated': 'changed the key that signs',
}

const actWords = (kind: string): string => upperFirst(acts[kind] ?? kind.replaceAll(/[._]/g, ' '))

/** What the act says in data: which exhibit, which scope, what came of a check, the hash of a bundle. */
interface Said {
  readonly exhibit?: number
  readonly ok?: boolean
  readonly entries?: number
  readonly sha256?: string | null
  readonly scope?: string
  readonly from?: string | null
  readonly to?: string | null
  readonly over?: string
  readonly what?: string
  readonly seqs?: readonly number[] | null
  readonly key?: string
  readonly target?: string
  /** Of a room for counsel. */
  readonly name?: string
  /** Of a bundle: what it lacks. */
  readonly damaged?: { readonly parts: number }
}

function detail({ kind, data, words, to }: CustodyRow): string {
  const said = data as Said
  const asked = kind === 'export.requested' && said.scope
  return [
    said.exhibit === undefined ? '' : exhibitName(said.exhibit),
    asked ? scopeWords({ scope: asked, from: said.from ?? null, to: said.to ?? null }) : '',
    said.ok === undefined
      ? ''
      : `${said.ok ? 'found whole' : 'found broken'}, ${people(said.entries ?? 0)} entries`,
    said.sha256 ? `SHA-256 ${said.sha256}` : '',
    said.damaged ? `without ${number(said.damaged.parts, 'damaged part')}` : '',
    said.over ? `over the ${said.over}` : '',
    said.what === 'incident' ? 'the whole incident' : (said.seqs ?? []).map(entryWords).join(', '),
    said.key ?? '',
    said.target ? `a ${said.target}` : '',
    kind === 'privilege.room_opened' ? (said.name ?? '') : '',
    to ? `${kind.startsWith('privilege.') ? '' : 'to '}${nameWords(to)}` : '',
    words ?? '',
  ]
    .filter(Boolean)
    .join('\n')
}

export function custodyPart(report: Report): readonly Block[] {
  const exhibits = report.custody.filter(({ kind }) => kind === 'evidence.added')
  const others = report.custody.filter(({ kind }) => kind !== 'evidence.added')
  return [
    heading(2, 'Exhibits and custody'),
    table(
      'Evidence kept outside chat',
      [
        ['No.', 2],
        ['What', 7],
        ['Proved by', 7],
        ['Where', 5],
        ['Added', 5],
      ],
      exhibits.map((row) => exhibit(report, row)),
      'No exhibit outside chat is on record.',
    ),
    table(
      'Who took out, checked, held, handed on or disposed of what is kept',
      [
        ['What', 6],
        ['Of', 8],
        ['By', 5],
        ['When', 5],
      ],
      others.map((row) => [actWords(row.kind), detail(row), whoWords(row.by), whenWords(report, row)]),
      'No act of custody is on record.',
    ),
    text(
      report.viewed === 0
        ? 'Nobody read sealed words through Wardroom’s commands.'
        : `Sealed words were read through Wardroom’s commands ${number(report.viewed, 'time')}; each reading is an entry, in custody.csv.`,
      'quiet',
    ),
  ]
}

const whys: Readonly<Record<string, string>> = {
  minute: 'after a minute of activity',
  entries: 'after 500 entries',
  decision: 'at decisions',
  phase: 'at phase changes',
  closed: 'at closing',
  export: 'at exports',
}

const signedWords = ({ byWhy }: Checkpoints): string =>
  byWhy.map(([why, count]) => `${people(count)} ${whys[why] ?? why}`).join(', ')

export function proofPart(report: Report): readonly Block[] {
  const { through, checkpoints } = report
  const { last, first } = checkpoints
  const rows: Pairs = [
    ['Last entry', `${entryWords(through.seq)}, ${through.at}`],
    ['Its hash (SHA-256)', through.head],
    [
      'Checkpoints',
      last && first
        ? `${people(checkpoints.signed)} signed, the first ${first.at}\n${signedWords(checkpoints)}`
        : 'none signed up to here',
    ],
    ...(last
      ? [
          [
            'Last checkpoint before this',
            `covers entries 1 to ${people(last.seq)}, signed ${last.at} (${entryWords(last.entry)})\n${last.head}`,
          ] as const,
        ]
      : []),
    [
      'Time stamps',
      checkpoints.stamped > 0
        ? `${people(checkpoints.stamped)} by ${checkpoints.authorities.join(', ')}`
        : 'none by an outside authority',
    ],
    ['Signed with', checkpoints.keys.length > 0 ? checkpoints.keys.join('\n') : 'no key yet'],
  ]
  return [
    heading(2, 'What proves this record'),
    text(
      'Each entry holds the hash of the entry before it, so the hash of the last one fixes them all. Checkpoints sign that hash with a key kept outside the database and were posted in chat, where the platform keeps them. The bundle’s README.txt says how to check all of it with common tools.',
    ),
    { kind: 'pairs', rows },
  ]
}
