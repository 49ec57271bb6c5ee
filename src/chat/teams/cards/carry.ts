/** What a form carries unseen: whole, but for words that no dialog holds, which are cut and say how long they were. */
import { bytesOf } from './actions.ts'
import { shortened } from './pieces.ts'

export type Carry = Readonly<Record<string, string>>

/** The longest value is cut first, so that ids and short words always travel whole. */
export function bounded(carry: Carry, room: number): Carry {
  const out: Record<string, string> = { ...carry }
  const lengths = new Map(Object.keys(carry).map((name) => [name, carry[name]?.length ?? 0]))
  for (let over = bytesOf(out) - room; over > 0; over = bytesOf(out) - room) {
    const [name] = [...lengths].sort((a, b) => b[1] - a[1])[0] ?? ['']
    const length = lengths.get(name) ?? 0
    if (length < 100) return out
    const next = Math.max(50, length - Math.ceil(over / 3) - 1)
    lengths.set(name, next)
    const whole = carry[name] ?? ''
    out[name] = `${shortened(whole, next)} [cut here; the message has ${whole.length} characters]`
  }
  return out
}
