import { describe, expect, it } from 'vitest'
import { buildTextIndex } from '@/lib/domain/text/text-index'
import { parseHtml } from './html'
import type { ParsedSource } from './imported-document'

function parse(source: string): ParsedSource {
  const parsed = parseHtml(source)
  if ('code' in parsed) throw new Error(parsed.message)
  return parsed
}

/** The text of a page's blocks by whether it counts, and the reasons of those that do not. */
function sort(source: string): { counts: string[]; out: string[]; reasons: string[] } {
  const index = buildTextIndex(parse(source).content)
  const textOf = ({ start, end }: { start: number; end: number }) => index.text.slice(start, end)
  const out = index.blocks.filter(({ scope }) => scope !== null)
  return {
    counts: index.blocks.filter(({ scope }) => scope === null).map(textOf),
    out: out.map(textOf),
    reasons: [...new Set(out.flatMap(({ scope }) => scope ?? []))],
  }
}

const sentence = 'The harbour board paid for the new quay in eleven yearly parts, and the last of them fell due in May.'
const paragraphs = (count: number) =>
  Array.from({ length: count }, (_, at) => `<p>${String(at + 1)}. ${sentence}</p>`).join('')
const page = (body: string, head = '') =>
  `<!doctype html><html lang="en"><head>${head}</head><body>${body}</body></html>`

describe('a name such as "legal" or "discussion" decides only where it names no part of the article', () => {
  const sections: [name: string, opening: string, heading: string][] = [
    ['an id "discussion"', '<section id="discussion">', 'Discussion'],
    ['an id "legal"', '<div id="legal">', 'Legal'],
    ['an id "sharing-costs"', '<section id="sharing-costs">', 'Sharing costs'],
    ['an id "related-work"', '<div class="section" id="related-work">', 'Related work'],
    ['an id "ads"', '<section id="ads">', 'Ads'],
    ['an id "public-comments"', '<section id="public-comments">', 'Public comments'],
    ['an id "share-of-renewables"', '<div id="share-of-renewables">', 'Share of renewables'],
    ['a class "legal" of a section', '<section class="section legal">', 'What the court said'],
    ['a class "toc-section" around each section', '<div class="section toc-section">', 'Costs'],
  ]
  it.each(sections)('%s', (_name, opening, heading) => {
    const close = opening.startsWith('<div') ? '</div>' : '</section>'
    const body = `<main><h1>The quay</h1>${paragraphs(4)}${opening}<h2>${heading}</h2><p>${sentence}</p><p>${sentence} Nobody objected to that at the time.</p>${close}</main>`
    const whole = sort(page(body))
    expect(whole.out).toEqual([])
    expect(whole.counts).toContain(heading)
    expect(sort(body).out).toEqual([])
  })

  const furniture: [name: string, part: string, reason: string][] = [
    [
      'comments under their heading',
      `<div id="comments"><h3>Comments</h3><div class="comment"><p>${sentence}</p></div></div>`,
      'comments',
    ],
    ['comments without a heading', `<div class="comments"><p>${sentence}</p></div>`, 'comments'],
    [
      'a form to sign up',
      `<div class="newsletter"><h3>Newsletter</h3><p>${sentence}</p><form><input></form></div>`,
      'boilerplate',
    ],
    ['an advertisement', `<div class="ad"><p>${sentence}</p></div>`, 'boilerplate'],
    [
      'a table of contents',
      '<div class="toc"><ul><li><a href="#a">Costs</a></li><li>Time</li></ul></div>',
      'table-of-contents',
    ],
    ['buttons to share', '<div class="share"><span>Share</span></div>', 'boilerplate'],
    ['a player', '<div class="video-player"><div>Full screen</div><div>Captions off</div></div>', 'boilerplate'],
  ]
  it.each(furniture)('%s stays out', (_name, part, reason) => {
    const found = sort(page(`<main><h1>The quay</h1>${paragraphs(4)}${part}</main>`))
    expect(found.reasons).toEqual([reason])
    expect(found.counts).toHaveLength(5)
  })

  it('a few words in a sentence have no scope of their own', () => {
    const price = '<p>The share closed at <span class="share-price">4.20 euros</span> on Friday.</p>'
    expect(sort(page(`<main>${paragraphs(4)}${price}</main>`)).counts.at(-1)).toBe(
      'The share closed at 4.20 euros on Friday.',
    )
  })
})

