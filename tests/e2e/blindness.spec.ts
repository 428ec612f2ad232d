/** No page reveals another reviewer's marks during a blind phase, neither in its HTML nor in the data sent with it. */
import { readdirSync } from 'node:fs'
import { expect, test } from '@playwright/test'
import { joinAs, setUpOwner, type Person } from './support/people'
import { root, startApp, type App } from './support/start-app'
import { annotate, importText } from './support/world'

const text = 'The pier was opened in 1931. It carried two thousand people on its first day. Nobody has counted since.'
const secretWords = ['Quillfeather', 'Zyzzogeton', 'Ostrobogulous']

let app: App
let owner: Person
let lead: Person
let hidden: Person
let reviewer: Person
let ids: Record<string, string>
/** The hidden reviewer's work. */
const secrets: string[] = [...secretWords]

test.beforeAll(async () => {
  test.setTimeout(180_000)
  app = await startApp()
  owner = await setUpOwner(app)
  lead = await joinAs({ owner, role: 'lead', name: 'Leo Brandt' })
  hidden = await joinAs({ owner, role: 'reviewer', name: 'Hanna Hidden' })
  reviewer = await joinAs({ owner, role: 'reviewer', name: 'Rita Reviewer' })
  const document = await importText(owner, { text, source: 'Pier Gazette', title: 'The pier' })
  const known = await owner.api.send<{ id: string }>('POST', '/references', {
    csl: { type: 'book', title: 'Harbour almanac' },
  })
  const session = await lead.api.send<{ id: string; version: number }>('POST', '/review-sessions', { name: 'Spring' })
  const place = `/review-sessions/${session.id}`
  await lead.api.send('POST', `${place}/documents`, { how: 'picked', documentIds: [document.id] })
  const members = [await memberOf(hidden), await memberOf(reviewer)]
  for (const memberId of members) await lead.api.send('PUT', `${place}/members/${memberId}`, { reviews: true })
  await lead.api.send('PUT', `${place}/members/${await memberOf(lead)}`, { reviews: false, adjudicates: true })
  const { version } = await lead.api.send<{ version: number }>('GET', place)
  await lead.api.change('POST', `${place}/transitions`, { body: { name: 'activate' }, version })
  for (const memberId of members)
    await lead.api.send('POST', `${place}/assignments`, { documentId: document.id, memberId })
  const batch = await lead.api.send<{ id: string }>('POST', '/batches/addresses', {
    source: { name: 'Harbour Board' },
    addresses: ['http://127.0.0.1:9/tides'],
  })
  const frozen = JSON.parse((await app.runScript('tests/e2e/support/seed-report.ts')).stdout) as { report: string }
  ids = {
    documents: document.id,
    revision: document.revision.id,
    sources: document.source.id,
    references: known.id,
    'review-sessions': session.id,
    batches: batch.id,
    reports: frozen.report,
  }
  // The hidden reviewer has already started, so that later work changes no state.
  secrets.push(
    await annotate(hidden, {
      revision: document.revision.id,
      words: 'The pier',
      rating: 'unsourced',
      note: 'Quillfeather',
    }),
  )
})

test.afterAll(async () => {
  await app.stop()
})

async function memberOf({ api }: Person): Promise<string> {
  return (await api.send<{ memberId: string }>('GET', '/me')).memberId
}

/** The address of every page of the workbench, from the application's folders. */
function addressesOf(folder: string, address = ''): string[] {
  return readdirSync(`${root}${folder}`, { withFileTypes: true }).flatMap((entry) => {
    if (entry.isFile()) return entry.name === 'page.tsx' ? [address === '' ? '/' : address] : []
    if (entry.name.startsWith('(')) return addressesOf(`${folder}/${entry.name}`, address)
    const noun = address.split('/').at(-1) ?? ''
    const step = entry.name === '[id]' ? ids[noun] : entry.name
    if (step === undefined || step.startsWith('['))
      throw new Error(`Say in this test which id stands for ${entry.name} in ${address}.`)
    return addressesOf(`${folder}/${entry.name}`, `${address}/${step}`)
  })
}

