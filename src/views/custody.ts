/** Custody on one card: whose hands exhibits are in, what holds or awaits, and who did what to the evidence, newest first. */
import { calendarDateOf } from '../domain/calendar.ts'
import { sayDay, sayMomentFull } from '../domain/dates-in-words.ts'
import type { EventKind, EventOf } from '../domain/events.ts'
import { exhibitName, sourceLabel } from '../domain/exhibits.ts'
import type { IncidentState } from '../domain/incident.ts'
import { type EntryLine, ORGANISATION } from '../domain/record.ts'
import type { Block, Card, Line, Span } from './card.ts'
import { disposalWords } from './disposal-words.ts'
import { keptBy } from './exhibits.ts'
import { targetWords } from './privilege-log.ts'
import {
  about,
  act,
  buttons,
  byWhom,
  headingOf,
  isDefined,
  lines,
  type OpenScene,
  person,
  quiet,
  zoneOf,
} from './scene.ts'
import { sealedLine } from './sealed.ts'
import type { Text } from './view.ts'

export interface CustodyPage {
  readonly lines: readonly EntryLine[]
  readonly hasMore: boolean
  readonly isFirst: boolean
  /** What was done to the whole record, from the organisation's log. */
  readonly record: readonly EntryLine[]
}

/** Entries whose words stand on the card. */
export const custodySeqs = (state: IncidentState, shown: readonly EntryLine[]): readonly number[] => [
  ...shown.filter(({ kind }) => SAYS_WHY.includes(kind)).map(({ seq }) => seq),
  ...state.exhibits.map(({ seq }) => seq),
  ...(state.legalHold ? [state.legalHold.seq] : []),
]

const SAYS_WHY: readonly EventKind[] = [
  'evidence.added',
  'evidence.offered',
  'legal_hold.placed',
  'legal_hold.lifted',
  'disposal.requested',
]

/** What a kind says, after who did it. Kinds without a row are told by their name. */
const words: {
  readonly [K in EventKind]?: (data: EventOf<K>['data'], text: Text) => readonly Span[]
} = {
  'access.viewed': ({ verb }) => [`looked at ${verb}`],
  'evidence.recorded': () => ['recorded something as evidence'],
  'evidence.added': ({ exhibit, source, custodian: id }, text) => [
    `added ${exhibitName(exhibit)}, ${sourceLabel(source)}, with `,
    keptBy(id, text),
  ],
  'evidence.offered': ({ exhibit, to }) => [`offered ${exhibitName(exhibit)} to `, person(to)],
  'evidence.transferred': ({ exhibit, from }, text) => [
    `took over ${exhibitName(exhibit)} from `,
    keptBy(from, text),
  ],
  'evidence.declined': ({ exhibit }) => [`ended the offer of ${exhibitName(exhibit)}`],
  'privilege.marked': ({ target }) => [`marked ${targetWords(target)} as privileged`],
  'privilege.lifted': ({ target }) => [`lifted the privilege of ${targetWords(target)}`],
  'privilege.room_requested': () => ['asked for a room for counsel'],
  'privilege.room_opened': ({ name }) => [`opened the room for counsel, ${name}`],
  'privilege.room_not_opened': ({ code }) => [`was given no room for counsel (${code})`],
  'privilege.admitted': ({ person: id }) => ['let ', person(id), ' into the room for counsel'],
  'privilege.not_admitted': ({ person: id, code }) => [
    'could not invite ',
    person(id),
    ` into the room for counsel (${code})`,
  ],
  'export.created': ({ damaged }) => [
    damaged ? `made an export without what is damaged (${damaged.parts})` : 'made an export',
  ],
  'legal_hold.placed': () => ['placed a legal hold'],
  'legal_hold.lifted': () => ['lifted the legal hold'],
  'disposal.requested': (data) => [`asked to dispose of ${disposalWords(data)}`],
  'disposal.approved': (data) => [
    data.by === 'signature'
      ? `carried a signature that approves to dispose of ${disposalWords(data)}`
      : `approved to dispose of ${disposalWords(data)}`,
  ],
  'disposal.withdrawn': (data) => [`ended the request to dispose of ${disposalWords(data)}`],
  'content.disposed': (data) => [`disposed of ${disposalWords(data)}`],
  'verification.recorded': ({ ok, logs, code }) => [
    ok ? `checked ${logs} logs: whole` : `checked ${logs} logs: NOT whole (${code})`,
  ],
  'checkpoint.key_set': ({ key }) => [`checkpoint key ${key}`],
  'checkpoint.key_rotated': ({ from, to }) => [`checkpoint key ${from} was replaced by ${to}`],
}

