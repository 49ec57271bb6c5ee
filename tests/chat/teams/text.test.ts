import { describe, expect, test } from 'vitest'
import { cardWords } from '../../../src/chat/teams/reading/card-words.ts'
import { activitySchema, chatMessageSchema } from '../../../src/chat/teams/reading/payload.ts'
import { saidInActivity, saidInRow } from '../../../src/chat/teams/reading/said.ts'
import {
  account,
  appId,
  bot,
  dana,
  html,
  knowing,
  posted,
  row,
  sam,
  says,
  self,
  stranger,
} from './activities.ts'

const saidBy = (activity: object) => saidInActivity(self, knowing(), activitySchema.parse(activity))
const text = (content: string, more: object = {}) => saidBy(posted({ ...html(content), ...more })).text
const kept = (content: string) => saidBy(posted(html(content))).original
const mention = (name: string, index = 0) =>
  `<span itemtype="http://schema.skype.com/Mention" itemscope itemid="${index}">${name}</span>`
const entity = (id: string, name: string, more: object = {}) => ({
  type: 'mention',
  text: `<at>${name}</at>`,
  mentioned: { id, name, ...more },
})

describe('HTML becomes', () => {
  const rows: [string, string, string][] = [
    ['a line for a paragraph', text('<p>one</p><p>two</p>'), 'one\ntwo'],
    ['no line for an empty paragraph', text('<p>one</p>\n<p>&nbsp;</p>\n<p>two</p>'), 'one\ntwo'],
    ['a line where one was broken', text('one<br>two<br/><br/>three'), 'one\ntwo\n\nthree'],
    ['at most one blank line', text(`one${'<br>'.repeat(40)}two`), 'one\n\ntwo'],
    ['one space for any white space', text('<div><div>a\n  b&nbsp;&nbsp;c\t d</div>\n</div>'), 'a b c d'],
    ['no space where none was', text('un<b>believ</b>able'), 'unbelievable'],
    [
      'the characters that entities stand for',
      text('a &lt;b&gt; &amp;amp; &quot;c&quot; &#39;d&#39; &euro;'),
      `a <b> &amp; "c" 'd' €`,
    ],
    ['an emoji for its element', text('ok <emoji id="1f642" alt="🙂" title="Smile"></emoji>!'), 'ok 🙂!'],
    [
      'an emoji’s title where it has no sign',
      text('<emoji id="custom_x" title="party parrot">x</emoji>'),
      'party parrot',
    ],
    ['an emoji’s id where it has nothing else', text('<customemoji id="parrot"></customemoji>'), ':parrot:'],
    [
      'an emoji for its picture',
      text(
        'fine <span title="Smile"><img itemscope itemtype="http://schema.skype.com/Emoji" alt="🙂" src="x"></span>',
      ),
      'fine 🙂',
    ],
    ['a word for a picture', text('see <img src="https://x.test/1" alt="image">'), 'see [image]'],
    [
      'what a picture shows, where it says so',
      text('<img src="https://x.test/1" alt="a log">'),
      '[image: a log]',
    ],
    ['list marks', text('<ul><li>one</li><li>two</li></ul>'), '- one\n- two'],
    ['numbers of a numbered list', text('<ol><li>one</li><li>two</li></ol>'), '1. one\n2. two'],
    [
      'lists in lists',
      text('<ul><li>a<ol><li>b</li><li>c</li></ol></li><li>d</li></ul>'),
      '- a\n  1. b\n  2. c\n- d',
    ],
    [
      'rows and cells of a table',
      text('<table><tbody><tr><td>a</td><td>b</td></tr><tr><td><p>c</p></td><td></td></tr></tbody></table>'),
      'a | b\nc |',
    ],
    [
      'quoted lines',
      text('<blockquote><p>one</p><p>two</p></blockquote><p>three</p>'),
      '> one\n> two\nthree',
    ],
    [
      'a quote that names its author',
      text(
        `<blockquote itemscope itemtype="http://schema.skype.com/Reply" itemid="1"><strong itemprop="mri">Dana</strong><span itemprop="time"></span><p itemprop="preview">when?</p></blockquote><p>at noon</p>`,
      ),
      '> Dana\n> when?\nat noon',
    ],
    [
      'code as it was typed',
      text('<codeblock class="Json"><code>{\n  "a":  1\n}</code></codeblock>'),
      '{\n  "a":  1\n}',
    ],
    [
      'an address beside the words that hide it',
      text('see <a href="https://evil.test/x">here</a>.'),
      'see here (https://evil.test/x).',
    ],
    ['an address once where the words are it', text('<a href="https://x.test/">x.test</a>'), 'x.test'],
    ['the address of a link without words', text('<a href="https://x.test/"></a>'), 'https://x.test/'],
    ['a mail address once', text('<a href="mailto:a@x.test">a@x.test</a>'), 'a@x.test'],
    ['no address that is none', text('<a href="javascript:alert(1)">here</a>'), 'here'],
    ['nothing nobody sees', text('a<script>b</script><style>c</style><!-- d -->e'), 'ae'],
    [
      'text in either direction as it stands',
      text('<p>&rlm;שלום عليكم \u202eabc\u202c</p>'),
      '\u200fשלום عليكم \u202eabc\u202c',
    ],
    ['a lone surrogate as it stands', text('<p>a\ud83d b</p>'), 'a\ud83d b'],
    ['what is left of a tag that never ends', text('<p>one</p><p two'), 'one'],
    ['words in tags nobody knows', text('<blink>one</blink> <x-y z="1">two</x-y>'), 'one two'],
    ['lines of headings and rules', text('<h1>a</h1>b<hr>c'), 'a\nb\n---\nc'],
    ['nothing for nothing', text(''), ''],
  ]
  for (const [name, got, wanted] of rows) test(name, () => expect(got).toBe(wanted))
})

