/** One call of a command, however it came: typed, pressed, submitted or said to the bot. */
import type { InboundCommand, InboundForm, InboundMessage } from '../chat/port.ts'
import type { Context } from '../commands/command.ts'
import type { AnyCommand } from '../commands/index.ts'
import type { Stamp } from '../store/append.ts'
import type { Wardroom } from '../wardroom.ts'

export type CommandInbound = InboundCommand | InboundForm | InboundMessage

/** One call of a command, however it came. */
export interface Call {
  readonly row: AnyCommand
  readonly inbound: CommandInbound
  /** What was typed, for the echo and the record; a form's verb. */
  readonly typed: string
  /** Words for `parse`, or a form's values. */
  readonly words?: string
  readonly values?: Readonly<Record<string, unknown>>
  readonly prefill: Readonly<Record<string, string>>
  readonly wantsForm: boolean
  /** The reason given for acting while nobody holds the role. */
  readonly acting?: { readonly role: string; readonly reason: string }
  /** The message a mention was typed in: recorded with the outcome. */
  readonly heard?: InboundMessage
}

export const viaOf = (inbound: CommandInbound): Context['via'] =>
  inbound.type === 'command' ? inbound.via : inbound.type === 'form' ? 'form' : 'mention'

export function stampOf(wardroom: Wardroom, { inbound }: Pick<Call, 'inbound'>): Stamp {
  const { actor, actorKind, platform, workspace } = inbound
  return {
    actor: { id: actor, kind: actorKind },
    at: wardroom.now(),
    source: {
      platform,
      workspace,
      room: inbound.room ?? null,
      message: inbound.type === 'message' ? inbound.message : null,
      thread: inbound.type === 'form' ? null : (inbound.thread ?? null),
      ts: inbound.at.toISOString(),
    },
  }
}