function told({ state, text }: OpenScene, line: EntryLine): Line {
  const isOwn = line.incident !== ORGANISATION
  const sealed = isOwn ? text(line.seq) : {}
  const row = words[line.kind] as ((data: unknown, text: Text) => readonly Span[]) | undefined
  const why = sealedLine(sealed, 'reason', 160)
  return [
    `${line.seq}  ${sayMomentFull(zoneOf(state), line.at)}  `,
    byWhom(line.actor.id),
    ' ',
    ...(row?.(line.data, sealed) ?? [line.kind]),
    ...(why ? [` — ${why}`] : []),
  ]
}

function standing({ state, text }: OpenScene): Line[] {
  const hold = state.legalHold
  return [
    hold && [
      { bold: 'Legal hold' },
      ' since ',
      sayMomentFull(zoneOf(state), hold.at),
      ' by ',
      person(hold.by),
      ...because(text(hold.seq)),
    ],
    ...state.exhibits.map((exhibit): Line => {
      const { number, source, custodian: id, since, seq, offer } = exhibit
      return [
        { bold: exhibitName(number) },
        ` ${sourceLabel(source)}, with `,
        keptBy(id, text(seq)),
        ` since ${sayMomentFull(zoneOf(state), since.at)}`,
        ...(offer ? ['; offered to ', person(offer.to)] : []),
      ]
    }),
    ...state.disposals.map(
      ({ of, keptUntilOn, by, seq }): Line => [
        'Asked: to dispose of ',
        disposalWords(of),
        ' by ',
        person(by),
        `, entry ${seq}${keptUntilOn ? `; kept through ${sayDay(calendarDateOf(keptUntilOn))}` : ''}`,
      ],
    ),
    state.disposed && [
      `The words and files before entry ${state.disposed.seq} were disposed of, ${sayMomentFull(zoneOf(state), state.disposed.at)}.`,
    ],
    state.redacted.length > 0 ? `Disposed of singly: entries ${state.redacted.join(', ')}` : undefined,
  ].filter(isDefined)
}

const because = (text: Text): string[] => {
  const why = sealedLine(text, 'reason', 160)
  return why ? [` — ${why}`] : []
}

/** Exhibits on one card; the list of all is `evidence list`. */
const MOST = 8

export function custodyCard(scene: OpenScene, page: CustodyPage): Card {
  const { state } = scene
  const now = standing(scene)
  const last = page.lines.at(-1)
  const blocks: (Block | undefined)[] = [
    { kind: 'title', text: `Custody · ${headingOf(state)}` },
    page.isFirst && now.length > 0 ? lines(now.slice(0, MOST)) : undefined,
    now.length > MOST && page.isFirst ? quiet(`and ${now.length - MOST} more`) : undefined,
    page.lines.length > 0
      ? lines(page.lines.map((line) => told(scene, line)))
      : lines(['Nothing of custody is on the record before that.']),
    page.record.length > 0
      ? quiet('Of the whole record:', ...page.record.map((line) => told(scene, line)))
      : undefined,
    ...buttons(
      ...(page.hasMore && last ? [act(state, 'Earlier', `custody before ${last.seq}`)] : []),
      ...(state.exhibits.length > 0 ? [act(state, 'Exhibits', 'evidence list')] : []),
    ),
  ]
  return about(state, 'custody', blocks.filter(isDefined))
}