describe('the article', () => {
  it('keeps its opening, standfirst and captions beside the element that has most of the text', () => {
    const body = `<article><div class="lede"><p>The mayor said that the ferry carried 3,000 people in 2019.</p></div><figure><img src="https://harbour.example/a.png" alt=""><figcaption>The quay in May</figcaption></figure><div>${paragraphs(9)}</div></article><div><p>${sentence}</p></div>`
    const { counts, out } = sort(page(body))
    expect(counts.slice(0, 2)).toEqual([
      'The mayor said that the ferry carried 3,000 people in 2019.',
      'The quay in May',
    ])
    expect(counts).toHaveLength(11)
    expect(out).toEqual([sentence])
  })

  it('keeps a short section beside a long one', () => {
    const body = `<main><h1>The quay</h1><section>${paragraphs(2)}</section><section>${paragraphs(14)}</section></main>`
    expect(sort(page(body)).out).toEqual([])
  })

  it('is told from other articles, also from one in full, and from what controls a page', () => {
    const other = `<div class="stream"><div><h3><a href="/2">Ferries lose</a></h3>${paragraphs(3)}</div></div>`
    const controls = '<div>Autoplay</div><div>Captions</div><div>Full screen</div>'
    const body = `<div class="page"><div class="wrapper"><div class="article"><h1>The quay</h1><div class="text">${paragraphs(12)}</div></div></div><div class="wrapper">${controls}${other}</div></div>`
    expect(sort(page(body)).counts).toHaveLength(13)
  })

  it('leaves out lists of headings that lead to other pages, not headings that lead to themselves', () => {
    const teasers = ['One', 'Two', 'Three'].map(
      (name) => `<li><h3><a href="/${name}">${name} more ferries</a></h3></li>`,
    )
    const own = ['Costs', 'Time', 'Fish'].map((name) => `<h2><a href="#${name}">${name}</a></h2>${paragraphs(1)}`)
    const found = sort(page(`<main>${own.join('')}<ul>${teasers.join('')}</ul></main>`))
    expect(found.counts).toHaveLength(6)
    expect(found.reasons).toEqual(['link-list'])
  })
})

describe('the headline counts', () => {
  const head = (title: string) => `<title>${title}</title><meta property="og:site_name" content="Harbour Post">`
  const cases: [name: string, title: string, before: string, headline: string][] = [
    [
      'with straight marks for curly ones',
      'Mayor: ‘Nobody’s quay’ | Harbour Post',
      `<h1>Mayor: 'Nobody's quay'</h1>`,
      `Mayor: 'Nobody's quay'`,
    ],
    [
      'behind the name of the site as a heading',
      'Harbour Post - The quay is late',
      '<h2>Harbour Post</h2><h1>The quay is late</h1>',
      'The quay is late',
    ],
    [
      'when a drawing has a title, too',
      'The quay is late',
      '<svg><title>Menu</title></svg><h1>The quay is late</h1>',
      'The quay is late',
    ],
    ['of few letters', 'Fish | Harbour Post', '<h1>Fish</h1>', 'Fish'],
    ['as a heading of the third level', 'The quay is late', '<h3>The quay is late</h3>', 'The quay is late'],
    ['when the title does not have it', 'Harbour Post', '<h1>The quay is late</h1>', 'The quay is late'],
  ]
  it.each(cases)('%s', (_name, title, before, headline) => {
    const found = sort(
      page(`<div id="top">${before}</div><div id="text">${paragraphs(6)}<h1>Read more</h1></div>`, head(title)),
    )
    expect(found.counts[0]).toBe(headline)
    expect(found.out).not.toContain(headline)
  })
})

