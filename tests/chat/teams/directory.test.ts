import { expect, test } from 'vitest'
import { makeDirectory } from '../../../src/chat/teams/reading/directory.ts'

const sam = { id: '0A000000-0000-4000-8000-00000000000A', name: 'Sam Okafor', member: '29:sam', guest: false }
const lower = sam.id.toLowerCase()

test('a person is found by member id and by object id in either case', () => {
  const directory = makeDirectory()
  directory.learn(sam)
  expect(directory.byMember('29:sam')).toEqual({ ...sam, id: lower })
  expect(directory.byId(sam.id)).toBe(directory.byMember('29:sam'))
  expect(directory.byId(lower)).toBe(directory.byMember('29:sam'))
  expect(directory.all()).toEqual([{ ...sam, id: lower }])
})

test('nobody is found before they were told of', () => {
  expect(makeDirectory().byMember('29:sam')).toBeUndefined()
  expect(makeDirectory().byId(lower)).toBeUndefined()
  expect(makeDirectory().all()).toEqual([])
})

test('a telling without a name or a member id takes neither away', () => {
  const directory = makeDirectory()
  directory.learn(sam)
  directory.learn({ id: lower, name: '', guest: true })
  expect(directory.byMember('29:sam')).toEqual({ ...sam, id: lower, guest: true })
  expect(directory.all()).toHaveLength(1)
})

test('what a roster told of a guest stays until a roster tells otherwise', () => {
  const directory = makeDirectory()
  directory.learn({ ...sam, guest: undefined })
  expect(directory.byId(lower)?.guest).toBeUndefined()
  directory.learn({ ...sam, guest: true })
  directory.learn({ ...sam, guest: undefined })
  expect(directory.byId(lower)?.guest).toBe(true)
  directory.learn(sam)
  expect(directory.byId(lower)?.guest).toBe(false)
})

test('a second member id of one person leads to the same person, an id that moved to its new owner', () => {
  const directory = makeDirectory()
  directory.learn(sam)
  directory.learn({ ...sam, member: '29:sam-again' })
  expect(directory.byMember('29:sam')).toBe(directory.byMember('29:sam-again'))
  directory.learn({ id: 'b', name: 'Dana', member: '29:sam', guest: false })
  expect(directory.byMember('29:sam')?.name).toBe('Dana')
})
