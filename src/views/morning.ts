/**
 * One message a person and day: the last days to act on, the next items, and the fallback sheet, over all their
 * incidents. Rows of several incidents become this one card, so it is drawn from the states and not from its arguments.
 */
import { isCalendarDate } from '../domain/calendar.ts'
import { sayDay } from '../domain/dates-in-words.ts'
import type { IncidentState } from '../domain/incident.ts'
import { type Item, nextItemsOf } from '../domain/incident-items.ts'
import { roles } from '../domain/roles.ts'
import { timeIn } from '../domain/zone.ts'
import { itemBlocks } from './brief.ts'
import type { Block, Card } from './card.ts'
import { daysWords } from './clock-words.ts'
import { coveredBlocks } from './covered.ts'
import { labelSeqs } from './items.ts'
import { rosterSeqs } from './phones.ts'
import { postingBlocks } from './posting.ts'
import { dueBlocks, moreDues, partsOf, personsDues, shown } from './reminders.ts'
import { button } from './say.ts'
import { buttons, lines, nameOf, todayOf, wordArg, zoneOf } from './scene.ts'
import { sheetBlocks } from './sheet.ts'
import type { Drawing, View } from './view.ts'

type Asked = Pick<Drawing, 'state' | 'others' | 'now' | 'args'>

const promptedMs = 30 * 60_000
const morningEnds = 10
const promptsShown = 3

const personOf = ({ args }: Pick<Asked, 'args'>): string => wordArg(args, 'person') ?? ''
const onOf = (asked: Asked): string => wordArg(asked.args, 'on') ?? todayOf(asked)
const withs = (asked: Asked): readonly string[] => partsOf(asked, asked.state)

/** The incidents this person may be told of, the row's own first. */
const theirs = (asked: Asked): readonly IncidentState[] =>
  [asked.state, ...asked.others.filter(({ incident }) => incident !== asked.state.incident)].filter(
    ({ excluded }) => !excluded.includes(personOf(asked)),
  )

/** Prompted with this message: the row's own by its argument, others by their time. */
function prompts(
  asked: Asked,
): readonly { readonly state: IncidentState; readonly items: readonly Item[] }[] {
  const who = personOf(asked)
  const isNow = (at: string | undefined) =>
    at !== undefined && Math.abs(asked.now.getTime() - Date.parse(at)) < promptedMs
  return theirs(asked)
    .filter((state) =>
      state === asked.state || partsOf(asked, state).length > 0
        ? partsOf(asked, state).includes('items')
        : isNow(state.prompted[who]),
    )
    .map((state) => ({ state, items: nextItemsOf(state, who) }))
    .filter(({ items }) => items.length > 0)
    .slice(0, promptsShown)
}

/** Every open incident in which they hold a role or are named for one, once one of them has its sheet today. */
function sheets(asked: Asked): readonly IncidentState[] {
  const who = personOf(asked)
  const { hour } = timeIn(zoneOf(asked.state), asked.now)
  const open = theirs(asked).filter((state) => {
    const named = roles.some(({ id, needed }) => needed && state.roster[id]?.holder === who)
    const holds = Object.values(state.roles).some((holding) => holding.person === who)
    return !state.closed && (holds || (state === asked.state && withs(asked).includes('sheet')) || named)
  })
  const isDue = withs(asked).includes('sheet') || hour < morningEnds
  return isDue && open.some(({ sheetOn }) => sheetOn === onOf(asked)) ? open : []
}

function dueCard(drawing: Drawing): {
  readonly summary: string | undefined
  readonly blocks: readonly Block[]
} {
  const { organisation, now, word } = drawing
  const dues = personsDues(drawing, personOf(drawing))
  const [first] = dues
  if (!first) return { summary: undefined, blocks: [] }
  const next = `${nameOf(first.state)}, ${first.clock.label}, ${daysWords({ state: first.state, now }, first.clock)}`
  const on = onOf(drawing)
  const day = isCalendarDate(on) ? ` · ${sayDay(on)}` : ''
  return {
    summary: dues.length > 1 ? `${dues.length} last days to act on. Next: ${next}` : next,
    blocks: [
      ...(dues.length > 1 ? [lines([[{ bold: `${dues.length} last days to act on` }, day]])] : []),
      ...dues.slice(0, shown).flatMap((due) => dueBlocks(organisation, now, due)),
      ...moreDues(dues, word),
      ...(dues.length > 1 ? buttons(button('Is anything late?', 'late')) : []),
    ],
  }
}

export function morningCard(drawing: Drawing): Card {
  const due = dueCard(drawing)
  const prompted = prompts(drawing)
  const printed = sheets(drawing)
  // Sealed labels are opened for the row's own incident only.
  const asked = prompted.flatMap(({ state, items }): Block[] => [
    lines([[{ bold: `Your next items · ${nameOf(state)}` }]]),
    ...itemBlocks(state, items, state === drawing.state ? drawing.text : () => ({})),
  ])
  // A chat opens at the newest line: what to act on stands last, with its buttons.
  const posted = theirs(drawing)
    .filter((state) => partsOf(drawing, state).includes('posting'))
    .flatMap((state) => postingBlocks(state, drawing.now))
  const parts = [sheetBlocks(drawing, printed, drawing.organisationText), asked, posted, due.blocks]
  const blocks = parts
    .filter((part) => part.length > 0)
    .flatMap((part, at): Block[] => (at === 0 ? [...part] : [{ kind: 'divider' }, ...part]))
  if (blocks.length === 0)
    return {
      summary: 'Nothing is left to remind of',
      blocks: [lines(['Nothing is left to remind you of today.'])],
    }
  const open =
    posted.length > 0
      ? 'A substitute notice to look at'
      : prompted.length > 0
        ? 'Items are open for you'
        : 'Your fallback sheet for today'
  return {
    summary: due.summary ?? open,
    blocks: [...coveredBlocks(zoneOf(drawing.state), drawing.args), ...blocks],
  }
}

export const reminders: View = {
  wantsOthers: true,
  texts: (drawing) => {
    const own = prompts(drawing).find(({ state }) => state === drawing.state)
    return labelSeqs(own?.items ?? [])
  },
  organisationTexts: (drawing) => (sheets(drawing).length > 0 ? rosterSeqs(drawing.organisation) : []),
  draw: morningCard,
}
