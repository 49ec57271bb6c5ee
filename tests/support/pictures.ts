/** What is wrong with a drawn picture: words that cover others, or stick out of it. */
import { widthOf } from '../../src/views/report/picture/labels.ts'
import type { Picture } from '../../src/views/report/picture/shapes.ts'

/** What words cover, as wide as they may be anywhere. */
function boxes({ shapes }: Picture) {
  return shapes.flatMap((shape) => {
    if (shape.kind !== 'text') return []
    const width = widthOf(shape.text, shape.size)
    const shift = { start: 0, middle: width / 2, end: width }[shape.anchor]
    const x = shape.x - shift
    return [{ words: shape.text, x, end: x + width, y: shape.y - shape.size * 0.8, bottom: shape.y + 2 }]
  })
}

export function overlaps(picture: Picture): string[] {
  const all = boxes(picture)
  const outside = all
    .filter(({ x, end, bottom }) => x < 0 || end > picture.width + 1 || bottom > picture.height)
    .map(({ words }) => `${words} sticks out`)
  const pairs = all.flatMap((one, index) =>
    all
      .slice(index + 1)
      .filter(({ x, end, y, bottom }) => one.x < end && x < one.end && one.y < bottom && y < one.bottom)
      .map(({ words }) => `${one.words} / ${words}`),
  )
  return [...outside, ...pairs]
}
