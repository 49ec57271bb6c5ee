/** Who a person was called when they took part: kept beside their id, because staff leave and accounts go. */
export interface PeopleEvents {
  /** The name is in the sealed text. Not known: the platform had nobody of that id any more, said once. */
  'person.named': { readonly person: string; readonly known: boolean }
}
