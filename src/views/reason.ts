/** The form that asks why somebody acts while nobody holds the role. Asked once for each role and person. */
import type { Refusal } from '../domain/refusal.ts'
import type { Form } from './card.ts'
import { withPeople } from './say.ts'

export const reasonForm = (refusal: Refusal): Omit<Form, 'verb' | 'nonce' | 'incident'> => ({
  title: 'Go ahead with a reason',
  submit: 'Go ahead',
  intro: [withPeople(refusal.refusal)],
  fields: [{ name: 'acting_reason', label: 'Why you act now', kind: 'long-text', maxLength: 1000 }],
})
