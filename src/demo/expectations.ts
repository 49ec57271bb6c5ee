/** What a scenario expects to see: in the room, on a card, privately, directly, nowhere. */
import { cardNamed } from './cards.ts'
import { dayOf, readMoment } from './dates.ts'
import { reads } from './reads.ts'
import { expectation, type Row } from './row.ts'
import { everything, fail, fresh, inWordsOf, personNamed, type Scene, texts, theRoom } from './scene.ts'
import type { Seen } from './world.ts'

/** Answers may still be on their way when everything else is still. */
const PATIENCE_MS = 2500

type Read = Pick<Seen, 'text'>

async function shows(scene: Scene, words: string, look: () => Promise<readonly Read[]> | readonly Read[]) {
  const fragment = inWordsOf(scene, words)
  const until = performance.now() + PATIENCE_MS
  for (;;) {
    const seen = await look()
    if (seen.some(({ text }) => reads(text, fragment))) return
    if (performance.now() > until) return fail(scene, fragment, texts(seen))
    await new Promise((resolve) => setTimeout(resolve, 25))
    await scene.stage.settle()
  }
}

async function hides(scene: Scene, words: string, seen: readonly Read[]): Promise<void> {
  const fragment = inWordsOf(scene, words)
  const found = seen.filter(({ text }) => reads(text, fragment))
  if (found.length > 0) fail(scene, `nothing that reads "${fragment}"`, texts(found))
}

const inRoom = async (scene: Scene, of: (scene: Scene) => readonly Seen[]): Promise<readonly Seen[]> => {
  const room = await theRoom(scene)
  return of(scene).filter((seen) => seen.room === room && seen.reader === undefined && seen.isOurs)
}

/** What disturbs them: an answer to what they just did stands in the same chat on some platforms, and is not counted. */
const toPerson = (scene: Scene, who: string, of: (scene: Scene) => readonly Seen[]): readonly Seen[] => {
  const { id } = personNamed(scene, who)
  return of(scene).filter((seen) => seen.reader === id && seen.isDirect && seen.isOurs && !seen.isAnswer)
}

const privately = (scene: Scene): readonly Seen[] =>
  fresh(scene).filter(({ reader, isOurs }) => isOurs && reader === scene.actor?.id)

const listed = <One>(one: One | undefined): One[] => (one === undefined ? [] : [one])

/** `today`, or since a day and hour. */
function since(scene: Scene, words: string | undefined): (seen: Seen) => boolean {
  if (!words) return () => true
  if (words === 'today') return ({ at }) => dayOf(at) === dayOf(scene.stage.clock.now())
  const from = readMoment(words.replace(/^since /, '')) ?? fail(scene, 'today, or since a date', words)
  return ({ at }) => at >= from
}

function counted(scene: Scene, most: string, limit: string, seen: readonly Seen[], what: string): void {
  const wanted = Number(limit)
  const isRight = most === 'at most' ? seen.length <= wanted : seen.length === wanted
  if (!isRight) fail(scene, `${most} ${limit} ${what}`, `${seen.length} of them:\n${texts(seen)}`)
}

const COUNT = '(at most|exactly) (\\d+)'
const SINCE = '(today|since .+)'

