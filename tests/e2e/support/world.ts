import { randomUUID } from 'node:crypto'
import type { Rating, Stance } from '@/lib/domain/annotations/rating'
import type { DocumentView } from '@/lib/domain/documents/schema'
import type { Person } from './people'

const article = `<!doctype html><html lang="en"><head><title>The dam at Arnvik</title><meta name="author" content="Ines Holt"></head><body><article>
<h1>The dam at Arnvik</h1>
<p>The dam at Arnvik was finished in 1961 after nine years of work. It holds 48 million cubic metres of water<sup><a href="#n1">1</a></sup>. Nobody has been hurt there since 1978.</p>
<h2>What it cost</h2>
<p>The region paid 212 million crowns, twice what had been planned. See <a href="https://dams.example/arnvik">the register of dams</a>. Whether it was worth it is a matter of taste.</p>
<ul><li>The wall is 61 metres high.</li><li>The road across it is closed in winter.</li></ul>
<blockquote><p>“We would build it again,” the engineer said in 1990.</p></blockquote>
<table><tr><th>Year</th><th>Visitors</th></tr><tr><td>2022</td><td>14,200</td></tr><tr><td>2023</td><td>15,900</td></tr></table>
<pre><code>level = 48.2</code></pre>
<h2>Read more</h2>
<ul><li><a href="https://dams.example/a">Other dams</a></li><li><a href="https://dams.example/b">All articles</a></li></ul>
<section role="doc-endnotes"><ol><li id="n1">Survey of 1999, page 4.</li></ol></section>
</article></body></html>`

const persian =
  'سد آرنویک\n\nسد آرنویک در سال ۱۹۶۱ پس از نه سال کار به پایان رسید. این سد ۴۸ میلیون متر مکعب آب نگه می‌دارد.'

/** Ids of the rows of a filled workspace. */
export interface World {
  source: string
  emptySource: string
  document: string
  /** A batch of two addresses that cannot be fetched. */
  batch: string
  revision: string
  persian: string
  reference: string
  annotation: string
  inviteLink: string
}

/** Imports a text through the API. */
export async function importText(
  by: Person,
  {
    text,
    source,
    format = 'text',
    ...more
  }: {
    text: string
    source: string
    format?: 'text' | 'html' | 'markdown'
    title?: string
    author?: string
    allowDuplicate?: boolean
  },
): Promise<DocumentView> {
  return by.api.send<DocumentView>('POST', '/documents', { text, format, source: { name: source }, ...more })
}

/** Marks the first occurrence of `words` in a document. */
export async function annotate(
  by: Person,
  {
    revision,
    words,
    rating,
    note = '',
    citations = [],
  }: {
    revision: string
    words: string
    rating: Rating
    note?: string
    citations?: { referenceId: string; stance: Stance; quote?: string }[]
  },
): Promise<string> {
  const text = await by.api.send<string>('GET', `/revisions/${revision}/text`)
  const start = text.indexOf(words)
  if (start < 0) throw new Error(`The document does not hold “${words}”.`)
  const body = { start, end: start + words.length, exact: words, rating, note, citations }
  return (await by.api.send<{ id: string }>('POST', `/revisions/${revision}/annotations`, body)).id
}

/** Fills a workspace so that every page has content: structure of every kind, all ratings, evidence, a pending invitation. */
export async function fillWorkspace(owner: Person, reviewer: Person): Promise<World> {
  const { api } = owner
  const about = {
    name: 'Arnvik Courier',
    kind: 'newspaper',
    homepage: 'https://courier.example',
    description: 'A weekly for the upper valley.',
  }
  const source = await api.send<{ id: string }>('POST', '/sources', about)
  const emptySource = await api.send<{ id: string }>('POST', '/sources', { name: 'Lake Radio' })
  const document = await importText(owner, { text: article, source: about.name, format: 'html' })
  const second = await importText(owner, { text: persian, source: about.name })
  const reference = await api.send<{ id: string }>('POST', '/references', {
    csl: {
      type: 'report',
      title: 'Register of dams 2020',
      author: [{ family: 'Holm', given: 'Ada' }],
      publisher: 'Water Board',
      issued: { 'date-parts': [[2020, 5]] },
      DOI: '10.5555/dams.2020',
      URL: 'https://dams.example/2020',
    },
    snapshotText: 'Arnvik: finished 1961. Capacity 48 million cubic metres. Cost 199 million crowns.',
  })
  const revision = document.revision.id
  const cite = (stance: Stance, quote: string) => [{ referenceId: reference.id, stance, quote }]
  const annotation = await annotate(reviewer, {
    revision,
    words: 'finished in 1961',
    rating: 'sourced',
    citations: cite('supports', 'finished 1961'),
  })
  await annotate(reviewer, {
    revision,
    words: 'paid 212 million crowns',
    rating: 'contradicted',
    note: 'The register says 199 million.',
    citations: cite('contradicts', 'Cost 199 million crowns'),
  })
  await annotate(reviewer, { revision, words: 'Nobody has been hurt there since 1978.', rating: 'unsourced' })
  await annotate(reviewer, { revision, words: 'a matter of taste', rating: 'not_checkable' })
  await annotate(owner, {
    revision,
    words: '48 million cubic metres',
    rating: 'sourced',
    note: 'Evidence still to come.',
  })
  const { link } = await api.send<{ link: string }>('POST', '/invitations', {
    id: randomUUID(),
    email: 'pending@example.org',
    role: 'viewer',
  })
  const batch = await api.send<{ id: string }>('POST', '/batches/addresses', {
    source: { name: 'Harbour Board' },
    addresses: ['http://127.0.0.1:9/tides', 'http://127.0.0.1:9/locks'],
  })
  return {
    batch: batch.id,
    source: source.id,
    emptySource: emptySource.id,
    document: document.id,
    revision,
    persian: second.id,
    reference: reference.id,
    annotation,
    inviteLink: link,
  }
}
