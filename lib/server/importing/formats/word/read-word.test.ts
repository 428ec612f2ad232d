import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { makeArchive } from '@/tests/setup/archive'
import type { BlockNode } from '@/lib/domain/text/model'
import { buildTextIndex } from '@/lib/domain/text/text-index'
import { readDocument } from '../../read-document'
import { readWord } from './read-word'

const relation = (id: string, kind: string, target: string, mode = '') =>
  `<Relationship Id="${id}" Type="http://example.org/relationships/${kind}" Target="${target}"${mode}/>`

const styles = `<w:styles>
  <w:docDefaults><w:rPrDefault><w:rPr><w:lang w:val="en-GB"/></w:rPr></w:rPrDefault></w:docDefaults>
  <w:style w:styleId="T"><w:name w:val="Title"/></w:style>
  <w:style w:styleId="H2"><w:name w:val="heading 2"/></w:style>
  <w:style w:styleId="Own"><w:name w:val="Chapter opening"/><w:basedOn w:val="H2"/></w:style>
  <w:style w:styleId="Deep"><w:name w:val="Deep"/><w:pPr><w:outlineLvl w:val="3"/></w:pPr></w:style>
  <w:style w:styleId="Toc"><w:name w:val="toc 1"/></w:style>
  <w:style w:styleId="Q"><w:name w:val="Quote"/></w:style>
  <w:style w:styleId="Strong"><w:name w:val="Strong"/><w:rPr><w:b/></w:rPr></w:style>
</w:styles>`

const numbering = `<w:numbering>
  <w:abstractNum w:abstractNumId="0">
    <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>
    <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="(%2)"/></w:lvl>
  </w:abstractNum>
  <w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="•"/></w:lvl></w:abstractNum>
  <w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
  <w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>
</w:numbering>`

const run = (text: string, settings = '') =>
  `<w:r>${settings === '' ? '' : `<w:rPr>${settings}</w:rPr>`}<w:t xml:space="preserve">${text}</w:t></w:r>`
const paragraph = (content: string, settings = '') =>
  `<w:p>${settings === '' ? '' : `<w:pPr>${settings}</w:pPr>`}${content}</w:p>`
const styled = (style: string, text: string) => paragraph(run(text), `<w:pStyle w:val="${style}"/>`)
const item = (text: string, list: number, level = 0) =>
  paragraph(run(text), `<w:numPr><w:ilvl w:val="${String(level)}"/><w:numId w:val="${String(list)}"/></w:numPr>`)

/** A Word document of a body and further parts, each with its kind. */
function makeWord(body: string, parts: Record<string, string> = {}, relations = ''): Buffer {
  const kinds = Object.keys(parts)
  return makeArchive({
    '[Content_Types].xml': '<Types/>',
    '_rels/.rels': `<Relationships>${relation('r1', 'officeDocument', 'word/document.xml')}${relation('r2', 'core-properties', 'docProps/core.xml')}</Relationships>`,
    'docProps/core.xml':
      '<cp:coreProperties xmlns:cp="c" xmlns:dc="d"><dc:title>The ferry that stayed</dc:title><dc:creator>Ines Falk</dc:creator><dcterms:created xmlns:dcterms="t">2021-04-09T08:00:00Z</dcterms:created></cp:coreProperties>',
    'word/document.xml': `<w:document xmlns:w="w"><w:body>${body}</w:body></w:document>`,
    'word/_rels/document.xml.rels': `<Relationships>${kinds.map((kind) => relation(kind, kind, `${kind}.xml`)).join('')}${relations}</Relationships>`,
    ...Object.fromEntries(kinds.map((kind) => [`word/${kind}.xml`, parts[kind] ?? ''])),
  })
}

const read = (body: string, parts: Record<string, string> = {}, relations = '') =>
  readWord(makeWord(body, { styles, numbering, ...parts }, relations))
const textIn = (blocks: BlockNode[]) => buildTextIndex({ type: 'doc', content: blocks }).text