describe('what a page says of itself', () => {
  const body = `<div>${paragraphs(4)}</div>`
  const linked = (data: object) => `<script type="application/ld+json">${JSON.stringify(data)}</script>`

  it('takes the name of an encyclopedia page, not its short description', () => {
    const data = linked({ '@type': 'Article', name: 'Tidal gate', headline: 'barrier that closes at high water' })
    const source = page(`<h1>Tidal gate</h1>${body}`, `<title>Tidal gate - Openpedia</title>${data}`)
    expect(parse(source).title).toBe('Tidal gate')
    const news = linked({ '@type': 'NewsArticle', name: 'Harbour Post', headline: 'The quay is late' })
    expect(parse(page(`<h1>The quay is late</h1>${body}`, news)).title).toBe('The quay is late')
  })

  it('the number of a chapter stays with the title, and the author and the site behind it go', () => {
    const head = '<title>The Long Quay - Chapter 3 - kaja_olsen - Harbours [Tales Archive]</title>'
    const source = page(`<h2>The Long Quay</h2>${paragraphs(6)}`, head)
    expect(parse(source).title).toBe('The Long Quay – Chapter 3')
  })

  const bylines: [byline: string, author: string][] = [
    ['By Ada Holm', 'Ada Holm'],
    ['Ada Holm - Apr 16, 2015 8:02 pm UTC', 'Ada Holm'],
    ['Posted by Ada Holm', 'Ada Holm'],
    ['Our Coastal Staff 16 November 2017 • 2:15pm', 'Our Coastal Staff'],
    ['by Ada Holm22 Dec 2016651', 'Ada Holm'],
    ['Ada Holm • 8h', 'Ada Holm'],
    ['Von Ada Holm', 'Ada Holm'],
  ]
  it.each(bylines)('the author of "%s"', (byline, author) => {
    const source = page(`<h1>The quay</h1><p class="byline">${byline}</p>${body}`)
    expect(parse(source).author).toBe(author)
  })

  it('does not take the classes of the body, or a list of authors to follow, for a byline', () => {
    const source = `<html><body class="single author-admin"><ul><li class="author">Bo Vale</li></ul><h1>The quay</h1><div class="author">Ada Holm</div>${body}</body></html>`
    expect(parse(source).author).toBe('Ada Holm')
    expect(parse(`<html><body class="single author-admin"><h1>The quay</h1>${body}</body></html>`).author).toBeNull()
  })

  it('does not take a date in a note or in the text for the day of publication', () => {
    const note = '<div class="footnotes"><p>Holm, <time datetime="2011-02-03">3 February 2011</time></p></div>'
    const inText = `<p>${sentence} It opened on <time datetime="1999-05-04">4 May 1999</time>.</p>`
    expect(parse(page(`<h1>The quay</h1>${body}${inText}${note}`)).publishedOn).toBeNull()
    const dated = `<h1>The quay</h1><time datetime="2019-07-09">9 July</time>${body}${note}`
    expect(parse(page(dated)).publishedOn).toBe('2019-07-09')
  })
})

describe('notes and marks', () => {
  it('a cross reference makes no note of the paragraph it leads to', () => {
    const source = page(
      `${paragraphs(3)}<p>See <a class="reference internal" href="#costs">costs</a> and <a class="reference internal" href="#t1">1</a>.</p><p id="costs">The costs were $4.5 million in 2019.</p><p id="t1">The table shows each year by itself.</p>`,
    )
    expect(sort(source).out).toEqual([])
  })

  it('a note with a block in it is one note', () => {
    const { content } = parse(
      '<p>It fell.<sup><a href="#fn1">1</a></sup></p><ol><li id="fn1">Holm 2011, <div>page 4.</div> See there.</li></ol><p>After.</p>',
    )
    expect(content.content.map(({ type, attrs }) => [type, attrs?.scope ?? null])).toEqual([
      ['paragraph', null],
      ['note', 'reference-list'],
      ['paragraph', 'reference-list'],
      ['paragraph', 'reference-list'],
      ['paragraph', null],
    ])
  })

  it.each([
    ['<p>She said <q>we knew <q>it</q> all</q>.</p>', 'She said “we knew ‘it’ all”.'],
    ['<html lang="de"><body><p>Sie sagte <q>ja</q>.</p></body></html>', 'Sie sagte „ja“.'],
    [
      '<p>Where <math><semantics><mi>x</mi><annotation encoding="application/x-tex">x</annotation></semantics></math> is small.</p>',
      'Where x is small.',
    ],
  ])('%s', (source, text) => {
    expect(buildTextIndex(parse(source).content).text).toBe(text)
  })
})
