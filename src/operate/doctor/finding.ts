/** A finding of `wardroom doctor`: what is so, and when it is not well, how to mend it. */
export interface Finding {
  readonly level: 'good' | 'warn' | 'bad'
  readonly what: string
  readonly fix?: string
}

export const good = (what: string): Finding => ({ level: 'good', what })
export const warn = (what: string, fix: string): Finding => ({ level: 'warn', what, fix })
export const bad = (what: string, fix: string): Finding => ({ level: 'bad', what, fix })

const signs = { good: '✓', warn: '▲', bad: '✗' } as const

export const findingLine = ({ level, what, fix }: Finding): string =>
  `${signs[level]} ${what}${fix ? ` — ${fix}` : ''}`

/** Refusals of the start are "what: how to mend it" in one sentence. */
export function badFrom(error: unknown): Finding {
  const text = error instanceof Error ? error.message : 'an unknown fault'
  const [what = text, ...fix] = text.split(': ')
  return fix.length > 0 ? bad(what, fix.join(': ')) : bad(what, 'mend that and run doctor again')
}

/** 90 seconds, 3 hours, 12 days: good enough to act on. */
export function length(seconds: number): string {
  const [size, unit] =
    seconds < 120
      ? [1, 'second']
      : seconds < 7200
        ? [60, 'minute']
        : seconds < 172_800
          ? [3600, 'hour']
          : [86_400, 'day']
  const count = Math.round(seconds / (size as number))
  return `${count} ${unit}${count === 1 ? '' : 's'}`
}

/** Clocks that disagree; `most` is what the measure itself cannot tell apart. */
export function skew(of: string, ms: number, mostMs: number): Finding {
  const off = Math.abs(ms)
  if (off <= mostMs) return good(`${of} agrees with this machine’s clock`)
  const what = `${of} is ${length(off / 1000)} ${ms > 0 ? 'ahead of' : 'behind'} this machine`
  const fix = 'set this machine by NTP: times on the record and signed requests depend on it'
  return off > 60_000 ? bad(what, fix) : warn(what, fix)
}