describe('a Word document', () => {
  it('says its title, author, date and language', () => {
    expect(read(paragraph(run('The ferry stayed in the harbour.')))).toMatchObject({
      title: 'The ferry that stayed',
      author: 'Ines Falk',
      madeOn: '2021-04-09',
      language: 'en-GB',
      notices: [],
    })
  })

  it('has headings by style, by the style it is based on, and by outline level', () => {
    const { content } = read(
      styled('T', 'A title') +
        styled('H2', 'Costs') +
        styled('Own', 'Risks') +
        styled('Deep', 'Ropes') +
        styled('X', 'Text'),
    )
    expect(content.content.map((block) => (block.type === 'heading' ? block.attrs.level : 0))).toEqual([1, 2, 2, 4, 0])
  })

  it('has lists in lists; numbers that a reader would not write stay in the text', () => {
    const { content } = read(
      item('Ropes', 1) +
        item('short', 1, 1) +
        item('long', 1, 1) +
        item('Planks', 1) +
        item('A bullet', 2) +
        paragraph(run('After.')),
    )
    expect(content.content.map(({ type }) => type)).toEqual(['orderedList', 'bulletList', 'paragraph'])
    expect(textIn(content.content)).toBe('Ropes\n(a) short\n(b) long\nPlanks\n\nA bullet\n\nAfter.')
    expect(content.content[0]).toMatchObject({
      content: [{ content: [{ type: 'paragraph' }, { type: 'orderedList', attrs: { marked: true } }] }, {}],
    })
  })

  it('goes on counting behind a paragraph between items', () => {
    const { content } = read(item('One', 1) + paragraph(run('Between.')) + item('Two', 1))
    expect(content.content[2]).toMatchObject({ type: 'orderedList', attrs: { start: 2 } })
  })

  it('has tables with header rows and cells that reach over others', () => {
    const cell = (text: string, settings = '') => `<w:tc><w:tcPr>${settings}</w:tcPr>${paragraph(run(text))}</w:tc>`
    const { content } = read(
      `<w:tbl><w:tr><w:trPr><w:tblHeader/></w:trPr>${cell('Year', '<w:vMerge w:val="restart"/>')}${cell('Passengers', '<w:gridSpan w:val="2"/>')}</w:tr>` +
        `<w:tr>${cell('', '<w:vMerge/>')}${cell('North')}${cell('South')}</w:tr></w:tbl>`,
    )
    expect(content.content).toMatchObject([
      {
        type: 'table',
        content: [
          {
            content: [
              { type: 'tableHeader', attrs: { rowspan: 2 } },
              { type: 'tableHeader', attrs: { colspan: 2 } },
            ],
          },
          { content: [{ type: 'tableCell' }, { type: 'tableCell' }] },
        ],
      },
    ])
    expect(textIn(content.content)).toBe('Year\tPassengers\nNorth\tSouth')
  })

  it('has footnotes and endnotes as notes behind the text, each as one', () => {
    const note = (kind: string, id: number, text: string) =>
      `<w:${kind} w:id="${String(id)}">${paragraph(`<w:r><w:${kind}Ref/></w:r>${run(text)}`)}${paragraph(run('More.'))}</w:${kind}>`
    const { content } = read(
      paragraph(
        `${run('It sank.')}<w:r><w:footnoteReference w:id="7"/></w:r>${run(' Twice.')}<w:r><w:endnoteReference w:id="3"/></w:r>`,
      ),
      {
        footnotes: `<w:footnotes><w:footnote w:type="separator" w:id="0"/>${note('footnote', 7, 'Harbour log, 1901.')}</w:footnotes>`,
        endnotes: `<w:endnotes>${note('endnote', 3, 'Interview.')}</w:endnotes>`,
      },
    )
    expect(textIn(content.content)).toBe('It sank.1 Twice.i\n\nHarbour log, 1901.\nMore.\n\nInterview.\nMore.')
    expect(content.content.slice(1)).toMatchObject([
      { type: 'note', attrs: { label: '1', scope: 'reference-list' } },
      { type: 'note', attrs: { label: 'i', scope: 'reference-list' } },
    ])
  })

  it('leaves comments and deletions out and says so; insertions stay', () => {
    const { content, notices } = read(
      paragraph(
        `${run('The cost was ')}<w:del><w:r><w:delText>nine</w:delText></w:r></w:del><w:ins>${run('ten')}</w:ins>${run(' crowns.')}`,
      ) + paragraph(run('Hidden.', '<w:vanish/>')),
      { comments: '<w:comments><w:comment w:id="1"/><w:comment w:id="2"/></w:comments>' },
    )
    expect(textIn(content.content)).toBe('The cost was ten crowns.')
    expect(notices).toEqual([
      '2 comments and 1 deletion were left out.',
      '1 insertion that nobody has accepted yet was kept.',
    ])
  })

  it('has links, also those written as fields, and only to the web', () => {
    const { content } = read(
      paragraph(
        `<w:hyperlink r:id="web">${run('log')}</w:hyperlink>${run(' and ')}<w:hyperlink r:id="bad">${run('file')}</w:hyperlink>` +
          '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> HYPERLINK "https://gazette.example/b" </w:instrText></w:r>' +
          `<w:r><w:fldChar w:fldCharType="separate"/></w:r>${run('field')}<w:r><w:fldChar w:fldCharType="end"/></w:r>`,
      ),
      {},
      relation('web', 'hyperlink', 'https://gazette.example/a', ' TargetMode="External"') +
        relation('bad', 'hyperlink', 'file:///etc/passwd', ' TargetMode="External"'),
    )
    const [block] = content.content
    const linked = block?.type === 'paragraph' ? (block.content ?? []) : []
    expect(linked.map((node) => (node.type === 'text' ? [node.text, node.marks?.[0]] : []))).toEqual([
      ['log', { type: 'link', attrs: { href: 'https://gazette.example/a' } }],
      [' and file', undefined],
      ['field', { type: 'link', attrs: { href: 'https://gazette.example/b' } }],
    ])
  })

  it('keeps marks, breaks, symbols, quotes and text boxes; contents and page heads do not count', () => {
    const box = `<w:r><mc:AlternateContent><mc:Choice><w:drawing><wp:docPr descr="A map"/><w:txbxContent>${paragraph(run('In a box.'))}</w:txbxContent></w:drawing></mc:Choice><mc:Fallback><w:pict><w:txbxContent>${paragraph(run('In a box.'))}</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r>`
    const { content } = read(
      styled('Toc', 'Costs 3') +
        paragraph(
          `${run('Bold', '<w:rStyle w:val="Strong"/>')}${run(' and 10')}${run('3', '<w:vertAlign w:val="superscript"/>')}<w:r><w:br/><w:sym w:font="Symbol" w:char="F06D"/></w:r>${box}`,
        ) +
        styled('Q', 'A quoted line.') +
        styled('Q', 'Another one.'),
      { header: `<w:hdr>${paragraph(run('Harbour Gazette'))}${paragraph(run('7'))}</w:hdr>` },
    )
    expect(content.content.map((block) => [block.type, block.attrs?.scope ?? null])).toEqual([
      ['paragraph', 'table-of-contents'],
      ['paragraph', null],
      ['image', null],
      ['paragraph', null],
      ['blockquote', null],
      ['paragraph', 'boilerplate'],
    ])
    expect(textIn(content.content)).toBe(
      'Costs 3\n\nBold and 103\nμ\n\nIn a box.\n\nA quoted line.\n\nAnother one.\n\nHarbour Gazette',
    )
  })

  it('is recognised by its bytes, and one that is protected is called so', async () => {
    const word = await readDocument({ bytes: makeWord(paragraph(run('The ferry.'))), fileName: 'ferry.txt' })
    expect(word).toMatchObject({
      ok: true,
      document: { format: 'word', text: 'The ferry.', original: { encoding: '' } },
    })
    const container = Buffer.concat([
      Buffer.from('d0cf11e0a1b11ae1', 'hex'),
      Buffer.from('EncryptedPackage', 'utf16le'),
    ])
    const locked = await readDocument({ bytes: container, fileName: 'ferry.docx' })
    expect(locked).toMatchObject({ ok: false, problem: { code: 'protected' } })
    const sheet = await readDocument({ bytes: makeArchive({ '[Content_Types].xml': '', 'xl/workbook.xml': '' }) })
    expect(sheet.ok ? '' : sheet.problem.message).toMatch(/Excel workbook.*What can be read: Word/)
  })
})

const folder = path.resolve(process.cwd(), '../shared/testdata/import/docx')
const present = existsSync(folder)

describe.skipIf(!present)(
  `real Word documents${present ? '' : ' (skipped: the shared test data are not beside the project)'}`,
  () => {
    it.each(present ? readdirSync(folder) : [])('%s is read, or has no text', async (name) => {
      const result = await readDocument({ bytes: readFileSync(path.join(folder, name)), fileName: name })
      const hasText = !/empty|picture/.test(name)
      expect(result.ok).toBe(hasText)
      if (!result.ok) expect(result.problem.code).toBe('empty')
    })
  },
)
