/** What people do with words: say, reply, edit, delete, react, share a file, come and go. */
import type { Actor } from '../practice/actor.ts'
import { act, type Row } from './row.ts'
import { fail, personNamed, type Scene, theRoom } from './scene.ts'

/** `{40000 × x}` is written short and said long. */
const expand = (text: string): string =>
  text.replace(/\{(\d+) × (.+?)\}/gu, (_, times: string, what: string) => what.repeat(Number(times)))

async function say(scene: Scene, who: string, channel: string | undefined, text: string): Promise<void> {
  const actor = personNamed(scene, who)
  const place = channel ?? (await theRoom(scene))
  scene.actor = actor
  const words = expand(text)
  if (!words.startsWith('/')) return said(scene, actor, place, await actor.post(place, words))
  const outcome = await actor.command(place, words)
  if (!outcome.ok) fail(scene, 'an answer to the command within three seconds', outcome.reason)
}

function said(scene: Scene, actor: Actor, channel: string, ts: string): void {
  scene.that = { channel, ts }
  scene.lastBy.set(actor.id, scene.that)
}

export const that = (scene: Scene) => scene.that ?? fail(scene, 'a message before this line', '')
const ownLast = (scene: Scene, actor: Actor) =>
  scene.lastBy.get(actor.id) ?? fail(scene, 'a message of theirs before this line', '')

async function reply(scene: Scene, who: string, text: string): Promise<void> {
  const actor = personNamed(scene, who)
  scene.actor = actor
  const { channel, ts } = that(scene)
  const message = actor.everything(channel).find((each) => each.ts === ts)
  said(scene, actor, channel, await actor.reply(channel, message?.threadTs ?? ts, expand(text)))
}

async function withOwn(
  scene: Scene,
  who: string,
  change: (actor: Actor, channel: string, ts: string) => Promise<void>,
): Promise<void> {
  const actor = personNamed(scene, who)
  scene.actor = actor
  const { channel, ts } = ownLast(scene, actor)
  await change(actor, channel, ts)
}

async function withThat(
  scene: Scene,
  who: string,
  change: (actor: Actor, channel: string, ts: string) => Promise<void>,
): Promise<void> {
  const actor = personNamed(scene, who)
  scene.actor = actor
  const { channel, ts } = that(scene)
  await change(actor, channel, ts)
}

async function inRoom(scene: Scene, who: string, change: (actor: Actor, room: string) => Promise<unknown>) {
  const actor = personNamed(scene, who)
  scene.actor = actor
  await change(actor, await theRoom(scene))
}

export const sayings: readonly Row[] = [
  act(
    'Sam in #it-helpdesk: /incident declare …',
    /(\w+) in #([\w-]+): (.+)/,
    (scene, [who = '', channel, text = '']) => say(scene, who, channel, text),
  ),
  act('Sam to Wardroom: my laptop is gone', /(\w+) to Wardroom: (.+)/, (scene, [who = '', text = '']) =>
    say(scene, who, scene.stage.practice.botUserId, text),
  ),
  act('Dana, in the thread: found it', /(\w+), in the thread: (.+)/, (scene, [who = '', text = '']) =>
    reply(scene, who, text),
  ),
  act('Sam edits that to: off at 22:10', /(\w+) edits that to: (.+)/, (scene, [who = '', text = '']) =>
    withOwn(scene, who, (actor, channel, ts) => actor.edit(channel, ts, expand(text))),
  ),
  act('Sam deletes that', /(\w+) deletes that/, (scene, [who = '']) =>
    withOwn(scene, who, (actor, channel, ts) => actor.remove(channel, ts)),
  ),
  act('Dana pins that with 📌', /(\w+) marks that with 📌/, (scene, [who = '']) =>
    withThat(scene, who, (actor, channel, ts) => actor.react(channel, ts, 'pushpin')),
  ),
  act('Dana takes the 📌 off that', /(\w+) takes the 📌 off that/, (scene, [who = '']) =>
    withThat(scene, who, (actor, channel, ts) => actor.unreact(channel, ts, 'pushpin')),
  ),
  act(
    'Lee shares vpn.csv saying: the log',
    /(\w+) shares (\S+) saying: (.+)/,
    (scene, [who = '', name = '', text = '']) =>
      inRoom(scene, who, async (actor, room) => {
        const { ts } = await actor.upload(room, { name, bytes: `the bytes of ${name}\n` }, { text })
        said(scene, actor, room, ts)
      }),
  ),
  act('Dana adds Victor to the room', /(\w+) adds (\w+) to the room/, (scene, [who = '', other = '']) =>
    inRoom(scene, who, (actor, room) => actor.invite(room, personNamed(scene, other).id)),
  ),
  act('Sam leaves the room', /(\w+) leaves the room/, (scene, [who = '']) =>
    inRoom(scene, who, (actor, room) => actor.leave(room)),
  ),
  act('Sam: Device was last online 22:10', /(\w+): (.+)/, (scene, [who = '', text = '']) =>
    say(scene, who, undefined, text),
  ),
]