describe('the HTML is kept', () => {
  const rows: [string, string | undefined, boolean][] = [
    ['not where it only wraps the text', kept('<div><div><p>a&nbsp;b</p></div></div>'), false],
    [
      'not for emoji, mentions and lists',
      kept(`<p>${mention('x')}<emoji alt="🙂"></emoji></p><ul><li>a</li></ul>`),
      false,
    ],
    ['not for a link, whose address is told', kept('<a href="https://x.test">here</a>'), false],
    ['not for a file, which has its own place', kept('<p>see</p><attachment id="x"></attachment>'), false],
    ['where something stood out', kept('this is <b>not</b> confirmed'), true],
    ['where something was struck', kept('<s>PHI</s> no PHI'), true],
    ['for how it looked', kept('<p style="color:red">a</p>'), true],
    ['for a picture’s place', kept('<img src="https://x.test/1">'), true],
    ['for a quote', kept('<blockquote>a</blockquote>'), true],
    ['for a table', kept('<table><tr><td>a</td></tr></table>'), true],
    ['for what nobody sees', kept('a<script>b</script>'), true],
    ['for an address that is none', kept('<a href="javascript:x">a</a>'), true],
  ]
  for (const [name, got, wanted] of rows) test(name, () => expect(got !== undefined).toBe(wanted))

  test('as it came', () => expect(kept('a <b>b</b>')).toBe('a <b>b</b>'))
})

