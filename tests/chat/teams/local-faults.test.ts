/** The faults of the local Teams happen as asked for, and not otherwise. */
import { describe, expect, test } from 'vitest'
import type { Reply } from '../../support/teams/bot.ts'
import { asMessage, at, card, proving } from '../../support/teams/proving.ts'

const { arrived, bot, calls, general, helpdesk, restart, teams } = proving()

describe('faults, as asked for and no more', () => {
  const posts = async (...words: string[]) => {
    for (const word of words) await teams().as('sam').post(helpdesk(), word)
    return (await arrived()).map(({ text }) => text)
  }

  test('a dropped activity never comes; a doubled one comes twice with one id', async () => {
    teams().faults.dropActivities(1, ({ text }) => text === 'one')
    teams().faults.duplicateActivities(1, ({ text }) => text === 'two')
    for (const word of ['one', 'two', 'three']) await teams().as('sam').post(helpdesk(), word)
    const told = await arrived()
    expect(told.map(({ text }) => text)).toEqual(['two', 'two', 'three'])
    expect(new Set(told.map(({ id }) => id)).size).toBe(2)
    expect(await posts('one')).toEqual(['one'])
  })

  test('what is held back comes when it is let go, in the order asked for; a delayed one after the others', async () => {
    teams().faults.holdActivities(({ text }) => text !== 'now')
    expect(await posts('one', 'two', 'now')).toEqual(['now'])
    teams().faults.releaseActivities('reversed')
    await teams().idle()
    const inOrder = () =>
      bot()
        .take()
        .map(({ text }) => text)
    expect(inOrder()).toEqual(['two', 'one'])
    teams().faults.delayActivities(400, 1, ({ text }) => text === 'late')
    for (const word of ['late', 'soon']) await teams().as('sam').post(helpdesk(), word)
    await teams().idle()
    expect(inOrder()).toEqual(['soon', 'late'])
  })

  const unanswered: readonly (readonly [string, Reply])[] = [
    ['whose connection is cut', { status: 0, cut: true }],
    ['that is never answered', { status: 0, silent: true }],
    ['answered with a server error', { status: 503 }],
  ]
  test.each(unanswered)(
    'an activity %s comes again with the same id, once, and is lost',
    async (_, reply) => {
      await restart({ answerMs: 500 })
      bot().answers(() => reply)
      const id = await teams().as('sam').post(helpdesk(), 'again')
      expect((await arrived()).map((each) => each.id)).toEqual([id, id])
      expect(teams().lost.map((each) => each.id)).toEqual([id])
    },
  )

  test('the second attempt may be answered', async () => {
    let isFirst = true
    bot().answers(() => {
      const reply: Reply = isFirst ? { status: 0, cut: true } : { status: 200 }
      isFirst = false
      return reply
    })
    expect(await posts('again')).toEqual(['again', 'again'])
    expect(teams().lost).toEqual([])
  })

  test('a lost answer brings it again; an error does not where that was not asked for', async () => {
    await restart({ repeatsAfterErrors: false })
    teams().faults.loseAnswers(1)
    expect(await posts('lost')).toEqual(['lost', 'lost'])
    bot().answers(() => ({ status: 500 }))
    expect(await posts('error')).toEqual(['error'])
    expect(teams().lost).toHaveLength(1)
  })

  test('an unanswered invoke comes again with the same id; one that failed does not', async () => {
    bot().answers(() => ({ status: 0, cut: true }))
    expect(await teams().as('sam').composeAction('declare', helpdesk())).toMatchObject({
      ok: false,
      status: 0,
    })
    const [first, second, ...more] = await arrived()
    expect([first.name, second.id, more]).toEqual(['composeExtension/fetchTask', first.id, []])
    bot().answers(() => ({ status: 500 }))
    await teams().as('sam').composeAction('declare', helpdesk())
    expect(await arrived()).toHaveLength(1)
  })

  test('the documented limits are kept where they are asked for', async () => {
    // Real time stands still, so that all of it is at once.
    await restart({ throttles: true, wall: () => at.getTime() })
    const bare = calls()
    const room = `v3/conversations/${helpdesk()}/activities`
    const sent = await Promise.all(
      Array.from({ length: 8 }, () => bare.connector('POST', room, asMessage(card()))),
    )
    const refused = sent.filter(({ status }) => status === 429)
    expect(refused.map(({ headers }) => headers.get('retry-after'))).toEqual(['1'])
    const read = await Promise.all(
      Array.from({ length: 6 }, () => bare.graph('GET', `/teams/${teams().teamId}`)),
    )
    expect(read.filter(({ status }) => status === 429)).toHaveLength(2)
    expect((await bare.graph('GET', `/teams/${teams().hospitalTeamId}`)).status).toBe(200)
  })

  test('calls fail by name and number, with what the platform says, done or not done', async () => {
    const bare = calls()
    const send = () => bare.connector('POST', `v3/conversations/${helpdesk()}/activities`, asMessage(card()))
    const seen = () => teams().as('sam').everything(helpdesk()).length
    teams().faults.failCalls('connector.send', { kind: 'status', status: 429, retryAfterSeconds: 3 })
    const throttled = await send()
    expect([throttled.status, throttled.headers.get('retry-after'), seen()]).toEqual([429, '3', 0])
    teams().faults.failCalls('connector.*', { kind: 'status', status: 504, done: true })
    expect([(await send()).status, seen()]).toEqual([504, 1])
    teams().faults.failCalls('*', { kind: 'cut', done: true })
    await expect(send()).rejects.toThrow()
    expect(seen()).toBe(2)
    teams().faults.failCalls('graph.delta', { kind: 'page' })
    const page = await bare.graph('GET', `/teams/${teams().teamId}/channels/${general()}/messages/delta`)
    expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8'])
    expect((await send()).status).toBe(201)
    const noted = teams()
      .calls.filter(({ op }) => op === 'connector.send')
      .map(({ method, status }) => [method, status])
    expect(noted).toEqual([
      ['POST', 429],
      ['POST', 504],
      ['POST', 0],
      ['POST', 201],
    ])
  })

  test('it goes down and comes back at the same address', async () => {
    const bare = calls()
    await bare.graph('GET', `/teams/${teams().teamId}`)
    await teams().faults.goDown()
    await expect(bare.graph('GET', `/teams/${teams().teamId}`)).rejects.toThrow()
    await teams().faults.comeBack()
    expect((await bare.graph('GET', `/teams/${teams().teamId}`)).status).toBe(200)
  })
})
