/**
 * The picture of an incident's clocks: for each its words, and under them its days from their start over the target to the
 * last day. Upright and narrow, so that it is read on a phone; every sign has its words, and none stands for its colour.
 */
import type { CalendarDate } from '../../domain/calendar.ts'
import { earlier, later } from '../../domain/calendar.ts'
import { sayDay } from '../../domain/dates-in-words.ts'
import { instantAt, msOf } from '../../domain/zone.ts'
import { axisOf, type Tick, ticksOf } from '../report/picture/axis.ts'
import { type Lane, line, marker, words } from '../report/picture/drawing.ts'
import { grid } from '../report/picture/grid.ts'
import { widthOf, wrapped, wrappedParts } from '../report/picture/labels.ts'
import { type Entry, legendOf } from '../report/picture/legend.ts'
import type { Ink, Picture, Shape } from '../report/picture/shapes.ts'
import { type Scene, zoneOf } from '../scene.ts'
import type { X } from './bars.ts'
import { bar, delayBand, markSign } from './bars.ts'
import { alternative } from './card.ts'
import { type ClockRow, type Told, told } from './told.ts'

export const WIDTH = 540
const EDGE = 16
/** Words of a row begin right of its sign. */
const INDENT = 42
const PLOT = { x0: EDGE + 8, x1: WIDTH - EDGE - 8, size: 12 } as const
const [TITLE, HEAD, BODY] = [20, 15, 13] as const
/** A name begins right of the word that says whose it is. */
const OWNER = 52
/** Bold letters are wider. */
const wider = 1.06

/** `most`: so many clocks, the most urgent ones. */
export function clocksPictureOf(scene: Scene, name: (person: string) => string, most?: number): Picture {
  const said = told(scene, most)
  const head = heading(said)
  const x = daysAxis(said, zoneOf(scene.state))
  const axis = axisLane(said, x, head.height)
  let y = head.height + axis.height
  const rows = said.rows.map((row) => {
    const lane = rowLane(row, said.today, x, y, name)
    y += lane.height
    return lane
  })
  const foot = [
    ...(said.left ? [{ text: said.left, bold: true }] : []),
    ...said.notes
      .flatMap((note) => wrapped(note, BODY, WIDTH - 2 * EDGE, 3))
      .map((text) => ({ text, bold: false })),
  ].map(({ text, bold }, at) => words(EDGE, y + 16 + at * 18, text, { size: BODY, bold }))
  y += foot.length * 18 + 4
  const key = legendOf(legend, y + 8, { x0: EDGE, x1: WIDTH - EDGE, size: 12 })
  return {
    width: WIDTH,
    height: y + 8 + key.height + 6,
    title: said.title,
    description: alternative(said, name),
    shapes: [head, axis, ...rows].flatMap(({ shapes }) => shapes).concat(foot, key.shapes),
  }
}

function heading({ title, about, counts }: Told): Lane {
  const lines = about.flatMap((each) => wrappedParts(each, BODY, WIDTH - 2 * EDGE, 3))
  const countLines = wrappedParts(counts, HEAD * wider, WIDTH - 2 * EDGE, 3)
  const top = 34 + lines.length * 18
  return {
    height: top + countLines.length * 20 + 12,
    shapes: [
      words(EDGE, 30, title, { size: TITLE, bold: true }),
      ...lines.map((each, at) => words(EDGE, 52 + at * 18, each, { size: BODY, fill: 'quiet' })),
      ...countLines.map((each, at) => words(EDGE, top + 22 + at * 20, each, { size: HEAD, bold: true })),
    ],
  }
}

interface Days {
  readonly x: X
  readonly ticks: readonly Tick[]
}

/** From the first start to the last day there is, and always over today. */
function daysAxis({ rows, today }: Told, zone: string): Days {
  const days = [
    today,
    ...rows.flatMap(({ from, to, target, metOn, delay }) =>
      [from, to, target, metOn, delay?.from, delay?.until].filter((day) => day !== null && day !== undefined),
    ),
  ]
  const noon = (day: CalendarDate) => msOf(instantAt(zone, day, { hour: 12, minute: 0 }))
  const [first, last] = [noon(days.reduce(earlier)), noon(days.reduce(later))]
  const padding = Math.max((last - first) / 30, 86_400_000)
  const axis = axisOf({ from: first - padding / 2, to: last + padding }, [], PLOT)
  return { x: (day) => axis.x(noon(day)), ticks: ticksOf(axis.segments[0]!, zone, PLOT.size) }
}