describe('a mention becomes', () => {
  const rows: [string, string, string][] = [
    [
      'a person’s id where the directory knows it',
      saidBy(says('ask {dana} now')).text,
      `ask <@${dana.id}> now`,
    ],
    ['a person’s name where nobody told of them', saidBy(says('ask {who}.')).text, 'ask @Who Ever.'],
    ['the bot’s name', saidBy(says('ask {bot}')).text, 'ask @Wardroom'],
    [
      'an id the activity tells itself',
      text(mention('Sam'), { entities: [entity('29:9', 'Sam', { aadObjectId: sam.id.toUpperCase() })] }),
      `<@${sam.id}>`,
    ],
    [
      'the id inside an organisation’s member name',
      text(mention('Sam'), { entities: [entity(`8:orgid:${sam.id}`, 'Sam')] }),
      `<@${sam.id}>`,
    ],
    [
      'the channel’s name',
      text(mention('General'), { entities: [entity('19:x@thread.tacv2', 'General')] }),
      '@General',
    ],
    [
      'one, where Teams split a name into its words',
      text(`${mention('Reyes,')} ${mention('Dana', 1)} has it`, {
        entities: [entity(dana.member, 'Reyes,'), entity(dana.member, 'Dana')],
      }),
      `<@${dana.id}> has it`,
    ],
    [
      'its person where other entities stand between',
      text(mention('Dana Reyes'), {
        entities: [{ type: 'clientInfo' }, null, 7, entity(dana.member, dana.name)],
      }),
      `<@${dana.id}>`,
    ],
    [
      'its person where the numbers are off but the name fits',
      text(mention('Dana Reyes', 7), { entities: [entity(dana.member, dana.name)] }),
      `<@${dana.id}>`,
    ],
    [
      'its person with spaces around the name',
      text(`ask${mention(' Dana  Reyes ')}now`, { entities: [entity(dana.member, dana.name)] }),
      `ask <@${dana.id}> now`,
    ],
    ['a name where nothing is listed', text(mention('Dana Reyes'), { entities: [] }), '@Dana Reyes'],
    [
      'a name where the list is of something else',
      text(mention('Dana Reyes'), { entities: [{ type: 'mention' }] }),
      '@Dana Reyes',
    ],
    [
      'a name where the listed one is another',
      text(mention('Dana Reyes'), { entities: [entity(stranger.member, 'Sam Okafor')] }),
      '@Dana Reyes',
    ],
    [
      'the person meant where one is called like the bot’s mark',
      text(mention('&lt;at&gt;Wardroom&lt;/at&gt;'), {
        entities: [entity(dana.member, '<at>Wardroom</at>')],
      }),
      `<@${dana.id}>`,
    ],
    [
      'a name without marks where a stranger is called like one',
      text(mention(`&lt;@${sam.id}&gt;`), { entities: [entity(stranger.member, `<@${sam.id}>`)] }),
      `@${sam.id}`,
    ],
    [
      'one name where mentions are nested',
      text('<at id="0">x<at id="1">Wardroom</at>y</at> z', {
        entities: [entity(dana.member, 'x'), entity(bot.id, 'Wardroom')],
      }),
      '@xWardroomy z',
    ],
    ['nothing where it shows nothing', text(`a ${mention(' ')} b`), 'a b'],
    [
      'a short name on one line, whoever chose it',
      text(mention(`a\u202e&#10;${'b'.repeat(500)}`)),
      `@a ${'b'.repeat(118)}`,
    ],
  ]
  for (const [name, got, wanted] of rows) test(name, () => expect(got).toBe(wanted))
})

describe('plain text', () => {
  const plain = (typed: string, entities: object[] = []) =>
    saidBy(posted({ text: typed, textFormat: 'plain', entities }))
  const at = '<at>Wardroom</at>'

  test('is what was typed, marks and all', () =>
    expect(plain('a <b> &amp; <at>Dana Reyes</at>\r\nc\n').text).toBe('a <b> &amp; <at>Dana Reyes</at>\nc'))
  test('mentions whom the list names', () =>
    expect(plain('ask <at>Dana Reyes</at>', [entity(dana.member, dana.name)]).text).toBe(`ask <@${dana.id}>`))
  test('that only looks like a mention addresses nobody', () =>
    expect(plain(`${at} close`).line).toBeUndefined())
  test('of a person called like the bot’s mark addresses nobody', () => {
    const name = '<at>Wardroom</at>'
    const said = plain(`<at>${name}</at> close`, [entity(dana.member, name)])
    expect(said).toMatchObject({ line: undefined, text: `<@${dana.id}> close` })
  })
  test('that says it is HTML is read as such', () =>
    expect(saidBy(posted({ text: '<p>a &lt; b</p>', textFormat: 'xml' })).text).toBe('a < b'))
  test('stands in where the HTML says nothing', () =>
    expect(saidBy(posted({ text: 'x', ...html('<div></div>') })).text).toBe('x'))
  test('finds the bot where the HTML does not', () => {
    const said = saidBy(
      posted({
        text: `${at} status`,
        ...html('<p>Wardroom status</p>'),
        entities: [entity(bot.id, 'Wardroom')],
      }),
    )
    expect(said).toMatchObject({ line: 'status', text: 'Wardroom status' })
  })
  test('leaves a mention out that it does not show', () =>
    expect(
      plain('hello', [entity(bot.id, 'Wardroom'), { type: 'mention', mentioned: { id: '29:1' } }]).text,
    ).toBe('hello'))
})

