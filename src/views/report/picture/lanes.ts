/** The lanes over the time of the response: phases, messages, decisions, roles, coverage. Each says its height. */
import { coverageOf } from '../../../domain/coverage.ts'
import type { Gap } from '../../../domain/coverage-events.ts'
import { phaseLabel } from '../../../domain/phases.ts'
import type { Report, TenureRow } from '../../../domain/report/report.ts'
import { type Role, roleLabel, roles } from '../../../domain/roles.ts'
import { msOf } from '../../../domain/zone.ts'
import { upperFirst } from '../../scene.ts'
import { nameWords } from '../words.ts'
import type { Axis, Segment } from './axis.ts'
import { type Lane, laneName, line, marker, PLOT, rect, SIZE, SMALL, words } from './drawing.ts'
import { cut, gather, place, widthOf } from './labels.ts'
import type { Ink, Shape } from './shapes.ts'

type Draw = (report: Report, axis: Axis, y: number) => Lane

/** A band is named inside if its name fits, else above it, in as many rows as that takes. */
export const phasesLane: Draw = (report, axis, y) => {
  const bands = report.phases.map(({ phase, at, until }, index) => {
    const [x, end] = [axis.x(msOf(at)), axis.x(msOf(until))]
    const width = Math.max(end - x, 3)
    const label = phaseLabel(phase)
    return { x, width, label, isIn: widthOf(label, SIZE) + 8 <= width, ink: index % 2 === 0 } as const
  })
  const outside = bands.filter(({ isIn }) => !isIn)
  const wanted = outside.map(({ x, width, label }) => ({ x: x + width / 2, words: label }))
  const { placed } = place(wanted, { from: PLOT.x0, to: PLOT.x1, size: SMALL, rows: 6 })
  const rows = Math.max(0, ...placed.map(({ row }) => row + 1))
  const top = y + rows * 14
  return {
    height: rows * 14 + 32,
    shapes: [
      ...laneName(top + 15, 'Phases'),
      ...bands.map(({ x, width, ink }) =>
        rect([x, top], [width, 22], ink ? 'band' : 'other-band', { stroke: 'paper' }),
      ),
      ...bands.flatMap(({ x, width, label, isIn }) =>
        isIn ? [words(x + width / 2, top + 15, label, { anchor: 'middle' })] : [],
      ),
      ...placed.flatMap(({ x, middle, row, words: label }): Shape[] => [
        line([x, top], [nearest(x, middle, label), top - 4 - row * 14], 'quiet', { width: 0.75 }),
        ...onPaper(middle, top - 5 - row * 14, label),
      ]),
    ],
  }
}

/** Where the words above a band are nearest to it. */
function nearest(x: number, middle: number, label: string): number {
  const half = widthOf(label, SMALL) / 2
  return Math.min(Math.max(x, middle - half), middle + half)
}

/** A label that lines of the axis pass behind. */
function onPaper(middle: number, y: number, label: string, fill: Ink = 'text'): readonly Shape[] {
  const width = widthOf(label, SMALL)
  return [
    rect([middle - width / 2, y - 9], [width, 12], 'paper'),
    words(middle, y, label, { anchor: 'middle', size: SMALL, fill }),
  ]
}

const hourMs = 3_600_000
const bins = [
  { hours: 1, words: 'per hour' },
  { hours: 6, words: 'per 6 hours' },
  { hours: 24, words: 'per day' },
  { hours: 168, words: 'per week' },
] as const

/** Bars of the finest grain that can still be seen; two scales have two grains, and each says its own and its most. */
function bars(report: Report, axis: Axis, segment: Segment, y: number, height: number): readonly Shape[] {
  const perHour = ((segment.x1 - segment.x0) / (segment.to - segment.from)) * hourMs
  const bin = bins.find(({ hours }) => hours * perHour >= 3) ?? bins[3]
  const size = bin.hours * hourMs
  // An hour that began before the segment did belongs to it as far as it reaches in.
  const origin = Math.floor(segment.from / hourMs) * hourMs
  const counts = new Map<number, number>()
  const isLast = segment === axis.segments.at(-1)
  for (const { at, count } of report.messages.hours) {
    const ms = msOf(at)
    if (ms < origin || (ms >= segment.to && !isLast)) continue
    if (segment !== axis.segments[0] && ms < segment.from) continue
    const start = origin + Math.floor((ms - origin) / size) * size
    counts.set(start, (counts.get(start) ?? 0) + count)
  }
  const most = Math.max(0, ...counts.values())
  const label = most === 0 ? 'none' : `${bin.words}, at most ${most}`
  const x = (ms: number) =>
    segment.x0 +
    Math.min(Math.max((ms - segment.from) / (segment.to - segment.from), 0), 1) * (segment.x1 - segment.x0)
  return [
    ...onPaper(segment.x0 + widthOf(label, SMALL) / 2, y - height - 4, label, 'quiet'),
    line([segment.x0, y], [segment.x1, y], 'line'),
    ...[...counts]
      .sort(([a], [b]) => a - b)
      .map(([start, count]) => {
        const [from, to] = [x(start), x(start + size)]
        const tall = Math.max((count / most) * height, 1)
        return rect([from, y - tall], [Math.max(to - from - 1, 1.5), tall], 'bar')
      }),
  ]
}

