/** The play as an audience reads it: who did what, then what each person sees, a card in a box of plain text. */
import { changedCards } from './cards.ts'
import { sayNow } from './dates.ts'
import type { Audience } from './play.ts'
import { everything, type Scene } from './scene.ts'
import type { ScriptLine } from './script.ts'
import type { Seen } from './world.ts'

const WIDTH = 92
const MANY = 12

export interface PrintOptions {
  readonly out: (line: string) => void
  /** Between one line of the play and the next. */
  readonly pause: () => Promise<void>
}

export function printer({ out, pause }: PrintOptions): Audience {
  const shown = new Set<string>()
  const cards = new Map<string, string>()
  let lastTime = ''
  let lastForm = ''

  function showTime(scene: Scene): void {
    const time = sayNow(scene.stage.clock.now())
    if (time !== lastTime) out(`\n── ${time} ${'─'.repeat(Math.max(3, WIDTH - time.length - 4))}`)
    lastTime = time
  }

  function showForm(scene: Scene): void {
    const form = scene.actor?.form()
    if (form && form.key !== lastForm) box(out, `a form opens for ${scene.actor?.realName}`, form.text)
    lastForm = form?.key ?? ''
  }

  return {
    remark: (text) => out(`\n# ${text}`),
    async beat(scene, next, isAct) {
      const news = everything(scene).filter(({ key }) => !shown.has(key))
      for (const { key } of news) shown.add(key)
      const ours = news.filter(({ isOurs }) => isOurs)
      for (const { key, text } of ours) cards.set(key, text)
      const { told, left } = newest(ours)
      if (left > 0) out(`\n    … ${left} earlier messages of this time are not shown`)
      for (const [who, text] of alike(scene, told)) {
        showTime(scene)
        box(out, who, text)
      }
      for (const { seen, before } of changedCards(scene, cards))
        box(out, `${whoSees(scene, seen)}, on ${titleOf(before)}`, changedLines(before, seen.text))
      showForm(scene)
      if (!next || !isAct) return
      showTime(scene)
      out(`\n${asStage(next)}`)
      await pause()
    },
  }
}

const asStage = ({ text, isIndented }: ScriptLine): string => `${isIndented ? '    ' : '  '}▸ ${text}`

/** Of a long time, the last each person and each room was told. */
function newest(seen: readonly Seen[]): { told: readonly Seen[]; left: number } {
  if (seen.length <= MANY) return { told: seen, left: 0 }
  const last = new Map(seen.map((each) => [each.reader ?? each.room, each]))
  const told = seen.filter((each) => last.get(each.reader ?? each.room) === each)
  return { told, left: seen.length - told.length }
}

const titleOf = (card: string): string => `the card "${card.split('\n')[0]?.slice(0, 40) ?? ''}"`

/** A card is redrawn whole; what is news on it are the lines that were not there. */
function changedLines(before: string, now: string): string {
  const known = new Set(before.split('\n'))
  const news = now.split('\n').filter((line) => !known.has(line))
  return news.length > 0 ? news.join('\n') : 'a line less than before'
}

/** The same words to several people are shown once, with all their names. */
function alike(scene: Scene, seen: readonly Seen[]): [string, string][] {
  const direct = new Map<string, string[]>()
  for (const { text, isDirect, reader } of seen)
    if (isDirect && reader) direct.set(text, [...(direct.get(text) ?? []), scene.stage.world.nameOf(reader)])
  return seen.flatMap((each): [string, string][] => {
    const names = each.isDirect ? direct.get(each.text) : [whoSees(scene, each)]
    if (each.isDirect) direct.delete(each.text)
    if (!names) return []
    return [[each.isDirect ? `${names.join(', ')}: directly from Wardroom` : names.join(''), each.text]]
  })
}

function whoSees(scene: Scene, { where, reader, isDirect }: Seen): string {
  if (!reader) return `everybody in ${where}`
  const name = scene.stage.world.nameOf(reader)
  return isDirect ? `${name}, directly from Wardroom` : `only ${name}, in ${where}`
}

function box(out: (line: string) => void, title: string, text: string): void {
  const lines = text.split('\n').flatMap(wrap)
  const long = lines.length > 40
  out(`\n    ┌ ${title} ${'─'.repeat(Math.max(2, WIDTH - title.length - 8))}`)
  for (const line of long ? lines.slice(0, 40) : lines) out(`    │ ${line}`.trimEnd())
  if (long) out(`    │ … ${lines.length - 40} lines more`)
  out(`    └${'─'.repeat(WIDTH - 6)}`)
}

/** Between words; a word longer than a line is cut. */
function wrap(line: string): string[] {
  const out: string[] = []
  let rest = line
  const most = WIDTH - 8
  while (rest.length > most) {
    const space = rest.lastIndexOf(' ', most)
    const at = space > most / 2 ? space : most
    out.push(rest.slice(0, at))
    rest = rest.slice(at).trimStart()
  }
  return [...out, rest]
}