/** Parts that differ between two answers: nonces and times. Quotation marks of JSON inside JSON are escaped more than once. */
function withoutNow(page: string): string {
  return (
    page
      .replaceAll(/nonce=\\?"[^"\\]*\\?"/g, 'nonce')
      .replaceAll(/\\?"nonce\\?":\\?"[^"\\]*\\?"/g, 'nonce')
      .replaceAll(/\\*"(at|now|computedAt)\\*":(\\*"[^"\\]*\\*"|\d+)/g, 'moment')
      // The head of a report gives the time of its figures.
      .replaceAll(/data-edition="true">[^<]*<\/span><time [^>]*>[^<]*<\/time>/g, 'moment')
  )
}

function cookiesOf({ state }: Person): string {
  return state.cookies.map(({ name, value }) => `${name}=${value}`).join('; ')
}

/** Every page as sent to a member: the HTML, and the data alone that the browser requests during navigation. */
async function readPages(person: Person): Promise<Map<string, string>> {
  const cookie = cookiesOf(person)
  const pages = new Map<string, string>()
  const searches = secretWords.flatMap((word) => [`/references?q=${word}`, `/documents?q=${word}`])
  for (const address of [...addressesOf('app/(workbench)'), ...searches]) {
    for (const headers of [{ cookie }, { cookie, RSC: '1' }]) {
      const response = await fetch(app.address + address, { headers, redirect: 'manual' })
      const kind = 'RSC' in headers ? 'data of' : 'page'
      pages.set(`${kind} ${address}`, `${String(response.status)} ${withoutNow(await response.text())}`)
    }
  }
  return pages
}

function leaksIn(pages: Map<string, string>): string[] {
  return [...pages].flatMap(([name, page]) =>
    secrets.filter((secret) => page.includes(secret) && !name.includes(secret)).map((secret) => `${name}: ${secret}`),
  )
}

function differences(before: Map<string, string>, after: Map<string, string>): string[] {
  return [...before].flatMap(([name, was]) => {
    const is = after.get(name) ?? ''
    if (was === is) return []
    let place = 0
    while (was[place] === is[place]) place += 1
    return [`${name}: “${was.slice(place - 80, place + 80)}” became “${is.slice(place - 80, place + 80)}”`]
  })
}

async function workInHiding(): Promise<void> {
  const { api } = hidden
  const revision = ids['revision'] ?? ''
  const reference = await api.send<{ id: string }>('POST', '/references', {
    csl: { type: 'book', title: 'Zyzzogeton ledger' },
  })
  const citations = [
    { referenceId: reference.id, stance: 'contradicts' as const, quote: 'Ostrobogulous' },
    { referenceId: ids['references'] ?? '', stance: 'mentions' as const, quote: '' },
  ]
  const first = await annotate(hidden, {
    revision,
    words: 'opened in 1931',
    rating: 'contradicted',
    note: 'Quillfeather says otherwise.',
    citations,
  })
  const second = await annotate(hidden, { revision, words: 'two thousand people', rating: 'unsourced' })
  const start = text.indexOf('Nobody')
  const decision = await api.send<{ id: string }>('POST', `/revisions/${revision}/sentence-decisions`, {
    start,
    end: text.length,
  })
  const thread = await api.send<{ id: string }>('POST', `/documents/${ids['documents'] ?? ''}/threads`, {
    passage: { revisionId: revision, start, end: start + 'Nobody has'.length },
    comment: { body: 'Zyzzogeton, says @Rita Reviewer. @Leo Brandt?' },
  })
  secrets.push(reference.id, first, second, decision.id, thread.id)
}

test('what a reviewer marks in a blind phase changes no page of another, and comes to light when it ends', async () => {
  // A server's first answer names fewer scripts than its later ones.
  await fetch(`${app.address}/documents`, { headers: { cookie: cookiesOf(reviewer) }, redirect: 'manual' })
  const before = await readPages(reviewer)
  const beforeOfLead = await readPages(lead)
  expect([...before.values()].filter((page) => page.startsWith('200')).length).toBeGreaterThan(15)
  await workInHiding()
  const after = await readPages(reviewer)
  const afterOfLead = await readPages(lead)
  for (const pages of [before, after, beforeOfLead, afterOfLead]) expect(leaksIn(pages)).toEqual([])
  expect(differences(before, after)).toEqual([])

  // The same scan finds the marks on the author's own pages, and on the others' pages after the phase.
  expect(leaksIn(await readPages(hidden))).toEqual(
    expect.arrayContaining([`page /documents/${ids['documents'] ?? ''}: Quillfeather`]),
  )
  const place = `/review-sessions/${ids['review-sessions'] ?? ''}`
  const { version } = await lead.api.send<{ version: number }>('GET', place)
  await lead.api.change('POST', `${place}/transitions`, {
    body: { name: 'start-adjudication', withdrawUnfinished: true },
    version,
  })
  const shown = leaksIn(await readPages(reviewer))
  expect(shown).toEqual(
    expect.arrayContaining([
      `page /documents/${ids['documents'] ?? ''}: Quillfeather`,
      'page /references: Zyzzogeton',
      `page /references/${ids['references'] ?? ''}: ${secrets[5] ?? ''}`,
    ]),
  )
})
