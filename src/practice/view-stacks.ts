// What is open before each person: triggers, and stacks of modals.
import type { Json } from './page-api.ts'

export type Trigger = { user: string; issuedAt: number; isUsed: boolean; viewId: string | null }

/** Kept in memory only: modals do not survive a restart in Slack's clients either. */
export type Views = {
  readonly triggers: Map<string, Trigger>
  /** bottom first */
  readonly stacks: Map<string, Json[]>
}

export const createViews = (): Views => ({ triggers: new Map(), stacks: new Map() })