/** The days along the top; each row has its own piece of the lines, so that none runs through words. */
function axisLane({ today, rows }: Told, { x, ticks }: Days, y: number): Lane {
  if (rows.length === 0) return { height: 0, shapes: [] }
  const label = `today, ${sayDay(today)}`
  // Its line would run through the words of a day beside it.
  const clear = ticks.map((tick) =>
    Math.abs(tick.x - x(today)) < widthOf(tick.words, PLOT.size) / 2 + 4 ? { ...tick, words: '' } : tick,
  )
  const half = widthOf(label, PLOT.size * wider) / 2
  const middle = Math.min(Math.max(x(today), PLOT.x0 + half), PLOT.x1 - half)
  const bottom = y + 42
  return {
    height: 46,
    shapes: [
      words(middle, y + 12, label, { size: PLOT.size, anchor: 'middle', bold: true }),
      ...grid(clear, y + 36, bottom, PLOT),
      line([x(today), y + 17], [x(today), bottom], 'text', { dashed: true, width: 1.5 }),
    ],
  }
}

/** A line of words, and what stands before and after it. */
interface Said {
  readonly text: string
  readonly size: number
  readonly x?: number
  readonly bold?: boolean
  readonly fill?: Ink
  readonly before?: string
  readonly after?: string
}

function rowLane(
  row: ClockRow,
  today: CalendarDate,
  { x, ticks }: Days,
  y: number,
  name: (person: string) => string,
): Lane {
  const room = WIDTH - INDENT - EDGE
  const isLate = row.mark === 'late' || row.mark === 'met-late'
  const owner = row.owner ? name(row.owner) : 'nobody'
  const citeWidth = widthOf(row.cite, BODY)
  const texts: readonly Said[] = [
    ...wrapped(row.label, HEAD * wider, room, 2).map((text) => ({ text, size: HEAD, bold: true })),
    ...wrappedParts(row.days, isLate ? BODY * wider : BODY, room, 3).map((text) => ({
      ...{ text, size: BODY, bold: isLate },
      ...(isLate ? { fill: 'late' as const } : {}),
    })),
    // A name may be set in another face, which its neighbours would follow: it stands alone.
    ...wrapped(owner, BODY, room - OWNER - citeWidth - 16, 3).map((text, at) => ({
      ...{ text, size: BODY, x: INDENT + OWNER, bold: row.owner === undefined },
      ...(at === 0 ? { before: 'Owner', after: row.cite } : {}),
    })),
    ...row.more
      .flatMap((each) => wrapped(each, BODY, room, 3))
      .map((text) => ({ text, size: BODY, fill: 'quiet' as const })),
  ]
  let at = y + 6
  const said = texts.flatMap(({ text, x: left = INDENT, before, after, ...how }): Shape[] => {
    at += how.size + 5
    const aside = { size: BODY, fill: 'quiet' } as const
    return [
      words(left, at, text, how),
      ...(before ? [words(INDENT, at, before, aside)] : []),
      ...(after ? [words(WIDTH - EDGE, at, after, { ...aside, anchor: 'end' })] : []),
    ]
  })
  const middle = at + 22
  const [top, bottom] = [middle - 13, middle + 13]
  return {
    height: bottom - y + 6,
    shapes: [
      line([EDGE, y + 2], [WIDTH - EDGE, y + 2], 'line'),
      markSign(row.mark, EDGE + 10, y + 20),
      ...said,
      ...ticks.map((tick) => line([tick.x, top], [tick.x, bottom], 'line')),
      ...(row.delay ? delayBand(row.delay, x, middle) : []),
      ...bar(row, today, x, middle, PLOT.x1),
      line([x(today), top], [x(today), bottom], 'text', { dashed: true, width: 1.5 }),
    ],
  }
}

const sign =
  (form: Parameters<typeof marker>[0], ink: Parameters<typeof marker>[4], hollow = false): Entry['draw'] =>
  (at, row) =>
    marker(form, at + 6, row + 6, 10, ink, hollow)

const legend: readonly Entry[] = [
  { width: 12, draw: sign('circle', 'text'), label: 'counts from here' },
  { width: 12, draw: sign('square', 'text', true), label: 'our target' },
  { width: 12, draw: sign('flag', 'text'), label: 'last day' },
  { width: 12, draw: sign('flag', 'text', true), label: 'last day, if a fact says so' },
  { width: 12, draw: sign('check', 'mark'), label: 'sent in time' },
  { width: 12, draw: sign('cross', 'late'), label: 'sent late' },
  { width: 12, draw: sign('triangle', 'late'), label: 'late' },
  {
    width: 22,
    draw: (at, row) => ({
      kind: 'rect',
      x: at,
      y: row,
      width: 22,
      height: 12,
      fill: 'gap',
      hatched: true,
      stroke: 'gap',
    }),
    label: 'law-enforcement delay',
  },
  {
    width: 4,
    draw: (at, row) => line([at + 2, row - 1], [at + 2, row + 13], 'text', { width: 1.5, dashed: true }),
    label: 'today',
  },
]
