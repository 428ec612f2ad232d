import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { DocumentContent } from './model'
import { findSentences, packSentences, unpackSentences, type SentenceSpan } from './sentences'
import { buildTextIndex } from './text-index'

function split(text: string, language = 'en'): string[] {
  const content: DocumentContent = { type: 'doc', content: [{ type: 'paragraph', content: [{ type: 'text', text }] }] }
  return findSentences(buildTextIndex(content), language).map(({ start, end }) => text.slice(start, end))
}

/** Each case is written with a bar at every boundary; the bar and the spaces around it stand for the space between the sentences. */
const spaced: [name: string, marked: string, language?: string][] = [
  ['plain', 'The bridge opened in May. | It cost four million.'],
  ['one sentence', 'The bridge opened in May.'],
  ['no stop at the end', 'The bridge opened in May. | It cost four million'],
  ['title before a name', 'The report names Dr. Anna Holm. | She denies it.'],
  ['several titles', 'Mr. Reed met Mrs. Vale and Gen. Orr. | They agreed.'],
  ['acronym inside a sentence', 'The U.S. Senate voted. | Nothing changed.'],
  ['acronym before a starter', 'He lives in the U.S. | The law is different there.'],
  ['acronym at the end', 'Both were backed by the U.S. | This alignment held.'],
  ['acronym before a lower-case word', 'Relations with the U.S. were cold. | They thawed.'],
  ['initial in a name', 'George W. Barlow signed it. | Nobody read it.'],
  ['two initials', 'The poem is by T. S. Marlow. | It is short.'],
  ['letter that ends a sentence', 'They fell back on plan B. | The first plan had failed.'],
  ['pronoun I', 'She is older than I. | He is younger.'],
  ['e.g. and i.e.', 'Some metals, e.g. Zinc, are cheap. | Others, i.e. Gold, are not.'],
  ['etc. inside', 'Pipes, valves etc. were replaced. | The pump was not.'],
  ['etc. before a new sentence', 'They sold pipes, valves, etc. | Prices rose.'],
  ['company suffix inside', 'Harbour Inc. Chairman Lee resigned. | Shares fell.'],
  ['company suffix at the end', 'He left Harbour Inc. | The board was not told.'],
  ['month abbreviation', 'It opened on Jan. 5 last year. | It closed in March.'],
  ['number abbreviation', 'See No. 7 and pp. 12 to 14. | The rest is missing.'],
  ['volume and issue', 'It appeared in Vol. 26, No. 2 of the journal. | Few noticed.'],
  ['circa', 'The wall dates from ca. 1400. | It was rebuilt.'],
  ['decimal', 'Output rose 3.5 percent. | Exports fell 1.25 percent.'],
  ['thousands and money', 'It cost $1,250.75. | Nobody complained.'],
  ['year at the end', 'The treaty was signed in 1984. | It lapsed ten years later.'],
  ['year before a figure', 'It began in 2012. | 300 people took part.'],
  ['time of day', 'The meeting began at 9 a.m. and ended at 5 p.m. | The minutes are public.'],
  ['degree', 'She holds a Ph.D. in physics. | Her brother does not.'],
  ['versus', 'The case of Reed vs. Vale is known. | It was lost.'],
  ['saint', 'They met in St. Albans. | It rained.'],
  ['street before a starter', 'The shop is on Main St. | It closes at six.'],
  ['ellipsis that goes on', 'He waited... and then he left. | Nobody saw him.'],
  ['ellipsis that ends', 'He waited... | Then he left.'],
  ['ellipsis character inside', 'He waited… and then he left.'],
  ['ellipsis character at the end', 'He waited… | Then he left.'],
  ['bracketed ellipsis first', '[…] The plan was dropped. | A new one came.'],
  ['question and exclamation', 'Who paid for it? | Nobody knows! | The files are gone.'],
  ['interrobang', 'They sold it?! | They did.'],
  ['question inside quotation marks', 'The question, "Who paid?" is open. | So is the answer.'],
  ['exclamation in a quotation that goes on', '"Stop!" she said. | He stopped.'],
  ['quotation at the end', 'He called it "a mistake." | She did not.'],
  ['curly quotation at the end', 'He called it “a mistake.” | She did not.'],
  ['quotation that starts a sentence', 'It failed. | "We knew," he said.'],
  ['two sentences in a quotation', '"It failed. | We knew," he said.'],
  ['bracketed sentence', 'It failed. | (Nobody was hurt.) | The work went on.'],
  ['bracket inside', 'It failed (see Fig. 3) twice. | Then it worked.'],
  ['address of a page', 'The data are at https://example.org/a.b?c=D.E and free. | Use them.'],
  ['file name', 'Open report.final.pdf first. | Then read it.'],
  ['domain at the end', 'Write to example.org. | They answer.'],
  ['query mark in an address', 'See http://example.org/?id=7 for more. | It is short.'],
  ['mail address', 'Write to a.holm@example.org today. | She answers.'],
  ['version number', 'Version 2.0.1 came out in May. | It was stable.'],
  ['numbered first line', '1. The first point is cost. | The second is time.'],
  ['lettered first line', 'A. The first point is cost. | The second is time.'],
  ['roman first line', 'IV. The fourth point is cost. | There is no fifth.'],
  ['colon and semicolon', 'Two things matter: cost; and time. | Both are short.'],
  ['dash', 'It failed — twice. | Then it worked.'],
  ['citation marker behind the stop', 'Both were spheres.[1] | Some were not.[2]'],
  ['several markers behind the stop', 'It fell.[11][12] | It rose.'],
  ['marker before the stop', 'It fell [3]. | It rose.'],
  ['marker behind a comma', 'It fell,[4] though not far. | It rose.'],
  ['named markers', 'It fell.[note 3] | It rose.[citation needed] | It stayed.'],
  ['superscript figure', 'It fell.¹² | It rose.'],
  ['hard-wrapped line', 'The bridge opened\nin May. | It cost\nfour million.'],
  ['abbreviation before a wrapped line', 'It was Dr.\nHolm who said so. | Nobody else did.'],
  ['German ordinals', 'Am 3. Oktober begann es. | Es endete am 5. November.', 'de'],
  ['German abbreviations', 'Das gilt z.B. Für Holz und bzw. Stahl. | Glas ist anders.', 'de'],
  ['German year', 'Es begann 1945. | Danach kam der Winter.', 'de'],
  ['German king', 'Friedrich II. König von Preußen starb. | Er war alt.', 'de'],
  ['French', 'M. Dupont a signé. | Mme. Leroy aussi. | C’est tout.', 'fr'],
  ['Spanish', 'El Sr. Gómez habló. | ¿Quién pagó? | Nadie lo sabe.', 'es'],
  ['Russian', 'Он родился в г. Омск в 1990 г. | Это известно всем.', 'ru'],
  ['Arabic', 'افتتح الجسر في مايو. | من دفع ثمنه؟ | لا أحد يعرف.', 'ar'],
  ['Persian', 'پل در اردیبهشت باز شد. | هزینه آن زیاد بود.', 'fa'],
  ['Urdu', 'پل مئی میں کھلا۔ | اس پر بہت خرچ آیا۔', 'ur'],
  ['Hindi', 'पुल मई में खुला। | इसकी लागत अधिक थी।', 'hi'],
  ['Korean', '다리는 5월에 열렸다. | 비용은 3.5배 늘었다.', 'ko'],
  ['evening hour before a new sentence', 'They left at 6 P.M. | Ferries ran late that night.'],
  ['evening hour before a time zone', 'They left at 6 P.M. EST on Monday. | It rained.'],
  ['morning hour before a name', 'At 5 a.m. Mrs. Vale opened the gate. | It rained.'],
  ['acronym before a quantity', 'She lives in the U.S. | Millions do.'],
  ['letter I before a question', 'It was you and I. | Did Ada I. Holm see it?'],
  ['degrees', 'It was 35 °C. | Nobody worked.'],
  ['mail address with a capital', 'Write to Ada.Holm@harbour.example today. | She answers.'],
  ['number sign before a figure', 'The buoy is N°. 1026.253.553. | Nobody found it.'],
  ['dots before I', 'What I mean, the point is . . . I was not there.'],
  ['page behind a quotation with an omission', '"They [...] paid for the quay [...]" (Holm 55).'],
  ['marker behind a stop and a space', 'They dropped the plan. [2] | Then it fell.'],
  ['figure in brackets behind the stop', 'It fell.(3) | He rose.'],
  ['list with brackets', '1) The first gate | 2) The second gate'],
  ['list with stops and brackets', '1.) The first gate. | 2.) The second gate.'],
  ['list with stops', '1. The first gate | 2. The second gate | 3. The third gate'],
  ['list of letters', 'a. The first gate | b. The second gate | c. The third gate'],
  ['list with bullets and numbers', '• 9. The first gate | • 10. The second gate'],
  ['list of letters in brackets', '(a) The first gate | (b) The second gate'],
  ['number that is no item', '1. The rule stands in section 2. | The court read it so.'],
  ['German spaced abbreviations', 'Das gilt z. B. Für Holz, d. h. Für Eiche u. Ä. Hölzer. | Glas ist anders.', 'de'],
  ['German doctor', 'Dr. med. Meyer widerspricht. | Sie irrt.', 'de'],
  ['German street', 'Er wohnt Hafener Str. 5 im Hof. | Sie nicht.', 'de'],
  ['German figure at the end', 'Sie ist 12. | Dort wohnt er.', 'de'],
  ['Italian abbreviations', 'Ha visto l’Ing. Ferri, ad es. Lunedì. | Piove.', 'it'],
  ['Danish saint', 'Skt. Peders Kirke er lukket. | Den er gammel.', 'da'],
  ['Vietnamese city', 'Cầu ở TP. Hải Phòng. | Trời mưa.', 'vi'],
  ['French guillemets', 'Elle cite la « pièce. » | Elle part.', 'fr'],
  ['Turkish figure at the end', 'Saat 5. | Sonra gitti.', 'tr'],
  ['Russian year at the end', 'Мост открыли в 2023 г. | Мэр назвал сумму.', 'ru'],
  ['Armenian colon', 'Կամուրջը բաց է: | Անձրև է գալիս:', 'hy'],
  ['Thai has no stops', 'สะพานเปิดในเดือนพฤษภาคม ค่าใช้จ่ายสูงมาก', 'th'],
]

