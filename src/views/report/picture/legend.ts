/** What the signs of a picture mean: each beside its words, on the next line where they would stick out of this one. */
import { type Lane, words } from './drawing.ts'
import { widthOf } from './labels.ts'
import type { Shape } from './shapes.ts'

export interface Entry {
  readonly width: number
  readonly draw: (x: number, y: number) => Shape
  readonly label: string
}

export function legendOf(
  entries: readonly Entry[],
  top: number,
  { x0, x1, size }: { readonly x0: number; readonly x1: number; readonly size: number },
): Lane {
  let [x, y] = [x0, top]
  const shapes = entries.flatMap(({ width, draw, label }): Shape[] => {
    const needed = width + 5 + widthOf(label, size)
    if (x + needed > x1) [x, y] = [x0, y + size * 2]
    const at = x
    x += needed + 16
    return [draw(at, y), words(at + width + 5, y + 10, label, { size })]
  })
  return { height: y - top + 22, shapes }
}
