import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { readCitationMarkers } from '@/lib/domain/citation-markers/citation-markers'
import { documentContentSchema } from '@/lib/domain/text/schema'
import type { OutOfScopeReason } from '@/lib/domain/text/model'
import type { ImportedDocument } from './imported-document'
import { readDocument } from './read-document'

const folder = path.resolve(process.cwd(), '../shared/corpus')
const present = existsSync(folder)
const note = present ? '' : ' (skipped: the corpus is not beside the project)'

async function read(name: string): Promise<ImportedDocument> {
  const result = await readDocument({ bytes: readFileSync(path.join(folder, name)), fileName: name })
  if (!result.ok) throw new Error(result.problem.message)
  return result.document
}

interface Expected {
  title: string
  /** Level and text of every heading that counts. */
  headings: string[]
  counts: Partial<
    Record<'paragraphs' | 'lists' | 'listItems' | 'tables' | 'tableRows' | 'notes' | 'citations' | 'links', number>
  >
  regions: [reason: string, opening: string][]
  checkable: number
}

const files: Record<string, Expected> = {
  'brink-of-war.txt': {
    title: "From the Brink of War to Cautious Diplomacy: Iran and North Korea's Evolving Relationship",
    headings: [
      '1 From the Brink of War',
      '2 A Tumultuous History:',
      '2 Shared Ideologies and Common',
      '2 Nuclear Proliferation Concerns',
      '2 Recent Diplomatic Developments:',
      '2 Conclusion:',
    ],
    counts: { paragraphs: 9, lists: 0, tables: 0, notes: 0, citations: 0 },
    regions: [],
    checkable: 26,
  },
  'connect-the-dots.txt': {
    title: 'Iran and North Korea – Time to Connect the Dots',
    headings: ['1 Iran and North Korea – Time to'],
    counts: { tables: 0, notes: 0, citations: 0 },
    regions: [
      ['boilerplate', 'Blogging & updating'],
      ['comments', 'One comment on'],
      ['comment-form', "What's on your mind?"],
      ['boilerplate', 'Follow us in any way'],
    ],
    checkable: 22,
  },
  'decades-of-alliance.txt': {
    title: 'Decades Of Alliance: Understanding North Korea Iran Relations',
    headings: [
      '1 Decades Of Alliance',
      '2 The Genesis of a Strategic Partnership',
      '2 A Shared Adversarial Stance Against the West',
      '2 The Nexus of Arms Proliferation',
      '3 Missile Technology and Nuclear Ambitions',
      '2 Recent Diplomatic Engagements',
      '2 The Broader Geopolitical Implications',
      '2 The Russia Factor: A New Trilateral Alignment?',
      '3 Divergent Benefits in the Moscow Alliance',
      '2 Regional Flashpoints and Mutual Support',
      '3 Middle East Instability and North Korean Support',
      '2 The Future Trajectory',
      '3 International Monitoring and Sanctions',
    ],
    counts: { lists: 3, listItems: 18, tables: 0, notes: 0 },
    regions: [
      ['table-of-contents', 'Table of Contents - The Genesis'],
      ['link-list', '- Discover The Uncensored Truth'],
      ['boilerplate', 'What are your thoughts'],
      ['link-list', '- Unveiling The Tragic Cause'],
      ['boilerplate', '![[February 15, 2019]'],
    ],
    checkable: 96,
  },
  'encyclopedia-relations.txt': {
    title: 'Iran–North Korea relations',
    headings: ['1 Iran–North Korea relations', '2 History', '2 Ambassadors', '2 Military weapons'],
    counts: { lists: 1, listItems: 4, tables: 1, tableRows: 6, notes: 34, citations: 26, links: 2 },
    regions: [
      ['link-list', 'List of North Korean ambassadors'],
      ['link-list', 'See also'],
      ['reference-list', 'References'],
    ],
    checkable: 52,
  },
  'rogue-allies-explainer.txt': {
    title: 'Iran & North Korea: Unraveling A Strategic Alliance',
    headings: [
      '1 Iran & North Korea',
      '2 Introduction',
      '2 Historical Roots',
      '3 A Shared Antipathy and Mutual Need',
      '2 Military Cooperation: A Shared Imperative',
      '3 Ballistic Missiles and Nuclear Technology',
      "2 The 'Axis of Evil'",
      '2 Shared Adversaries',
      '3 The Anti-US Nexus',
      '2 Iran, North Korea, and the Evolving',
      '2 Implications for Regional',
      '2 Navigating the Complexities',
      '2 Conclusion',
    ],
    counts: { lists: 2, listItems: 15, tables: 0, notes: 0, citations: 0 },
    regions: [
      ['table-of-contents', 'Introduction Historical Roots'],
      ['link-list', '- Arikysta Leaked'],
      ['boilerplate', 'Iran says no to nuclear talks'],
    ],
    checkable: 82,
  },
}

