import { describe, expect, it } from 'vitest'
import { makeArchive } from '@/tests/setup/archive'
import { buildTextIndex } from '@/lib/domain/text/text-index'
import { readDocument } from '../read-document'
import { readEpub } from './epub'
import { readOpenDocument } from './open-document'

const page = (body: string) =>
  `<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><head><title/></head><body>${body}</body></html>`

/** A book of two chapters, a list of them and a page of notes. */
const book = (encryption = '', link = 'notes.xhtml#n1') =>
  makeArchive({
    mimetype: 'application/epub+zip',
    'META-INF/container.xml': '<container><rootfiles><rootfile full-path="OPS/book.opf"/></rootfiles></container>',
    ...(encryption === ''
      ? {}
      : { 'META-INF/encryption.xml': `<encryption><CipherReference URI="${encryption}"/></encryption>` }),
    'OPS/book.opf': `<package><metadata><dc:title>The Ferrymen</dc:title><dc:creator>Ines Falk</dc:creator><dc:creator>Jo Ruiz</dc:creator><dc:date>2019-05-01</dc:date><dc:language>en</dc:language></metadata>
      <manifest><item id="n" href="nav.xhtml" properties="nav"/><item id="a" href="text/a%20b.xhtml"/><item id="c" href="text/c.xhtml"/><item id="x" href="text/notes.xhtml"/></manifest>
      <spine><itemref idref="n"/><itemref idref="a"/><itemref idref="c"/><itemref idref="x"/></spine></package>`,
    'OPS/nav.xhtml': page('<h2>Contents</h2><ol><li><a href="text/a b.xhtml">One</a></li></ol>'),
    'OPS/text/a b.xhtml': page(`<h1>One<a id="top"/></h1><p>It sank.<a epub:type="noteref" href="${link}">1</a></p>`),
    'OPS/text/c.xhtml': page('<h1 id="n1">Two</h1><p>It rose.</p>'),
    'OPS/text/notes.xhtml': page('<div><p id="n1">1. Harbour log.</p></div>'),
  })

describe('an EPUB book', () => {
  it('is one document in the order of its spine; contents do not count, notes are found in other chapters', async () => {
    const parsed = readEpub(book())
    if ('code' in parsed) throw new Error(parsed.message)
    expect(parsed).toMatchObject({
      title: 'The Ferrymen',
      author: 'Ines Falk, Jo Ruiz',
      publishedOn: '2019-05-01',
      language: 'en',
    })
    const { text, blocks } = buildTextIndex(parsed.content)
    expect(text).toBe('Contents\n\nOne\n\nOne\n\nIt sank.1\n\nTwo\n\nIt rose.\n\n1. Harbour log.')
    expect(blocks.map(({ kind, scope }) => [kind, scope])).toEqual([
      ['heading', 'table-of-contents'],
      ['paragraph', 'table-of-contents'],
      ['heading', null],
      ['paragraph', null],
      ['heading', null],
      ['paragraph', null],
      ['note', 'reference-list'],
    ])
    expect(await readDocument({ bytes: book() })).toMatchObject({ ok: true, document: { format: 'epub' } })
  })

  it('with a link that is no address is read all the same', () => {
    expect(readEpub(book('', '%E0%A4%A.xhtml#n1'))).toHaveProperty('content')
  })

  it('that is locked is refused; one with locked fonts is read', async () => {
    expect(await readDocument({ bytes: book('OPS/text/c.xhtml') })).toMatchObject({
      ok: false,
      problem: { code: 'protected' },
    })
    expect((await readDocument({ bytes: book('OPS/font.otf') })).ok).toBe(true)
  })
})

const odt = (body: string, automatic = '', manifest = '<manifest/>') =>
  makeArchive({
    mimetype: 'application/vnd.oasis.opendocument.text',
    'META-INF/manifest.xml': manifest,
    'meta.xml':
      '<document-meta><office:meta><dc:title>Ferries</dc:title><meta:initial-creator>Ines Falk</meta:initial-creator><meta:creation-date>2021-04-09T08:00:00</meta:creation-date></office:meta></document-meta>',
    'content.xml': `<document-content><automatic-styles>${automatic}</automatic-styles><office:body><office:text>${body}</office:text></office:body></document-content>`,
  })

describe('an OpenDocument text', () => {
  it('has headings, marks, lists, tables, notes and links; comments and deletions are left out', async () => {
    const bytes = odt(
      `<text:tracked-changes><text:changed-region><text:deletion><text:p>Gone.</text:p></text:deletion></text:changed-region></text:tracked-changes>
      <text:h text:outline-level="2">Costs</text:h>
      <text:p>The <text:span text:style-name="B">ferry</text:span><text:s/>sank<office:annotation><text:p>Really?</text:p></office:annotation>.<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>Harbour log.</text:p></text:note-body></text:note></text:p>
      <text:list text:style-name="L"><text:list-item><text:p>Ropes</text:p><text:list><text:list-item><text:p>long</text:p></text:list-item></text:list></text:list-item></text:list>
      <table:table><table:table-header-rows><table:table-row><table:table-cell><text:p>A</text:p></table:table-cell><table:table-cell><text:p>B</text:p></table:table-cell></table:table-row></table:table-header-rows><table:table-row><table:table-cell table:number-columns-spanned="2"><text:p><text:a xlink:href="https://gazette.example/">C</text:a></text:p></table:table-cell><table:covered-table-cell/></table:table-row></table:table>
      <text:p text:style-name="P1">Quoted.</text:p>`,
      `<style:style style:name="B" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style><style:style style:name="P1" style:parent-style-name="Quotations"/>
       <text:list-style style:name="L"><text:list-level-style-number/></text:list-style>`,
    )
    const parsed = readOpenDocument(bytes)
    expect(parsed).toMatchObject({
      title: 'Ferries',
      author: 'Ines Falk',
      madeOn: '2021-04-09',
      notices: ['1 comment and 1 deletion were left out.'],
    })
    expect(parsed.content.content.map(({ type }) => type)).toEqual([
      'heading',
      'paragraph',
      'orderedList',
      'table',
      'blockquote',
      'note',
    ])
    expect(buildTextIndex(parsed.content).text).toBe(
      'Costs\n\nThe ferry sank.1\n\nRopes\nlong\n\nA\tB\nC\n\nQuoted.\n\nHarbour log.',
    )
    expect(await readDocument({ bytes })).toMatchObject({ ok: true, document: { format: 'openDocument' } })
  })

  it('with a password is refused', async () => {
    const bytes = odt('<text:p>A</text:p>', '', '<manifest><file-entry><encryption-data/></file-entry></manifest>')
    expect(await readDocument({ bytes })).toMatchObject({ ok: false, problem: { code: 'protected' } })
  })
})