/** Boundaries without a space: the pieces joined are the text. */
const unspaced: [name: string, pieces: string[], language?: string][] = [
  ['Japanese', ['橋は五月に開通した。', '費用は四百万だった。'], 'ja'],
  ['Japanese quotation that goes on', ['「橋が開いた。」と彼は言った。', '雨だった。'], 'ja'],
  ['Chinese', ['大桥五月通车。', '谁付的钱？', '没有人知道！'], 'zh'],
  ['Chinese quotation', ['他说：“大桥通车了。”', '雨下了一天。'], 'zh'],
  ['Chinese quotation behind a sentence', ['市长不同意。', '“这是偶然的。”他说。', '雨停了。'], 'zh'],
  ['Chinese quotation before a sentence', ['“桥开了。”', '他进一步指出，如果下雨就要关闭。'], 'zh'],
  ['Chinese title with a mark', ['他看了《过桥吧！爸爸》。', '很好。'], 'zh'],
  ['Japanese full-width stop', ['橋は開通した．', '費用は四百万だった．'], 'ja'],
  ['several joined', ['It ended on Monday.', 'Mr. Vale paid 1,000.', 'That was all.']],
  ['Korean without spaces', ['다리가 열렸다.', '비가 왔다.'], 'ko'],
  ['words run together', ['They signed the agreement.', 'The next day it lapsed.']],
  ['words run together behind a marker', ['They signed it.[3]', 'Some did not.']],
  ['acronym run together with Hangul', ['U.S.가 서명했다.'], 'ko'],
  ['names with stops inside', ['He uses Node.js and visited Booking.Com twice.']],
  ['acronym run together with a word', ['It was in the U.S.The law is different.']],
]

