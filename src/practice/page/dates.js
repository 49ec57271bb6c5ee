// Dates as the workspace's zone shows them, and Slack's <!date^…> tokens. Pure; `now` is always a parameter
// because the practice clock is not the computer's.

const parts = (ms, zone, options) =>
  Object.fromEntries(
    new Intl.DateTimeFormat('en-US', { timeZone: zone, ...options })
      .formatToParts(ms)
      .map((p) => [p.type, p.value]),
  )

/** The calendar day in the zone, as YYYY-MM-DD. */
export const dayKey = (ms, zone) => {
  const p = parts(ms, zone, { year: 'numeric', month: '2-digit', day: '2-digit' })
  return `${p.year}-${p.month}-${p.day}`
}

const daysBetween = (from, to, zone) =>
  Math.round((Date.parse(dayKey(to, zone)) - Date.parse(dayKey(from, zone))) / 86_400_000)

export const timeOf = (ms, zone, seconds = false) => {
  const p = parts(ms, zone, { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' })
  return seconds ? `${p.hour}:${p.minute}:${p.second}` : `${p.hour}:${p.minute}`
}

/** `Tue 19 Jan 2027`: the form in which the whole product writes dates. */
export const dateOf = (ms, zone) => {
  const p = parts(ms, zone, { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' })
  return `${p.weekday} ${p.day} ${p.month} ${p.year}`
}

export const dateTimeOf = (ms, zone) => `${dateOf(ms, zone)}, ${timeOf(ms, zone)}`

/** What stands on a day divider. */
export const dayLabel = (ms, now, zone) => {
  const away = daysBetween(now, ms, zone)
  const near = { 0: 'Today', '-1': 'Yesterday', 1: 'Tomorrow' }[away]
  return near ? `${near} · ${dateOf(ms, zone)}` : dateOf(ms, zone)
}

/** The zone's short name at that moment, such as EST. */
export const zoneName = (ms, zone) => parts(ms, zone, { timeZoneName: 'short' }).timeZoneName

const ordinal = (day) => {
  const n = Number(day)
  const suffix = n % 100 >= 11 && n % 100 <= 13 ? 'th' : ({ 1: 'st', 2: 'nd', 3: 'rd' }[n % 10] ?? 'th')
  return `${n}${suffix}`
}

const ago = (ms, now) => {
  const minutes = Math.round((now - ms) / 60_000)
  const size = Math.abs(minutes)
  if (size < 1) return 'now'
  const [n, unit] =
    size < 60
      ? [size, 'minute']
      : size < 1440
        ? [Math.round(size / 60), 'hour']
        : [Math.round(size / 1440), 'day']
  const words = `${n} ${unit}${n === 1 ? '' : 's'}`
  return minutes > 0 ? `${words} ago` : `in ${words}`
}

const pretty = (plain) => (ms, zone, now) =>
  ({ 0: 'today', '-1': 'yesterday', 1: 'tomorrow' })[daysBetween(now, ms, zone)] ?? plain(ms, zone)

const long = (ms, zone) => {
  const p = parts(ms, zone, { weekday: 'long', month: 'long', day: 'numeric', year: 'numeric' })
  return `${p.weekday}, ${p.month} ${ordinal(p.day)}, ${p.year}`
}
const medium = (ms, zone) => {
  const p = parts(ms, zone, { month: 'long', day: 'numeric', year: 'numeric' })
  return `${p.month} ${ordinal(p.day)}, ${p.year}`
}
const short = (ms, zone) => {
  const p = parts(ms, zone, { month: 'short', day: 'numeric', year: 'numeric' })
  return `${p.month} ${p.day}, ${p.year}`
}
const slashed = (ms, zone) => {
  const p = parts(ms, zone, { month: '2-digit', day: '2-digit', year: 'numeric' })
  return `${p.month}/${p.day}/${p.year}`
}

const TOKENS = {
  date_num: (ms, zone) => dayKey(ms, zone),
  date_slash: slashed,
  date: medium,
  date_long: long,
  date_long_full: long,
  date_short: short,
  date_pretty: pretty(medium),
  date_long_pretty: pretty(long),
  date_short_pretty: pretty(short),
  day_divider_pretty: pretty(long),
  time: (ms, zone) => timeOf(ms, zone),
  time_secs: (ms, zone) => timeOf(ms, zone, true),
  ago: (ms, _zone, now) => ago(ms, now),
}

/** Formats a `<!date^seconds^format>`; null when the format or the instant makes no sense (use the fallback). */
export const slackDate = (seconds, format, zone, now) => {
  const ms = Number(seconds) * 1000
  if (!Number.isFinite(ms) || Math.abs(ms) > 8.64e15) return null
  let known = true
  const out = format.replace(/\{(\w+)\}/g, (whole, name) => {
    if (Object.hasOwn(TOKENS, name)) return TOKENS[name](ms, zone, now)
    known = false
    return whole
  })
  return known ? out : null
}

/** The instant of a wall-clock `YYYY-MM-DDTHH:MM` in the zone (the later reading in a gap or an overlap is fine). */
export const instantOf = (local, zone) => {
  const asUtc = /^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(local) ? Date.parse(`${local}:00Z`) : Number.NaN
  if (Number.isNaN(asUtc)) return null
  const shift = (at) =>
    Date.parse(`${dayKey(at, zone)}T${timeOf(at, zone, true)}Z`) - Math.floor(at / 1000) * 1000
  const guess = asUtc - shift(asUtc)
  return asUtc - shift(guess)
}
