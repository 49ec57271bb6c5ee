// Who works at the practice hospital. Invented people; no real organisation.
export type Person = {
  id: string
  /** handle, without `@` */
  name: string
  realName: string
  title: string
  /** a guest: sees only the channels they were invited to */
  isGuest?: boolean
  tz?: string
}

const person = (id: string, name: string, realName: string, title: string, isGuest = false): Person => ({
  id,
  name,
  realName,
  title,
  isGuest,
  tz: 'America/New_York',
})

export const defaultPeople: readonly Person[] = [
  person('U0DANAREYES', 'dana', 'Dana Reyes', 'Privacy officer'),
  person('U0SAMOKAFOR', 'sam', 'Sam Okafor', 'Help-desk analyst'),
  person('U0PRIYANAIR', 'priya', 'Priya Nair', 'Security and incident response lead'),
  person('U0LEECHAN00', 'lee', 'Lee Chan', 'IT operations manager'),
  person('U0MARIALOPZ', 'maria', 'Maria Lopez', 'Legal counsel'),
  person('U0TOMBECKER', 'tom', 'Tom Becker', 'Chief operating officer'),
  person('U0ANASILVA0', 'ana', 'Ana Silva', 'Communications'),
  person('U0JOPARK000', 'jo', 'Jo Park', 'Nurse manager'),
  person('U0VICTORHAL', 'victor', 'Victor Hale', 'Radiology scheduler'),
  person('U0GUSTAN000', 'gus', 'Gus Tan', 'Contractor (guest)', true),
]
