/**
 * Asks for the bundle of an incident: the record for somebody outside, to whoever holds an office for it today, whether
 * the incident is open, closed or its room long gone. It comes to them alone.
 */
import { event } from '../domain/events.ts'
import { isRefusal } from '../domain/refusal.ts'
import { exportAskedReply } from '../views/exports.ts'
import { allow } from './allow.ts'
import type { Command } from './command.ts'
import { exportForm } from './export-form.ts'
import { type ExportArgs, exportArgs, scopeOf, typedExport } from './export-words.ts'
import { participantsIncident } from './here.ts'

export const exporting: Command<ExportArgs> = {
  verb: 'export',
  aliases: ['bundle'],
  summary: 'Get the record as a bundle that an outsider can check',
  usage: 'export [inc-2026-0007] [decision file | full | <from> to <to>]',
  examples: ['export decision file', 'export inc-2026-0007 2026-11-20 to 2026-11-27'],
  who: 'Whoever is privacy officer, security officer or counsel today, from anywhere; also after closing.',
  about: 'incident',
  staysSealed: true,
  wantsLeaving: true,
  args: exportArgs,
  parse: typedExport,
  form: exportForm,
  decide: (args, context) => {
    const state = participantsIncident(context)
    if (isRefusal(state)) return state
    const granted = allow(state, 'incident.export', context, undefined)
    if (isRefusal(granted)) return granted
    const scope = scopeOf(args, context)
    if (isRefusal(scope)) return scope
    const { kind, from, to } = scope
    return {
      events: [event('export.requested', { scope: kind, from, to })],
      reply: exportAskedReply({ state }, scope),
    }
  },
}
