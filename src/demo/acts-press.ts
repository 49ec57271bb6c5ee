/** Buttons, forms, shortcuts and the bot's own page. */
import { that } from './acts-say.ts'
import { buttonIn, cardNamed, newestButton } from './cards.ts'
import { dayOf, readMoment } from './dates.ts'
import { act, type Row } from './row.ts'
import { fail, freshText, personNamed, type Scene } from './scene.ts'
import type { Filling, Outcome, Player, SeenField, SeenForm } from './world.ts'

async function press(scene: Scene, [who = '', label = '', beside, card]: readonly string[]): Promise<void> {
  const actor = personNamed(scene, who)
  scene.actor = actor
  if (card === 'Home') return pressHome(scene, actor, label)
  if (card) {
    const seen = await cardNamed(scene, card.replace(/ card$/, ''))
    const button = buttonIn(seen, label, beside)
    if (!button) return fail(scene, `a button [${label}] on the ${card}`, seen.text)
    return answered(scene, button.press(actor.id))
  }
  const button = newestButton(scene, actor.id, label, beside)
  if (!button)
    return fail(scene, `a button [${label}]${beside ? ` beside "${beside}"` : ''}`, freshText(scene))
  await answered(scene, button.press(actor.id))
}

async function pressHome(scene: Scene, actor: Player, label: string): Promise<void> {
  const home = actor.home() ?? fail(scene, 'a Home tab', 'it was never opened')
  const button = buttonIn(home, label, undefined)
  if (!button) return fail(scene, `a button [${label}] on Home`, home.text)
  await answered(scene, button.press(actor.id))
}

async function answered(scene: Scene, asked: Promise<Outcome>): Promise<void> {
  const outcome = await asked
  if (!outcome.ok) fail(scene, 'an answer in time', outcome.reason)
  scene.filled.clear()
}

const formOf = (scene: Scene): SeenForm =>
  scene.actor?.form() ?? fail(scene, 'an open form', freshText(scene))

/** A field by the words on it, or their beginning. */
async function fill(scene: Scene, [label = '', typed = '']: readonly string[]): Promise<void> {
  const { fields } = formOf(scene)
  const field =
    fields.find((each) => each.label === label) ?? fields.find((each) => each.label.startsWith(label))
  if (!field) return fail(scene, `a field "${label}"`, fields.map((each) => each.label).join(' · '))
  scene.filled.set(field.key, fillingFor(scene, field, typed))
}

function fillingFor(scene: Scene, { kind, options }: SeenField, typed: string): Filling {
  const option = (text: string): string =>
    options.find(({ label, value }) => label === text || value === text)?.value ??
    fail(scene, `the choice "${text}"`, options.map(({ label }) => label).join(' · '))
  const each = typed.split(/,\s*/)
  switch (kind) {
    case 'choice':
      return option(typed)
    case 'choices':
      return each.map(option)
    case 'person':
      return personNamed(scene, typed).id
    case 'people':
      return each.map((name) => personNamed(scene, name).id)
    case 'date':
      return dayOf(moment(scene, typed))
    case 'instant':
      return moment(scene, typed)
    case 'text':
      return typed
  }
}

const moment = (scene: Scene, typed: string): Date =>
  readMoment(typed) ?? fail(scene, 'a date such as Fri 20 Nov 2026 22:41', typed)

async function send(scene: Scene): Promise<void> {
  const { isSent, errors } = await formOf(scene).send(scene.filled)
  scene.filled.clear()
  if (errors) scene.formErrors = errors.join(' ')
  else if (!isSent) fail(scene, 'an answer to the form in time', 'none')
}

async function sendTwice(scene: Scene): Promise<void> {
  const form = formOf(scene)
  await Promise.all([form.send(scene.filled), form.send(scene.filled)])
  scene.filled.clear()
}

async function shortcut(scene: Scene, [who = '', name = '', on]: readonly string[]): Promise<void> {
  const actor = personNamed(scene, who)
  scene.actor = actor
  const known = scene.stage.world.shortcuts
  if (!known.includes(name)) fail(scene, 'a shortcut', known.join(' · '))
  await answered(scene, actor.shortcut(name, on ? that(scene) : undefined))
}

export const pressings: readonly Row[] = [
  act(
    'Dana presses [Confirm discovery] beside "Next" on the status card',
    /(\w+) presses \[([^\]]+)\](?: beside "([^"]+)")?(?: on (?:the )?(.+))?/,
    press,
  ),
  act('fills When: 18 Nov 2026', /fills ([^:]+): (.+)/, fill),
  act('sends', /sends/, send),
  act('sends it twice', /sends it twice/, sendTwice),
  act('cancels', /cancels/, async (scene) => scene.actor?.closeForm()),
  act('Dana uses "Record as decision" on that', /(\w+) uses "([^"]+)"( on that)?/, shortcut),
  act('Dana opens Home', /(\w+) opens Home/, async (scene, [who = '']) => {
    scene.actor = personNamed(scene, who)
    await scene.actor.openHome()
  }),
]
