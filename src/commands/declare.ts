/** Declares an incident from a sentence or a form. Whatever is missing can be corrected later; the clocks run at once. */
import { z } from 'zod'
import { event } from '../domain/events.ts'
import { isKind, kindFromWords, kinds } from '../domain/kinds.ts'
import type { Organisation } from '../domain/organisation.ts'
import { isRefusal, refuse } from '../domain/refusal.ts'
import type { Field } from '../views/card.ts'
import { say } from '../views/say.ts'
import type { Command, Context } from './command.ts'
import { aboutEntry } from './declare-about.ts'
import { initialNoticed, noticedAt } from './declare-noticed.ts'
import { typedDeclaration } from './declare-words.ts'
import { fulfilFresh } from './fulfil.ts'
import { organisationOf } from './reading.ts'

export const declareArgs = z.object({
  /** Longer than the form's 500 only when it was typed: nothing a frightened person typed is cut. */
  sentence: z.string().trim().max(40_000).default(''),
  kind: z.string().optional(),
  noticed: z.string().optional(),
  switches: z.array(z.string()).default([]),
  excluded: z.array(z.string()).default([]),
  about_author: z.string().optional(),
  about_at: z.string().optional(),
  about_text: z.string().optional(),
  about_message: z.string().optional(),
})
export type DeclareArgs = z.infer<typeof declareArgs>

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
    const typed = typedDeclaration(words, context)
    return typed.sentence ? typed : undefined
  },
  form: (context, prefill) => ({
    title: 'Declare an incident',
    submit: 'Declare',
    intro: [
      'Declaring admits nothing.',
      'The clock started when someone first knew.',
      'The sentence is sealed. No patient names.',
    ],
    fields: fields(context, prefill),
    carry: carried(prefill),
  }),
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
    const noticed = noticedAt(args, context)
    if (isRefusal(noticed)) return noticed
    const kind = args.kind && isKind(args.kind) ? args.kind : kindFromWords(args.sentence)
    const excluded = [...new Set(args.switches.includes('keep-out') ? args.excluded : [])]
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

const aboutNames = ['about_author', 'about_at', 'about_text', 'about_message'] as const

const carried = (prefill: Readonly<Record<string, string>>) =>
  Object.fromEntries(aboutNames.flatMap((name) => (prefill[name] ? [[name, prefill[name]]] : [])))

function fields(context: Context, prefill: Readonly<Record<string, string>>): readonly Field[] {
  const typed = typedDeclaration(prefill.words ?? '', context)
  const sentence = (typed.sentence || (prefill.about_text ?? '')).slice(0, 500).toWellFormed()
  return [
    {
      kind: 'choice',
      name: 'kind',
      label: 'Kind',
      hint: 'Not sure? Choose other; it can be corrected.',
      options: kinds.map(({ id, label }) => ({ value: id, label })),
      initial: kindFromWords(sentence),
    },
    {
      kind: 'long-text',
      name: 'sentence',
      label: 'What happened, in one sentence',
      maxLength: 500,
      ...(sentence ? { initial: sentence } : {}),
    },
    {
      kind: 'instant',
      name: 'noticed',
      label: 'When anyone here first noticed',
      hint: 'Not only you: the first colleague who knew. The law counts from that day; the privacy officer confirms it.',
      initial: initialNoticed(typed.noticed ?? prefill.about_at, context),
    },
    {
      kind: 'switches',
      name: 'switches',
      label: 'Also',
      options: [
        { value: 'drill', label: 'This is a drill' },
        {
          value: 'keep-out',
          label: 'Keep someone out',
          hint: 'They are never invited or told of it.',
        },
      ],
      initial: typed.switches,
      optional: true,
    },
    {
      kind: 'people',
      name: 'excluded',
      label: 'Who is kept out',
      hint: 'Counts only with the switch above.',
      optional: true,
      initial: typed.excluded,
    },
  ]
}
