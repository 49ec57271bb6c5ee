/** The short words lanes are drawn with, and the measures they share. */
import type { Form, Ink, Shape } from './shapes.ts'

export const WIDTH = 920
/** Names of lanes stand left of the plot. */
export const PLOT = { x0: 158, x1: WIDTH - 8 } as const
export const SIZE = 11
export const SMALL = 10

export interface Lane {
  readonly shapes: readonly Shape[]
  readonly height: number
}

export const rect = (
  [x, y]: readonly [number, number],
  [width, height]: readonly [number, number],
  fill: Ink,
  more: { readonly hatched?: boolean; readonly stroke?: Ink } = {},
): Shape => ({ kind: 'rect', x, y, width, height, fill, ...more })

export const line = (
  from: readonly [number, number],
  to: readonly [number, number],
  stroke: Ink = 'line',
  more: { readonly width?: number; readonly dashed?: boolean } = {},
): Shape => ({
  kind: 'line',
  from,
  to,
  stroke,
  width: more.width ?? 1,
  ...(more.dashed ? { dashed: true } : {}),
})

export const words = (
  x: number,
  y: number,
  text: string,
  more: {
    readonly size?: number
    readonly anchor?: 'start' | 'middle' | 'end'
    readonly fill?: Ink
    readonly bold?: boolean
  } = {},
): Shape => ({
  kind: 'text',
  ...{ x, y, text },
  ...{ size: more.size ?? SIZE, anchor: more.anchor ?? 'start', fill: more.fill ?? 'text' },
  ...(more.bold ? { bold: true } : {}),
})

export const marker = (
  form: Form,
  x: number,
  y: number,
  size: number,
  fill: Ink = 'mark',
  hollow = false,
): Shape => ({ kind: 'marker', form, x, y, size, fill, ...(hollow ? { hollow } : {}) })

/** The lane's name, at its left. */
export const laneName = (y: number, text: string, second?: string): readonly Shape[] => [
  words(4, y, text, { bold: true }),
  ...(second ? [words(4, y + 13, second, { size: SMALL, fill: 'quiet' })] : []),
]
