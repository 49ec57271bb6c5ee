/** Declares an incident from a sentence or a form. Whatever is missing can be corrected later; the clocks run at once. */
import { event } from '../domain/events.ts'
import { isKind, kindFromWords } from '../domain/kinds.ts'
import type { Organisation } from '../domain/organisation.ts'
import { isRefusal, refuse } from '../domain/refusal.ts'
import { say } from '../views/say.ts'
import type { Command } from './command.ts'
import { aboutEntry } from './declare-about.ts'
import { type DeclareArgs, declareArgs } from './declare-args.ts'
import { declareForm } from './declare-form.ts'
import { noticedAt } from './declare-noticed.ts'
import { typedDeclaration, unknownKeptOut } from './declare-words.ts'
import { fulfilFresh } from './fulfil.ts'
import { organisationOf } from './reading.ts'

export const declare: Command<DeclareArgs> = {
  verb: 'declare',
  aliases: ['new', 'open', 'create', 'start'],
  summary: 'Declare an incident; its room opens and its clocks run',
  usage: 'declare [drill] <what happened> [at <when first noticed>] [keep out @someone]',
  examples: ['declare my laptop was stolen', 'declare drill fax to the wrong clinic at yesterday 16:20'],
  who: 'Anyone.',
  about: 'new',
  args: declareArgs,
  parse: (words, context) => {
    const [stranger] = unknownKeptOut(words)
    if (stranger)
      return refuse(
        'excluded-unknown',
        `${stranger} is nobody known here, so they could not be kept out. Choose the person from the list that opens after @, or name them in the form.`,
        {
          buttons: [{ label: 'Open the form', line: `declare ${words}`, form: true }],
        },
      )
    const typed = typedDeclaration(words, context)
    return typed.sentence ? typed : undefined
  },
  form: declareForm,
  decide: (args, context) => {
    if (!args.sentence && !args.about_text)
      return refuse('no-sentence', 'Say in one sentence what happened, for example: my laptop was stolen.', {
        field: 'sentence',
        buttons: [{ label: 'Open the form', line: 'declare', form: true }],
      })
    if (args.excluded.includes(context.actor))
      return refuse(
        'excluded-self',
        'You cannot keep yourself out: you are declaring it. Name the others, or ask a colleague to declare.',
        { field: 'excluded' },
      )
    if (args.switches.includes('keep-out') && args.excluded.length === 0)
      return refuse('excluded-nobody', 'Name who is kept out, or turn that switch off.', {
        field: 'excluded',
      })
    const seeing = args.excluded.filter((person) => context.audience.includes(person))
    if (seeing.length > 0) return refuse('excluded-sees-all', cannotKeepOut(seeing), { field: 'excluded' })
    const noticed = noticedAt(args, context)
    if (isRefusal(noticed)) return noticed
    const kind = args.kind && isKind(args.kind) ? args.kind : kindFromWords(args.sentence)
    // Named without the switch is kept out all the same: an invitation cannot be taken back.
    const excluded = [...new Set(args.excluded)]
    const entry = aboutEntry(args)
    return {
      events: [
        event(
          'incident.declared',
          {
            kind,
            drill: args.switches.includes('drill'),
            noticedAt: noticed,
            organisation: organisationOf({ ...context, state: undefined }),
            platform: context.platform,
            workspace: context.workspace,
            excluded,
            roster: rosterWithout(context.organisation, excluded),
          },
          args.sentence ? { sentence: args.sentence } : {},
        ),
        ...(entry ? [entry] : []),
        ...fulfilFresh(kind, 'declare'),
      ],
      // The pipeline gives the number, so it answers with `declaredReply`.
      reply: say('Declared.', ['Declared.']),
    }
  },
}

const cannotKeepOut = (people: readonly string[]): string =>
  `${people.map((person) => `<@${person}>`).join(' and ')} can read every incident's room, because here a room is seen by the whole incidents team. Take them out of that team first, then declare again.`

/** Who the roster named at that moment. A person kept out is not asked for any role. */
const rosterWithout = ({ roster }: Organisation, excluded: readonly string[]) => {
  const unless = (person: string | null) => (person && excluded.includes(person) ? null : person)
  return Object.fromEntries(
    Object.entries(roster).map(([role, { holder, deputy }]) => [
      role,
      { holder: unless(holder), deputy: unless(deputy) },
    ]),
  )
}
