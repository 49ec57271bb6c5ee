/** The form of `privilege`: on a message it asks only how far the mark reaches and its basis. */
import type { Field, Form } from '../views/card.ts'
import type { Context } from './command.ts'
import { hereIn } from './privilege-words.ts'

const reaches = [
  { value: 'message', label: 'One message' },
  { value: 'thread', label: 'Its whole thread', hint: 'The first message and every reply, also later ones' },
  { value: 'room', label: 'The whole room', hint: 'Everything said in it, also later' },
]

export function privilegeForm(
  context: Context,
  { about_room, about_message }: Readonly<Record<string, string>>,
): Omit<Form, 'verb' | 'nonce' | 'incident'> {
  const isOn = about_room !== undefined && about_message !== undefined
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
        options: reaches,
        initial: isOn ? 'message' : 'thread',
      },
      ...(isOn ? [] : [link]),
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