export const messagesLane: Draw = (report, axis, y) => {
  const height = 46
  const base = y + height + 16
  return {
    height: height + 26,
    shapes: [
      ...laneName(base - height / 2, 'Messages', `${report.messages.posted.toLocaleString('en-US')} in all`),
      ...axis.segments.flatMap((segment) => bars(report, axis, segment, base, height)),
    ],
  }
}

export const decisionsLane: Draw = (report, axis, y) => {
  const marks = report.decisions.map(({ at, number }) => ({ x: axis.x(msOf(at)), number }))
  const count = marks.length
  return {
    height: 42,
    shapes: [
      ...laneName(y + 22, 'Decisions', count === 0 ? undefined : 'numbered as below'),
      ...(count === 0 ? [words(PLOT.x0, y + 22, 'none recorded', { fill: 'quiet' })] : []),
      ...gather(marks, SMALL).map(({ x, words: label }) =>
        words(clamp(x, label), y + 11, label, { anchor: 'middle', size: SMALL }),
      ),
      ...marks.map(({ x }) => marker('diamond', x, y + 21, 9)),
    ],
  }
}

const clamp = (x: number, label: string): number => {
  const half = widthOf(label, SMALL) / 2
  return Math.min(Math.max(x, PLOT.x0 + half), PLOT.x1 - half)
}

const rowHeight = 18
const headHeight = 20

/** One row a role: a bar for each holder, named in it, else right of it where that is free. */
export const rolesLane: Draw = (report, axis, top) => {
  const y = top + headHeight
  const held = roles.filter(({ id }) => report.tenures.some(({ role }) => role === id))
  const end = axis.segments.at(-1)!.to
  const rows = held.flatMap(({ id }, index) => roleRow(report, axis, id, y + index * rowHeight, end))
  return {
    height: headHeight + held.length * rowHeight + 10,
    shapes: [
      ...laneName(top + 12, 'Roles'),
      ...(held.length > 0 ? rows : [words(PLOT.x0, top + 12, 'nobody held one', { fill: 'quiet' })]),
    ],
  }
}

function roleRow(report: Report, axis: Axis, role: Role, y: number, end: number): readonly Shape[] {
  const tenures = report.tenures.filter((each) => each.role === role)
  const spans = tenures.map((tenure: TenureRow) => {
    const from = axis.x(msOf(tenure.at))
    return { from, to: axis.x(tenure.until ? msOf(tenure.until) : end), name: nameWords(tenure.holder) }
  })
  return [
    words(12, y + 12, upperFirst(roleLabel(role)), { size: SMALL }),
    ...spans.flatMap(({ from, to, name }, index): Shape[] => {
      const free = (spans[index + 1]?.from ?? PLOT.x1) - 4
      const inside = to - from - 10
      const isIn = widthOf(name, SMALL) <= inside
      const beside = isIn ? '' : cut(name, SMALL, free - to - 4)
      const shown = isIn || (!beside && cut(name, SMALL, inside)) ? cut(name, SMALL, inside) : ''
      return [
        rect([from, y + 2], [Math.max(to - from, 2), rowHeight - 5], 'band'),
        line([from, y], [from, y + rowHeight - 1], 'mark', { width: 2 }),
        ...(shown ? [words(from + 6, y + 12, shown, { size: SMALL })] : []),
        ...(beside ? [words(to + 4, y + 12, beside, { size: SMALL })] : []),
      ]
    }),
  ]
}

export const coverageLane: Draw = (report, axis, y) => {
  const end = axis.segments.at(-1)!.to
  const { unseen, readBack, retained } = coverageOf(report.state)
  const spans = (gaps: readonly Gap[]) =>
    gaps.map((gap) => {
      const from = axis.x(msOf(gap.from))
      return { from, width: Math.max(axis.x(gap.to ? msOf(gap.to) : end) - from, 4) }
    })
  return {
    height: 26,
    shapes: [
      ...laneName(y + 14, 'Coverage'),
      ...axis.segments.map(({ x0, x1 }) => line([x0, y + 10], [x1, y + 10], 'quiet', { width: 2 })),
      ...spans([...readBack, ...retained]).map(({ from, width }) =>
        rect([from, y + 3], [width, 14], 'paper', { stroke: 'gap' }),
      ),
      ...spans(unseen).map(({ from, width }) =>
        rect([from, y + 3], [width, 14], 'gap', { hatched: true, stroke: 'gap' }),
      ),
    ],
  }
}