describe.skipIf(!present)(`the corpus${note}`, () => {
  it.each(Object.entries(files))('%s is recognised part by part', async (name, expected) => {
    const document = await read(name)
    const { summary } = document
    expect(document).toMatchObject({
      title: expected.title,
      author: '',
      publishedOn: null,
      language: 'en',
      format: 'text',
    })
    const headings = summary.headings
      .filter(({ outOfScope }) => !outOfScope)
      .map(({ level, text }) => `${String(level)} ${text}`)
    expect(headings).toHaveLength(expected.headings.length)
    headings.forEach((heading, at) => {
      expect(heading.replace(/\u00a0/g, ' ')).toContain(expected.headings[at])
    })
    expect(summary).toMatchObject(expected.counts)
    expect(summary.regions.map(({ reason }) => reason)).toEqual(expected.regions.map(([reason]) => reason))
    summary.regions.forEach(({ opening }, at) => {
      expect(opening).toContain(expected.regions[at]?.[1])
    })
    // Sentence boundaries follow the runtime's ICU, which may differ by a few between versions.
    expect(Math.abs(summary.checkable - expected.checkable)).toBeLessThanOrEqual(2)
    expect(documentContentSchema.safeParse(document.content).success).toBe(true)
  })

  it.each(Object.keys(files))('%s gives one text hash as a file, a paste and a request', async (name) => {
    const bytes = readFileSync(path.join(folder, name))
    const text = bytes.toString('utf8')
    const ways = [
      { bytes, fileName: name },
      { bytes, mediaType: 'text/plain; charset=utf-8' },
      { text },
      { text: text.replaceAll('\n', '\r\n'), format: 'text' as const },
      { bytes: Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), bytes]), fileName: name },
    ]
    const results = await Promise.all(ways.map((way) => readDocument(way)))
    const hashes = results.map((result) => (result.ok ? result.document.sha256 : result.problem.message))
    expect(new Set(hashes).size).toBe(1)
    expect(hashes[0]).toMatch(/^[0-9a-f]{64}$/)
  })

  it('ties each citation marker of the encyclopedia to its entry', async () => {
    const { content } = await read('encyclopedia-relations.txt')
    const { markers, dangling } = readCitationMarkers(content)
    expect(markers).toHaveLength(26)
    for (const { label, entries } of markers) expect(entries.map((entry) => entry.label)).toEqual([label])
    expect(markers.flatMap(({ unresolved }) => unresolved)).toEqual([])
    // The markers of these stand in a part that this copy of the article lacks.
    expect(dangling.map(({ label }) => Number(label))).toEqual([15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25])
    // Without its last entries, the markers that lack them are listed.
    const cut = {
      ...content,
      content: content.content.filter((block) => block.type !== 'note' || Number(block.attrs.label) < 33),
    }
    expect(readCitationMarkers(cut).markers.flatMap(({ unresolved }) => unresolved)).toEqual(['33', '34'])
  })

  it('is described in plain lines for a preview', async () => {
    const lines = describeStructure(await read('encyclopedia-relations.txt'))
    expect(lines).toContain(
      'Structure: 7 headings, 16 paragraphs, 1 list, 1 table, 34 notes, 26 citation markers, 2 links',
    )
    expect(lines.some((line) => /^ {2}references, \d+ sentences: References/.test(line))).toBe(true)
  })
})

const reasonNames: Record<OutOfScopeReason, string> = {
  'table-of-contents': 'table of contents',
  'link-list': 'list of links',
  'comment-form': 'comment form',
  comments: 'comments',
  'reference-list': 'references',
  navigation: 'navigation',
  boilerplate: 'page furniture',
}

function count(number: number, one: string, many = `${one}s`): string {
  return `${String(number)} ${number === 1 ? one : many}`
}

/**
 * What was recognised in a document as plain lines for a preview: what it is, what it holds, its headings as an outline, and each part that does
 * not count with its reason. Zero counts are left out.
 */
function describeStructure(document: ImportedDocument): string[] {
  const { summary } = document
  const parts: [number, string, string?][] = [
    [summary.headings.length, 'heading'],
    [summary.paragraphs, 'paragraph'],
    [summary.lists, 'list'],
    [summary.tables, 'table'],
    [summary.quotes, 'quotation'],
    [summary.codeBlocks, 'code block'],
    [summary.notes, 'note'],
    [summary.citations, 'citation marker'],
    [summary.links, 'link'],
    [summary.images, 'image'],
  ]
  const lines = [
    `Title: ${document.title}`,
    `Author: ${document.author || 'not found'}`,
    `Date: ${document.publishedOn ?? 'not found'}`,
    `Language: ${document.language === 'und' ? 'not recognised' : document.language}`,
    `Text: ${count(document.wordCount, 'word')}, ${count(document.sentenceCount, 'sentence')}, ${String(summary.checkable)} of them to be checked`,
    `Structure: ${parts.flatMap(([number, one, many]) => (number > 0 ? [count(number, one, many)] : [])).join(', ')}`,
    `SHA-256: ${document.sha256}`,
  ]
  const outline = summary.headings.filter(({ outOfScope }) => !outOfScope)
  if (outline.length > 0)
    lines.push('Outline:', ...outline.map(({ level, text }) => `${'  '.repeat(level)}${text.replace(/\s+/gu, ' ')}`))
  if (summary.regions.length > 0) {
    lines.push('Not to be checked (a reviewer can change this):')
    for (const region of summary.regions)
      lines.push(`  ${reasonNames[region.reason]}, ${count(region.sentences, 'sentence')}: ${region.opening}`)
  }
  return lines
}