export const expectations: readonly Row[] = [
  expectation('privately > Nothing was recorded', /privately > (.+)/, (scene, [fragment = '']) =>
    shows(scene, fragment, () => privately(scene)),
  ),
  expectation('form > When did anyone here first know', /form > (.+)/, (scene, [fragment = '']) =>
    shows(scene, fragment, () => listed(scene.actor?.form())),
  ),
  expectation('form says > Say why', /form says > (.+)/, async (scene, [fragment = '']) => {
    const said = scene.formErrors ?? ''
    scene.formErrors = undefined
    if (!reads(said, fragment)) fail(scene, fragment, said)
  }),
  expectation('Home > No open incidents', /Home > (.+)/, (scene, [fragment = '']) =>
    shows(scene, fragment, () => listed(scene.actor?.home())),
  ),
  expectation('Room > Everything said here is recorded', /Room > (.+)/, (scene, [fragment = '']) =>
    shows(scene, fragment, () => inRoom(scene, fresh)),
  ),
  expectation('Room does not show > Maria', /Room does not show > (.+)/, async (scene, [fragment = '']) =>
    hides(scene, fragment, await inRoom(scene, everything)),
  ),
  expectation('Nothing is posted in the room', /Nothing is posted in the room/, async (scene) =>
    counted(scene, 'exactly', '0', await inRoom(scene, fresh), 'posts in the room'),
  ),
  expectation('Lee is told > Nobody holds', /(\w+) is told > (.+)/, (scene, [who = '', fragment = '']) =>
    shows(scene, fragment, () => toPerson(scene, who, fresh)),
  ),
  // In a message they had already, drawn anew where it stands.
  expectation('Sam now reads > was deleted', /(\w+) now reads > (.+)/, (scene, [who = '', fragment = '']) =>
    shows(scene, fragment, () => {
      const { id } = personNamed(scene, who)
      return everything(scene).filter(({ reader, isDirect, isOurs }) => reader === id && isDirect && isOurs)
    }),
  ),
  expectation('Jo is not told > 555-0110', /(\w+) is not told > (.+)/, (scene, [who = '', fragment = '']) =>
    hides(scene, fragment, toPerson(scene, who, fresh)),
  ),
  expectation('Victor is told nothing', /(\w+) is told nothing/, async (scene, [who = '']) =>
    counted(scene, 'exactly', '0', toPerson(scene, who, fresh), `messages to ${who}`),
  ),
  expectation('Victor was never told anything', /(\w+) was never told anything/, async (scene, [who = '']) =>
    counted(scene, 'exactly', '0', toPerson(scene, who, everything), `messages to ${who}`),
  ),
  expectation(
    'Status card > Priya Nair',
    /(Status|Clocks|Checklist) card > (.+)/,
    (scene, [card = '', fragment = '']) =>
      shows(scene, fragment, async () => [await cardNamed(scene, card.toLowerCase())]),
  ),
  expectation(
    'Clocks card does not show > Media',
    /(Status|Clocks|Checklist) card does not show > (.+)/,
    async (scene, [card = '', fragment = '']) =>
      hides(scene, fragment, [await cardNamed(scene, card.toLowerCase())]),
  ),
  expectation(
    'Room has at most 4 posts by Wardroom today',
    new RegExp(`Room has ${COUNT} posts? by Wardroom(?: ${SINCE})?`),
    async (scene, [most = '', limit = '', when]) =>
      counted(scene, most, limit, (await inRoom(scene, everything)).filter(since(scene, when)), 'posts'),
  ),
  expectation(
    'Dana has at most 3 messages from Wardroom today',
    new RegExp(`(\\w+) has ${COUNT} messages? from Wardroom(?: ${SINCE})?`),
    async (scene, [who = '', most = '', limit = '', when]) => {
      const names = who === 'Everybody' ? scene.stage.world.people.map(({ name }) => name) : [who]
      for (const name of names) {
        const seen = toPerson(scene, name, everything).filter(since(scene, when))
        counted(scene, most, limit, seen, `messages to ${name}`)
      }
    },
  ),
  expectation('Victor sees no room', /(\w+) sees no room/, async (scene, [who = '']) => {
    const room = await theRoom(scene)
    if (personNamed(scene, who).rooms().includes(room))
      fail(scene, `${who} sees no room`, scene.stage.world.nameOf(room))
  }),
  expectation('Sam is in the room', /(\w+) is (not )?in the room/, async (scene, [who = '', not = '']) => {
    const members = scene.stage.world.members(await theRoom(scene))
    const isIn = members.includes(personNamed(scene, who).id)
    if (isIn === (not !== '')) fail(scene, scene.line.text, isIn ? 'in the room' : 'not in the room')
  }),
]
