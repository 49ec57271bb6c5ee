/** The form of `privilege`: on a message it asks only how far the mark reaches and its basis. */
import { roomsOn } from '../domain/platforms.ts'
import type { Field, Form } from '../views/card.ts'
import type { Context } from './command.ts'
import { hereIn } from './privilege-words.ts'
import { peopleIn } from './words.ts'

const reaches = [
  { value: 'message', label: 'One message' },
  { value: 'thread', label: 'Its whole thread', hint: 'The first message and every reply, also later ones' },
  { value: 'room', label: 'The whole room', hint: 'Everything said in it, also later' },
]

const companion = {
  value: 'companion',
  label: 'A private room for counsel',
  hint: 'Opened for you and whom you name; privileged whole',
}

export function privilegeForm(
  context: Context,
  { about_room, about_message, words = '' }: Readonly<Record<string, string>>,
): Omit<Form, 'verb' | 'nonce' | 'incident'> {
  const isOn = about_room !== undefined && about_message !== undefined
  const people = peopleIn(words)
  // Where everybody in the team sees every room there can be none.
  const canOpen = !isOn && roomsOn(context.platform) === 'invited'
  const link: Field = {
    kind: 'text',
    name: 'link',
    label: 'Link to the message',
    hint: 'Copy it from the message’s menu. Not needed for a room',
    optional: true,
    maxLength: 500,
  }
  return {
    title: 'Mark as privileged',
    submit: 'Mark',
    intro: [
      'Its content stays out of what is exported. That it was said stays on the record, and the privilege log names your basis.',
    ],
    fields: [
      {
        kind: 'choice',
        name: 'target',
        label: 'What is privileged',
        options: canOpen ? [...reaches, companion] : reaches,
        initial: isOn ? 'message' : canOpen && people.length > 0 ? 'companion' : 'thread',
      },
      ...(isOn ? [] : [link]),
      ...(canOpen
        ? [
            {
              kind: 'people',
              name: 'people',
              label: 'Who is let in',
              hint: 'For a private room: they are invited, and named in custody. You are let in either way',
              optional: true,
              initial: people,
            } satisfies Field,
          ]
        : []),
      {
        kind: 'long-text',
        name: 'reason',
        label: 'Basis',
        hint: 'For example: request for legal advice to counsel',
        maxLength: 3000,
      },
    ],
    ...(isOn
      ? { carry: { about_room, about_message, ...(context.thread ? { about_thread: context.thread } : {}) } }
      : { carry: hereIn(context) }),
  }
}
