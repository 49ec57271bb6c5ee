/** Shapes as path data, which both printers take, and the colours of both. */
import { type Form, type Ink, round, type Shape } from './shapes.ts'

export const inks: Readonly<Record<Ink, string>> = {
  text: '#1b2430',
  quiet: '#56606e',
  line: '#d5dae1',
  band: '#cfe0f3',
  'other-band': '#e9eef4',
  bar: '#4a6fa5',
  mark: '#17406d',
  late: '#a3240f',
  gap: '#7a4a00',
  paper: '#ffffff',
}

type Point = readonly [x: number, y: number]

const polygon = (points: readonly Point[], close = true): string =>
  `M${points.map(([x, y]) => `${round(x)} ${round(y)}`).join('L')}${close ? 'Z' : ''}`

/** About the middle (0, 0), in parts of the size; a stroke is open and has a width. */
const forms: Readonly<
  Record<Exclude<Form, 'circle'>, { readonly points: readonly Point[]; readonly isStroke?: true }>
> = {
  diamond: {
    points: [
      [0, -0.6],
      [0.6, 0],
      [0, 0.6],
      [-0.6, 0],
    ],
  },
  triangle: {
    points: [
      [0, -0.55],
      [0.55, 0.5],
      [-0.55, 0.5],
    ],
  },
  square: {
    points: [
      [-0.5, -0.5],
      [0.5, -0.5],
      [0.5, 0.5],
      [-0.5, 0.5],
    ],
  },
  flag: {
    points: [
      [0, 0.5],
      [0, -0.6],
      [0.65, -0.35],
      [0.12, -0.1],
      [0.12, 0.5],
    ],
  },
  check: {
    points: [
      [-0.5, 0],
      [-0.12, 0.4],
      [0.55, -0.45],
    ],
    isStroke: true,
  },
  cross: {
    points: [
      [-0.42, -0.42],
      [0.42, 0.42],
      [0, 0],
      [0.42, -0.42],
      [-0.42, 0.42],
    ],
    isStroke: true,
  },
}

export interface Path {
  readonly d: string
  readonly fill: string | null
  readonly stroke: string | null
  readonly width: number
  readonly dashed?: boolean
}

function markerPath({ form, x, y, size, fill, hollow }: Extract<Shape, { kind: 'marker' }>): Path {
  const ink = inks[fill]
  const solid = { fill: hollow ? inks.paper : ink, stroke: ink, width: 1.25 }
  if (form === 'circle') {
    const r = round(size / 2)
    return {
      ...solid,
      d: `M${round(x - r)} ${round(y)}a${r} ${r} 0 1 0 ${round(2 * r)} 0a${r} ${r} 0 1 0 ${round(-2 * r)} 0Z`,
    }
  }
  const { points, isStroke } = forms[form]
  const placed = points.map(([dx, dy]): Point => [x + dx * size, y + dy * size])
  if (isStroke) return { d: polygon(placed, false), fill: null, stroke: ink, width: 2.5 }
  return { ...solid, d: polygon(placed) }
}

/** Lines at a slant, cut at the edges. */
function hatching({ x, y, width, height }: Extract<Shape, { kind: 'rect' }>): string {
  const step = 5
  const lines: string[] = []
  for (let start = x - height; start < x + width; start += step) {
    const from = Math.max(start, x)
    const to = Math.min(start + height, x + width)
    if (to > from)
      lines.push(
        polygon(
          [
            [from, y + height - (from - start)],
            [to, y + height - (to - start)],
          ],
          false,
        ),
      )
  }
  return lines.join('')
}

/** Everything but words. */
export function pathsOf(shape: Exclude<Shape, { kind: 'text' }>): readonly Path[] {
  if (shape.kind === 'marker') return [markerPath(shape)]
  if (shape.kind === 'line') {
    const { from, to, stroke, width, dashed } = shape
    return [
      {
        d: polygon([from, to], false),
        fill: null,
        stroke: inks[stroke],
        width,
        ...(dashed ? { dashed } : {}),
      },
    ]
  }
  const { x, y, width, height, fill, hatched, stroke } = shape
  const d = polygon([
    [x, y],
    [x + width, y],
    [x + width, y + height],
    [x, y + height],
  ])
  const edge = stroke ? inks[stroke] : null
  if (!hatched) return [{ d, fill: inks[fill], stroke: edge, width: 1 }]
  return [
    { d, fill: inks.paper, stroke: edge, width: 1 },
    { d: hatching(shape), fill: null, stroke: inks[fill], width: 1.25 },
  ]
}
