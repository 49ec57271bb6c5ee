// The page's acts, each through the same function that tests call.
import type { Actor } from './actor.ts'
import type { Act, ActAnswer } from './page-api.ts'

export const runAct = async (actor: Actor, act: Act): Promise<ActAnswer> => {
  switch (act.do) {
    case 'post': {
      const more = {
        ...(act.thread ? { thread: act.thread } : {}),
        ...(act.broadcast ? { broadcast: true } : {}),
      }
      return { ok: true, ts: await actor.post(act.channel, act.text, more) }
    }
    case 'edit':
      await actor.edit(act.channel, act.ts, act.text)
      return { ok: true }
    case 'delete':
      await actor.remove(act.channel, act.ts)
      return { ok: true }
    case 'react':
    case 'unreact':
      await actor[act.do](act.channel, act.ts, act.name)
      return { ok: true }
    case 'pin':
    case 'unpin':
      await actor[act.do](act.channel, act.ts)
      return { ok: true }
    case 'command':
      await actor.command(act.channel, act.text, act.thread ? { thread: act.thread } : {})
      return { ok: true }
    case 'action': {
      const which = { actionId: act.actionId, blockId: act.blockId }
      if (act.picked === undefined) await actor.click(act.on, which, act.values ?? {})
      else await actor.select(act.on, which, act.picked, act.values ?? {})
      return { ok: true }
    }
    case 'messageShortcut':
      await actor.messageShortcut(act.callbackId, act.channel, act.ts)
      return { ok: true }
    case 'globalShortcut':
      await actor.globalShortcut(act.callbackId)
      return { ok: true }
    case 'submit': {
      const { errors } = await actor.submit(act.values, act.view)
      return errors ? { ok: true, errors } : { ok: true }
    }
    case 'close':
      await actor.close({ all: act.all ?? false })
      return { ok: true }
    case 'openHome':
      await actor.openHome(act.tab ?? 'home')
      return { ok: true }
    case 'openDm':
      return { ok: true, channel: await actor.openDm(act.with) }
    case 'upload': {
      const more = { ...(act.text ? { text: act.text } : {}), ...(act.thread ? { thread: act.thread } : {}) }
      const { ts } = await actor.upload(
        act.channel,
        { name: act.name, bytes: Buffer.from(act.base64, 'base64') },
        more,
      )
      return { ok: true, ts }
    }
    case 'attach':
      return { ok: true, file: actor.attach({ name: act.name, bytes: Buffer.from(act.base64, 'base64') }) }
    case 'markRead':
      await actor.markRead(act.channel, act.ts)
      return { ok: true }
    case 'join':
    case 'leave':
    case 'archive':
    case 'unarchive':
      await actor[act.do](act.channel)
      return { ok: true }
    case 'createChannel':
      return { ok: true, channel: await actor.createChannel(act.name, act.isPrivate) }
    case 'invite':
      await actor.invite(act.channel, ...act.users)
      return { ok: true }
    case 'dismiss':
      await actor.dismiss(act.ts)
      return { ok: true }
    default:
      return { ok: false, error: 'The workspace does not know that action.' }
  }
}