describe('a command line', () => {
  const line = (typed: string, more: object = {}) => saidBy(says(typed, more)).line
  const rows: [string, string | undefined, string | undefined][] = [
    ['is what follows the bot’s mention', line('{bot} status'), 'status'],
    ['may follow a comma or a colon', line('{bot}: status'), 'status'],
    ['may follow without a space', line('{bot}status'), 'status'],
    ['may be empty', line('{bot}'), ''],
    ['may have odd spaces and quotes', line('&nbsp;{bot}&nbsp; note \u2003“it’s off”'), `note "it's off"`],
    ['names people by id', line('{bot} assign commander {dana}'), `assign commander <@${dana.id}>`],
    [
      'names its own author by id',
      saidInActivity(
        self,
        knowing(),
        activitySchema.parse(
          says('{bot} assign scribe {sam}', {
            entities: [entity(bot.id, 'Wardroom'), entity(sam.member, sam.name, { aadObjectId: sam.id })],
          }),
        ),
      ).line,
      `assign scribe <@${sam.id}>`,
    ],
    [
      'names whoever is not known by name',
      line('{bot} assign commander {who}'),
      'assign commander @Who Ever',
    ],
    ['keeps a second mention of the bot', line('{bot} note tell {bot}'), 'note tell @Wardroom'],
    [
      'is one where the bot’s mention was split',
      saidBy(
        posted({
          ...html(`${mention('Ward')} ${mention('room', 1)} status`),
          entities: [entity(bot.id, 'Ward'), entity(bot.id, 'room')],
        }),
      ).line,
      'status',
    ],
    ['may stand in a paragraph of its own', line('{bot}</p><p>note a</p><p>b'), 'note a\nb'],
    ['has no marks that turn the reading direction', line('\u200f{bot}\u200f \u202enote\u202c x'), 'note x'],
    ['keeps the signs that join', line('{bot} note 👩\u200d⚕️'), 'note 👩\u200d⚕️'],
    [
      'leaves out what it answers to',
      saidBy(
        posted({
          ...html(
            `<blockquote><p>${mention('Wardroom')} close</p></blockquote><p>${mention('Wardroom', 1)} note x</p>`,
          ),
          entities: [entity(bot.id, 'Wardroom'), entity(bot.id, 'Wardroom')],
        }),
      ).line,
      'note x',
    ],
    [
      'is not in a quote',
      saidBy(
        posted({
          ...html(`<blockquote>${mention('Wardroom')} close</blockquote>`),
          entities: [entity(bot.id, 'Wardroom')],
        }),
      ).line,
      undefined,
    ],
    ['must begin with the mention', line('ask {bot} status'), undefined],
    ['must mention this bot', line('{dana} status'), undefined],
    ['must mention it, not only name it', line('@Wardroom status'), undefined],
    [
      'must be meant for this bot and no other',
      saidBy(posted({ ...html(`${mention('Wardroom')} status`), entities: [entity('28:99', 'Wardroom')] }))
        .line,
      undefined,
    ],
    [
      'knows the bot’s id in either case',
      saidBy(
        posted({
          ...html(`${mention('Wardroom')} status`),
          entities: [entity(`28:${appId.toUpperCase()}`, 'Wardroom')],
        }),
      ).line,
      'status',
    ],
  ]
  for (const [name, got, wanted] of rows) test(name, () => expect(got).toBe(wanted))

  test('to the bot alone needs no mention', () => {
    expect(saidBy(says('  my laptop &amp; bag  ')).direct).toBe('my laptop & bag')
    expect(saidBy(says('{bot} help')).direct).toBe('help')
    expect(saidBy(posted(html('<blockquote>old</blockquote><p>new</p>'))).direct).toBe('new')
  })
})

