/** Adds an item to the current phase. Its title is sealed; its id (A1, A2 …) is what the record and cards name it by. */
import { event } from '../domain/events.ts'
import type { IncidentState } from '../domain/incident.ts'
import { phaseLabel } from '../domain/phases.ts'
import { type Refusal, refuse } from '../domain/refusal.ts'
import { roleLabel } from '../domain/roles.ts'
import { button, say } from '../views/say.ts'
import type { CheckArgs } from './check-args.ts'
import type { Context, Decision } from './command.ts'
import { ofIncident } from './role-words.ts'

export function add(state: IncidentState, { title, role }: CheckArgs, context: Context): Decision | Refusal {
  if (!title)
    return refuse('title-needed', `Say what is to be done: ${context.word} check add <title>`, {
      field: 'title',
      buttons: [{ label: 'Add an item', line: 'check add', form: true, ...ofIncident(context) }],
    })
  const id = nextAdded(state)
  const where = `${phaseLabel(state.phase)}${role ? `, for the ${roleLabel(role)}` : ''}`
  return {
    events: [event('item.added', { item: id, phase: state.phase, role: role ?? null }, { title })],
    reply: say(
      `${id} added.`,
      [`${id} added to ${where}.`, `○ ${title}`],
      [
        button(`Complete ${id}`, `check ${id} done`, ofIncident(context)),
        button('Checklist', 'check', ofIncident(context)),
      ],
    ),
  }
}

const nextAdded = (state: IncidentState): string =>
  `A${Math.max(0, ...state.added.map(({ id }) => Number(id.slice(1)))) + 1}`
