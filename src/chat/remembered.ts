/** Look-ups whose answers change rarely, remembered for five minutes: what a card names is asked for at every drawing. */

const rememberedMs = 5 * 60_000
const atMost = 5000

/** A look-up that fails is not remembered. */
export function remembered<T>(now: () => Date, look: (id: string) => Promise<T>): (id: string) => Promise<T> {
  const known = new Map<string, { value: T; at: number }>()
  return async (id) => {
    const at = now().getTime()
    const hit = known.get(id)
    // A clock that was set back makes nothing fresh.
    if (hit && at - hit.at >= 0 && at - hit.at < rememberedMs) return hit.value
    const value = await look(id)
    if (known.size >= atMost) known.clear()
    known.set(id, { value, at })
    return value
  }
}