describe('the words of Graph', () => {
  const inRow = (more: object) => saidInRow(self, chatMessageSchema.parse(row(more)))
  const content = (of: string, contentType = 'html') => ({ body: { contentType, content: of } })
  const mentioned = (id: number, mentionText: string, who: object) => ({ id, mentionText, mentioned: who })
  const user = (id: string, userIdentityType: string | undefined = 'aadUser') => ({
    user: { id, userIdentityType },
  })

  const rows: [string, string, string][] = [
    [
      'name people by id',
      inRow({
        ...content('ask <at id="0">Dana</at>'),
        mentions: [mentioned(0, 'Dana', user(dana.id.toUpperCase()))],
      }).text,
      `ask <@${dana.id}>`,
    ],
    [
      'name people by id without knowing of which kind they are',
      inRow({
        ...content('<at id="0">Dana</at>'),
        mentions: [mentioned(0, 'Dana', { user: { id: dana.id } })],
      }).text,
      `<@${dana.id}>`,
    ],
    [
      'name the bot',
      inRow({
        ...content('<at id="0">Wardroom</at> close'),
        mentions: [mentioned(0, 'Wardroom', { application: { id: appId } })],
      }).text,
      '@Wardroom close',
    ],
    [
      'name whoever is not of this organisation',
      inRow({
        ...content('<at id="0">Ann</at>'),
        mentions: [mentioned(0, 'Ann', user(dana.id, 'emailUser'))],
      }).text,
      '@Ann',
    ],
    [
      'name a channel',
      inRow({
        ...content('<at id="0">General</at>'),
        mentions: [mentioned(0, 'General', { conversation: { id: '19:x' } })],
      }).text,
      '@General',
    ],
    ['name whom the list leaves out', inRow(content('<at id="0">Dana</at>')).text, '@Dana'],
    ['are plain where they say so', inRow(content('a <b> &amp;', 'text')).text, 'a <b> &amp;'],
    ['begin with the subject', inRow({ ...content('body'), subject: ' Outage ' }).text, 'Outage\nbody'],
    [
      'begin with what is quoted',
      inRow({
        ...content('<attachment id="1"></attachment><p>yes</p>'),
        attachments: [
          {
            id: '1',
            contentType: 'messageReference',
            content: JSON.stringify({
              messagePreview: 'really?',
              messageSender: { user: { displayName: 'Dana\nReyes' } },
            }),
          },
        ],
      }).text,
      '> Dana Reyes: really?\nyes',
    ],
    [
      'end with a card’s words',
      inRow({
        ...content('<attachment id="1"></attachment>'),
        attachments: [
          {
            id: '1',
            contentType: 'application/vnd.microsoft.card.hero',
            content: JSON.stringify({ title: 'Disk', text: 'full' }),
          },
        ],
      }).text,
      'Disk\nfull',
    ],
    [
      'say that a card has none',
      inRow({
        ...content(''),
        attachments: [
          { id: '1', contentType: 'application/vnd.microsoft.card.codesnippet', content: '{"name":"x.ps1"}' },
          { contentType: 'meetingReference', name: 'Standup' },
          { contentType: 'application/x.odd', content: '{' },
        ],
      }).text,
      '[x.ps1]\n[Standup]\n[odd]',
    ],
    ['are none where there is no body', inRow({ body: null }).text, ''],
  ]
  for (const [name, got, wanted] of rows) test(name, () => expect(got).toBe(wanted))
})

