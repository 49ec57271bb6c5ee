/** Load: so many appends in flight for so long, each one's time, and what quantiles of many such times are. */

export interface Load {
  readonly perSecond: number
  /** Milliseconds, one an append. */
  readonly times: readonly number[]
}

export async function keepInFlight(count: number, ms: number, append: () => Promise<unknown>): Promise<Load> {
  const times: number[] = []
  const began = performance.now()
  const lane = async () => {
    for (let at = performance.now(); at < began + ms; at = performance.now()) {
      await append()
      times.push(performance.now() - at)
    }
  }
  await Promise.all(Array.from({ length: count }, lane))
  return { perSecond: (times.length / (performance.now() - began)) * 1000, times }
}

/** Of processes that ran side by side. */
export const together = (loads: readonly Load[]): Load => ({
  perSecond: loads.reduce((sum, { perSecond }) => sum + perSecond, 0),
  times: loads.flatMap(({ times }) => times),
})

export function quantile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN
}

export const median = (values: readonly number[]): number => quantile(values, 0.5)

/** Words, so that nothing compresses or repeats; some four hundred bytes. */
export function bodyOf(n: number): string {
  const words = [
    'laptop',
    'bed',
    'ward',
    'seen',
    'nurse',
    'door',
    'badge',
    'mail',
    'backup',
    'phone',
    'east',
    'night',
  ]
  let text = `${n}`
  for (let seed = n + 1; text.length < 395; seed = (seed * 48_271) % 2_147_483_647)
    text += ` ${words[seed % words.length]}`
  return text
}
