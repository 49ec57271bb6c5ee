/** The lines of an axis and their words; a word that would meet the one before it is left out, its line is not. */
import type { Tick } from './axis.ts'
import { TICK_SIZE } from './axis.ts'
import { line, PLOT, words } from './drawing.ts'
import { widthOf } from './labels.ts'
import type { Shape } from './shapes.ts'

export function grid(
  ticks: readonly Tick[],
  top: number,
  bottom: number,
  { x0, x1, size = TICK_SIZE }: { readonly x0: number; readonly x1: number; readonly size?: number } = PLOT,
): readonly Shape[] {
  let end = x0 - 10
  return ticks.flatMap(({ x, words: label, strong }): Shape[] => {
    const half = widthOf(label, size) / 2
    const fits = label !== '' && x - half >= end && x + half <= x1 + 8
    if (fits) end = x + half + 6
    return [
      line([x, top], [x, bottom], 'line', strong ? { width: 1 } : { width: 0.5 }),
      ...(fits
        ? [
            words(x, top - 5, label, {
              size,
              anchor: 'middle',
              fill: 'quiet',
              ...(strong ? { bold: true } : {}),
            }),
          ]
        : []),
    ]
  })
}