describe('a card’s words', () => {
  test('are those it shows, top to bottom', () =>
    expect(
      cardWords({
        type: 'AdaptiveCard',
        body: [
          { type: 'TextBlock', text: 'Alert' },
          { type: 'TextBlock', text: 'hidden', isVisible: false },
          { type: 'RichTextBlock', inlines: ['a ', { type: 'TextRun', text: 'b' }, 7] },
          {
            type: 'ColumnSet',
            columns: [
              { items: [{ type: 'TextBlock', text: 'left' }] },
              { items: [{ type: 'TextBlock', text: 'right' }] },
            ],
          },
          { type: 'FactSet', facts: [{ title: 'Host', value: 'db1' }, { value: 'x' }] },
          { type: 'Image', url: 'https://x.test', altText: 'chart' },
        ],
        actions: [{ type: 'Action.Submit', title: 'Press' }],
      }),
    ).toBe('Alert\na b\nleft\nright\nHost: db1\nx\nchart'))
  test('end before they fill the record, however deep or long', () => {
    const deep = JSON.parse(`${'{"items":['.repeat(5000)}${']}'.repeat(5000)}`)
    expect(cardWords({ body: [deep, { text: 'y'.repeat(90_000) }, { text: 'z' }] })).toBe('y'.repeat(20_000))
  })
})

describe('huge or hostile HTML', () => {
  const rows: [string, string, RegExp][] = [
    ['nested quotes', '<blockquote>', /^> > > > end$/],
    ['nested lists', '<ul><li>x', /x\nend$/],
    ['nested mentions', '<at id="0">x', /^@x{120}$/],
    ['nested links', '<a href="https://x.test/y">x', /x\nend\n\(https:\/\/x\.test\/y\)$/],
    ['unclosed attributes', '<p "a="', /^$/],
    ['closing tags of nothing', '</x>', /^end$/],
    ['tags opened and closed crosswise', '<b><i></b></i>', /^end$/],
    ['ampersands that begin nothing', '&amp;&', /&&\nend$/],
    ['one word', 'x', /x\nend$/],
  ]
  for (const [name, part, wanted] of rows)
    test(`${name}: the words are found`, () => {
      const content = part.repeat(Math.floor(119_000 / part.length))
      const said = saidBy(posted({ ...html(`${content}<p>end`), entities: [entity(bot.id, 'Wardroom')] }))
      expect(said.line).toBeUndefined()
      expect(said.text).toMatch(wanted)
      expect(said.text.length).toBeLessThan(content.length * 2)
    })
})

test('HTML longer than anybody can send is its words, kept whole beside them, and commands nothing', () => {
  const content = `<span itemtype="http://schema.skype.com/Mention" itemid="0">Wardroom</span> close ${'<p>'.repeat(90_000)}end`
  const said = saidBy(posted({ ...html(content), entities: [entity(bot.id, 'Wardroom')] }))
  expect(said.text).toMatch(/^Wardroom\s+close\s+end$/)
  expect(said.line).toBeUndefined()
  expect(said.original).toBe(content)
})

test('the same words and files have the same mark however they are told, other ones another', () => {
  const file = '15fa4700-0000-4000-8000-000000000f11'
  const pushed = saidBy(says(`note&nbsp; {who} has it<attachment id="${file.toUpperCase()}"></attachment>`))
  const stored = (of: string, id = file) =>
    saidInRow(
      self,
      chatMessageSchema.parse(
        row({
          body: { contentType: 'html', content: `<div>${of}</div><attachment id="${id}"></attachment>` },
          mentions: [{ id: 0, mentionText: 'Who Ever', mentioned: { user: { id: dana.id } } }],
          attachments: [
            { id, contentType: 'reference', contentUrl: 'https://x.test/a.docx', name: 'a.docx' },
          ],
        }),
      ),
    )
  expect(stored('<p>note <at id="0">Who Ever</at> has it</p>').mark).toBe(pushed.mark)
  expect(stored('<p>note <at id="0">Who Ever</at> has not</p>').mark).not.toBe(pushed.mark)
  expect(stored('<p>note <at id="0">Who Ever</at> has it</p>', file.replace('f11', 'f12')).mark).not.toBe(
    pushed.mark,
  )
  expect(saidBy(posted({ from: account(sam), text: 'note @Who Ever has it' })).mark).not.toBe(pushed.mark)
})
