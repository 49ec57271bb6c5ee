/** A picture as shapes, in one order and one list: printed as SVG for the page and as paths for the PDF. */

/** What a shape is for; each printer has its colours. Meaning is carried by words and forms as well, never by these alone. */
export type Ink =
  | 'text'
  | 'quiet'
  | 'line'
  | 'band'
  | 'other-band'
  | 'bar'
  | 'mark'
  | 'late'
  | 'gap'
  | 'paper'

export type Form = 'circle' | 'diamond' | 'triangle' | 'square' | 'flag' | 'check' | 'cross'

export type Shape =
  | {
      readonly kind: 'rect'
      readonly x: number
      readonly y: number
      readonly width: number
      readonly height: number
      readonly fill: Ink
      /** Drawn over the fill, so that it is told apart without its colour. */
      readonly hatched?: boolean
      readonly stroke?: Ink
    }
  | {
      readonly kind: 'line'
      readonly from: readonly [x: number, y: number]
      readonly to: readonly [x: number, y: number]
      readonly stroke: Ink
      readonly width: number
      readonly dashed?: boolean
    }
  | {
      readonly kind: 'text'
      /** Of the baseline, at the start, middle or end of the words. */
      readonly x: number
      readonly y: number
      readonly text: string
      readonly size: number
      readonly anchor: 'start' | 'middle' | 'end'
      readonly fill: Ink
      readonly bold?: boolean
    }
  | {
      readonly kind: 'marker'
      readonly form: Form
      readonly x: number
      readonly y: number
      readonly size: number
      readonly fill: Ink
      /** Only its outline. */
      readonly hollow?: boolean
    }

export interface Picture {
  readonly width: number
  readonly height: number
  readonly title: string
  readonly description: string
  readonly shapes: readonly Shape[]
}

/** Printed alike wherever it is printed. */
export const round = (value: number): number => Math.round(value * 100) / 100