describe('findSentences', () => {
  it.each(spaced)('%s', (_name, marked, language = 'en') => {
    const text = marked.replaceAll(' | ', ' ')
    expect(split(text, language)).toEqual(marked.split(' | '))
  })

  it.each(unspaced)('%s', (_name, pieces, language = 'en') => {
    expect(split(pieces.join(''), language)).toEqual(pieces)
  })

  it('gives headings, table rows and nothing for code or rules', () => {
    const text = (value: string) => [{ type: 'text' as const, text: value }]
    const cell = (value: string) => ({
      type: 'tableCell' as const,
      content: [{ type: 'paragraph' as const, content: text(value) }],
    })
    const index = buildTextIndex({
      type: 'doc',
      content: [
        { type: 'heading', attrs: { level: 1 }, content: text('Costs. And time.') },
        { type: 'codeBlock', content: text('a = b. C = d.') },
        {
          type: 'table',
          content: [
            { type: 'tableRow', content: [cell('Bridge'), cell('4 million')] },
            { type: 'tableRow', content: [cell('---'), cell('|')] },
          ],
        },
        {
          type: 'paragraph',
          content: [{ type: 'text', text: '- ', marks: [{ type: 'syntax' }] }, ...text('It opened.')],
        },
      ],
    })
    const found = findSentences(index, 'en').map(({ start, end, kind }) => [kind, index.text.slice(start, end)])
    expect(found).toEqual([
      ['heading', 'Costs. And time.'],
      ['sentence', 'Bridge\t4 million'],
      ['sentence', 'It opened.'],
    ])
  })

  it('takes citation marks of any shape as part of the sentence before', () => {
    const index = buildTextIndex({
      type: 'doc',
      content: [
        {
          type: 'paragraph',
          content: [
            { type: 'text', text: 'It fell.' },
            {
              type: 'text',
              text: '12',
              marks: [{ type: 'superscript' }, { type: 'citation', attrs: { label: '12' } }],
            },
            { type: 'text', text: ' Then it rose.' },
          ],
        },
      ],
    })
    expect(findSentences(index, 'en').map(({ start, end }) => index.text.slice(start, end))).toEqual([
      'It fell.12',
      'Then it rose.',
    ])
  })

  it('stays fast and whole on one very long paragraph', () => {
    const text = 'This is a sentence about a bridge. '.repeat(20_000)
    const sentences = split(text)
    expect(sentences).toHaveLength(20_000)
    expect(new Set(sentences)).toEqual(new Set(['This is a sentence about a bridge.']))
  })

  it('is ordered, disjoint, trimmed and covers every letter and digit', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...Array.from('aB1. !?…"”([])\n\t。」é한.')), maxLength: 120 }),
        (text) => {
          const content: DocumentContent = {
            type: 'doc',
            content: text === '' ? [] : [{ type: 'paragraph', content: [{ type: 'text', text }] }],
          }
          const spans = findSentences(buildTextIndex(content), 'en')
          let end = 0
          for (const span of spans) {
            expect(span.start).toBeGreaterThanOrEqual(end)
            expect(text.slice(end, span.start)).not.toMatch(/[\p{L}\p{N}]/u)
            expect(text.slice(span.start, span.end)).toBe(text.slice(span.start, span.end).trim())
            end = span.end
          }
          expect(text.slice(end)).not.toMatch(/[\p{L}\p{N}]/u)
        },
      ),
    )
  })
})

describe('packSentences', () => {
  it('round-trips', () => {
    const spans = fc.array(fc.tuple(fc.nat(50), fc.integer({ min: 1, max: 500 }), fc.boolean())).map((parts) => {
      let end = 0
      return parts.map(([gap, length, heading]): SentenceSpan => {
        const start = end + gap
        end = start + length
        return { start, end, kind: heading ? 'heading' : 'sentence' }
      })
    })
    fc.assert(
      fc.property(spans, (sentences) => {
        expect(unpackSentences(packSentences(sentences))).toEqual(sentences)
      }),
    )
  })
})
