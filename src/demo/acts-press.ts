/** Buttons, forms, shortcuts and the Home tab. */
import type { Actor } from '../practice/actor.ts'
import { elementsOf, optionsOf, type Placed } from '../practice/inputs.ts'
import type { Json } from '../practice/page-api.ts'
import { that } from './acts-say.ts'
import { buttonIn, buttonsSeen, cardNamed } from './cards.ts'
import { readMoment } from './dates.ts'
import { act, type Row } from './row.ts'
import { fail, fresh, personNamed, readView, type Scene } from './scene.ts'

const exactly = ({ block, element }: Placed) => ({ actionId: element.action_id, blockId: block.block_id })

async function press(scene: Scene, [who = '', label = '', beside, card]: readonly string[]): Promise<void> {
  const actor = personNamed(scene, who)
  scene.actor = actor
  if (card === 'Home') return pressHome(scene, actor, label)
  if (card) {
    const seen = await cardNamed(scene, card.replace(/ card$/, ''))
    const placed = buttonIn(scene, seen.message.blocks, label, beside)
    if (!placed) return fail(scene, `a button [${label}] on the ${card}`, seen.text)
    return answered(scene, actor.click({ channel: seen.channel, ts: seen.message.ts }, exactly(placed)))
  }
  const [newest] = buttonsSeen(scene, actor.id, label, beside)
  if (!newest) {
    const seen = fresh(scene).map(({ text }) => text)
    return fail(scene, `a button [${label}]${beside ? ` beside "${beside}"` : ''}`, seen.join('\n—\n'))
  }
  const { seen, placed } = newest
  await answered(scene, actor.click({ channel: seen.channel, ts: seen.message.ts }, exactly(placed)))
}

async function pressHome(scene: Scene, actor: Actor, label: string): Promise<void> {
  const view = actor.home()?.view ?? fail(scene, 'a Home tab', 'it was never opened')
  const placed = buttonIn(scene, view.blocks, label, undefined)
  if (!placed) return fail(scene, `a button [${label}] on Home`, readView(scene, view))
  await answered(scene, actor.click('home', exactly(placed)))
}

async function answered(scene: Scene, asked: Promise<{ ok: boolean; reason?: unknown }>): Promise<void> {
  const outcome = await asked
  if (!outcome.ok) fail(scene, 'an answer within three seconds', String(outcome.reason))
  scene.filled.clear()
}

const formOf = (scene: Scene): Json =>
  scene.actor?.modal()?.view ??
  fail(
    scene,
    'an open form',
    fresh(scene)
      .map(({ text }) => text)
      .join('\n—\n'),
  )

/** A field by the words on it, or their beginning. */
async function fill(scene: Scene, [label = '', typed = '']: readonly string[]): Promise<void> {
  const view = formOf(scene)
  const labelOf = ({ block }: Placed) => String(block.label?.text ?? '')
  const fields = elementsOf(view.blocks).filter(({ block }) => block.type === 'input')
  const field =
    fields.find((each) => labelOf(each) === label) ?? fields.find((each) => labelOf(each).startsWith(label))
  if (!field) return fail(scene, `a field "${label}"`, fields.map(labelOf).join(' · '))
  const { block, element } = field
  scene.filled.set(block.block_id, { [element.action_id]: valueFor(scene, element, typed) })
}

function valueFor(scene: Scene, element: Json, typed: string): string | string[] {
  const option = (text: string): string =>
    optionsOf(element).find((each) => each.text?.text === text || each.value === text)?.value ??
    fail(
      scene,
      `the choice "${text}"`,
      optionsOf(element)
        .map((each) => each.text?.text)
        .join(' · '),
    )
  const each = typed.split(/,\s*/)
  switch (element.type) {
    case 'static_select':
    case 'radio_buttons':
      return option(typed)
    case 'checkboxes':
      return each.map(option)
    case 'users_select':
      return personNamed(scene, typed).id
    case 'multi_users_select':
      return each.map((name) => personNamed(scene, name).id)
    case 'datepicker':
      return moment(scene, typed).toLocaleDateString('en-CA', { timeZone: 'America/New_York' })
    case 'datetimepicker':
      return String(Math.floor(moment(scene, typed).getTime() / 1000))
    default:
      return typed
  }
}

const moment = (scene: Scene, typed: string): Date =>
  readMoment(typed) ?? fail(scene, 'a date such as Fri 20 Nov 2026 22:41', typed)

async function send(scene: Scene): Promise<void> {
  formOf(scene)
  const { isSent, errors } = await scene.actor!.submit(Object.fromEntries(scene.filled) as never)
  scene.filled.clear()
  if (errors) scene.formErrors = Object.values(errors).join(' ')
  else if (!isSent) fail(scene, 'an answer to the form within three seconds', 'none')
}

async function shortcut(scene: Scene, [who = '', name = '', on]: readonly string[]): Promise<void> {
  const actor = personNamed(scene, who)
  scene.actor = actor
  const id = shortcuts[name] ?? fail(scene, 'a shortcut', Object.keys(shortcuts).join(' · '))
  const { channel, ts } = on ? that(scene) : { channel: '', ts: '' }
  await answered(scene, on ? actor.messageShortcut(id, channel, ts) : actor.globalShortcut(id))
}

const shortcuts: Readonly<Record<string, string>> = {
  'Declare incident': 'declare',
  'Record as decision': 'record_decision',
  'Record as evidence': 'record_evidence',
  'Declare from message': 'declare_from_message',
}

export const pressings: readonly Row[] = [
  act(
    'Dana presses [Confirm discovery] beside "Next" on the status card',
    /(\w+) presses \[([^\]]+)\](?: beside "([^"]+)")?(?: on (?:the )?(.+))?/,
    press,
  ),
  act('fills When: 18 Nov 2026', /fills ([^:]+): (.+)/, fill),
  act('sends', /sends/, send),
  act('sends it twice', /sends it twice/, async (scene) => {
    formOf(scene)
    const filled = Object.fromEntries(scene.filled) as never
    await Promise.all([scene.actor!.submit(filled), scene.actor!.submit(filled)])
    scene.filled.clear()
  }),
  act('cancels', /cancels/, async (scene) => scene.actor?.close({ all: true })),
  act('Dana uses "Record as decision" on that', /(\w+) uses "([^"]+)"( on that)?/, shortcut),
  act('Dana opens Home', /(\w+) opens Home/, async (scene, [who = '']) => {
    scene.actor = personNamed(scene, who)
    await scene.actor.openHome()
  }),
]
