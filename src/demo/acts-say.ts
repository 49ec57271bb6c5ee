/** What people do with words: say, reply, edit, delete, react, share a file, come and go. */
import type { MessageRef } from '../chat/port.ts'
import { act, type Row } from './row.ts'
import { fail, inWordsOf, personNamed, type Scene, theRoom } from './scene.ts'
import type { Player } from './world.ts'

/** `{40000 × x}` is written short and said long: so often, or as often as one message holds here. */
const expand = (scene: Scene, text: string): string =>
  inWordsOf(scene, text).replace(/\{(\d+) × (.+?)\}/gu, (_, times: string, what: string) =>
    what.repeat(Math.min(Number(times), scene.stage.world.most(what))),
  )

/** `/incident …` is the command however the platform types it; everything else is speech. */
async function say(scene: Scene, actor: Player, room: string, text: string): Promise<void> {
  scene.actor = actor
  const words = expand(scene, text)
  if (!words.startsWith('/')) return said(scene, actor, await actor.post(room, words))
  const line = /^\/incident(?:\s+|$)(.*)$/s.exec(words)?.[1]
  if (line === undefined) return fail(scene, 'a command line such as /incident status', words.slice(0, 80))
  const outcome = await actor.command(room, line)
  if (!outcome.ok) fail(scene, 'an answer to the command in time', outcome.reason)
}

function said(scene: Scene, actor: Player, message: MessageRef): void {
  scene.that = message
  scene.lastBy.set(actor.id, message)
}

export const that = (scene: Scene) => scene.that ?? fail(scene, 'a message before this line', '')
const ownLast = (scene: Scene, actor: Player) =>
  scene.lastBy.get(actor.id) ?? fail(scene, 'a message of theirs before this line', '')

async function reply(scene: Scene, who: string, text: string): Promise<void> {
  const actor = personNamed(scene, who)
  scene.actor = actor
  said(scene, actor, await actor.reply(that(scene), expand(scene, text)))
}

async function withOwn(
  scene: Scene,
  who: string,
  change: (actor: Player, message: MessageRef) => Promise<void>,
): Promise<void> {
  const actor = personNamed(scene, who)
  scene.actor = actor
  await change(actor, ownLast(scene, actor))
}

async function withThat(
  scene: Scene,
  who: string,
  change: (actor: Player, message: MessageRef) => Promise<unknown>,
): Promise<void> {
  const actor = personNamed(scene, who)
  scene.actor = actor
  await change(actor, that(scene))
}

async function inRoom(scene: Scene, who: string, change: (actor: Player, room: string) => Promise<unknown>) {
  const actor = personNamed(scene, who)
  scene.actor = actor
  await change(actor, await theRoom(scene))
}

export const sayings: readonly Row[] = [
  act(
    'Sam in #it-helpdesk: /incident declare …',
    /(\w+) in #([\w-]+): (.+)/,
    (scene, [who = '', room = '', text = '']) => say(scene, personNamed(scene, who), room, text),
  ),
  act('Sam to Wardroom: my laptop is gone', /(\w+) to Wardroom: (.+)/, (scene, [who = '', text = '']) => {
    const actor = personNamed(scene, who)
    return say(scene, actor, actor.direct, text)
  }),
  act('Dana, in the thread: found it', /(\w+), in the thread: (.+)/, (scene, [who = '', text = '']) =>
    reply(scene, who, text),
  ),
  act('Sam edits that to: off at 22:10', /(\w+) edits that to: (.+)/, (scene, [who = '', text = '']) =>
    withOwn(scene, who, (actor, message) => actor.edit(message, expand(scene, text))),
  ),
  act('Sam deletes that', /(\w+) deletes that/, (scene, [who = '']) =>
    withOwn(scene, who, (actor, message) => actor.remove(message)),
  ),
  act('Dana marks that with 📌', /(\w+) marks that with 📌/, (scene, [who = '']) =>
    withThat(scene, who, async (actor, message) => {
      const outcome = await actor.mark(message)
      if (!outcome.ok) fail(scene, 'an answer to the mark in time', outcome.reason)
    }),
  ),
  act('Dana takes the 📌 off that', /(\w+) takes the 📌 off that/, (scene, [who = '']) =>
    withThat(scene, who, (actor, message) => actor.unmark(message)),
  ),
  act(
    'Lee shares vpn.csv saying: the log',
    /(\w+) shares (\S+) saying: (.+)/,
    (scene, [who = '', name = '', text = '']) =>
      inRoom(scene, who, async (actor, room) => {
        said(scene, actor, await actor.share(room, { name, bytes: `the bytes of ${name}\n` }, text))
      }),
  ),
  act('Dana adds Victor to the room', /(\w+) adds (\w+) to the room/, (scene, [who = '', other = '']) =>
    inRoom(scene, who, (actor, room) => actor.invite(room, personNamed(scene, other).id)),
  ),
  act('Sam leaves the room', /(\w+) leaves the room/, (scene, [who = '']) =>
    inRoom(scene, who, (actor, room) => actor.leave(room)),
  ),
  act('Sam: Device was last online 22:10', /(\w+): (.+)/, async (scene, [who = '', text = '']) =>
    say(scene, personNamed(scene, who), await theRoom(scene), text),
  ),
]
