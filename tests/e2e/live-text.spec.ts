/** Every page with a text shows it in a live Tiptap editor, and the editor holds the stored document, or the shown part of it. */
import type { Page } from '@playwright/test'
import type { ImportPreview, RevisionView } from '@/lib/domain/documents/schema'
import type { BlockNode, DocumentContent } from '@/lib/domain/text/model'
import { contentOfText } from '@/lib/domain/text/plain-content'
import { expect, openText, test, visitAs, type App } from './outcome-app'
import { bare, liveDocument } from './support/live-text'

/** The stored document of a text, as the API returns it to the member who has the page open. */
async function storedDocument(page: Page, app: App, documentId: string): Promise<DocumentContent> {
  const api = `${app.address}/api/v1`
  const document = (await (await page.request.get(`${api}/documents/${documentId}`)).json()) as {
    revision: { id: string }
  }
  const revision = await page.request.get(`${api}/revisions/${document.revision.id}`)
  return ((await revision.json()) as RevisionView).content
}

/** The blocks of a document, by kind and words, so that a failure can be read at a glance. */
const kindsOf = (blocks: readonly BlockNode[]) => blocks.map(({ type }) => type)

test('the reader, its verdicts and its marks', async ({ app, browser }) => {
  const page = await openText({ app, browser, who: 'mina' })
  const stored = await storedDocument(page, app, app.documentId)
  expect(kindsOf(stored.content)).toEqual(['heading', 'paragraph', 'heading', 'bulletList', 'blockquote', 'table'])
  await expect(page.getByRole('complementary', { name: 'Verdicts' }).getByRole('article')).toHaveCount(3)
  const text = page.locator('.reader-text')
  expect(bare(await liveDocument(text))).toEqual(bare(stored))
  await page.keyboard.press('v')
  await expect(page.getByRole('complementary', { name: 'Annotations' }).getByRole('article')).toHaveCount(6)
  expect(bare(await liveDocument(text))).toEqual(bare(stored))
  await page.goto(`${app.address}/documents/${app.secondId}`)
  expect(bare(await liveDocument(text))).toEqual(bare(await storedDocument(page, app, app.secondId)))
  await page.context().close()
})

test('a claim at the adjudication desk, in the blocks around it as the document sets them', async ({
  app,
  browser,
}) => {
  const path = `/review-sessions/${app.sessionId}/adjudication`
  const page = await visitAs({ app, browser, who: 'joan', path })
  const { content } = await storedDocument(page, app, app.documentId)
  const parts = [content.slice(0, 2), content.slice(1, 3), content.slice(2, 4)]
  expect(parts.map(kindsOf)).toEqual([
    ['heading', 'paragraph'],
    ['paragraph', 'heading'],
    ['heading', 'bulletList'],
  ])
  for (const [place, claimId] of app.claimIds.entries()) {
    await page.goto(`${app.address}${path}?claim=${claimId}`)
    await expect(page.locator('#claim-title')).toContainText(`Claim ${String(place + 1)} of 3`)
    const shown = await liveDocument(page.getByRole('document', { name: 'The claim in its text' }))
    expect(bare(shown.content)).toEqual(bare(parts[place]))
  }
  await page.context().close()
})

test('the preview of an import and the kept text of a reference', async ({ app, browser }) => {
  const page = await visitAs({ app, browser, who: 'lena', path: '/documents/import' })
  const text = '# The ferry\n\nIt ran late.\n\n- On Monday\n- On Tuesday\n\n> Never again.'
  await page.getByRole('tab', { name: 'Paste' }).click()
  await page.locator('label').filter({ hasText: 'Markdown' }).click()
  await page.getByRole('textbox', { name: 'Text', exact: true }).fill(text)
  await page.getByRole('button', { name: 'Look at it' }).click()
  const preview = await page.request.post(`${app.address}/api/v1/documents/preview`, {
    data: { text, format: 'markdown' },
    headers: { origin: app.address },
  })
  expect(preview.status(), await preview.text()).toBe(200)
  const read = (await preview.json()) as ImportPreview
  expect(kindsOf(read.content.content)).toEqual(['heading', 'paragraph', 'bulletList', 'blockquote'])
  const shown = page.getByRole('document', { name: 'The text as it was recognised' })
  expect(bare(await liveDocument(shown))).toEqual(bare(read.content))

  await page.goto(`${app.address}/references/${app.referenceId}`)
  const reference = await page.request.get(`${app.address}/api/v1/references/${app.referenceId}`)
  const { snapshotText } = (await reference.json()) as { snapshotText: string }
  expect(snapshotText).toContain('27,400 cars.\nCounted')
  const kept = await liveDocument(page.getByRole('document', { name: 'The kept text' }))
  expect(bare(kept)).toEqual(bare(contentOfText(snapshotText)))
  await page.context().close()
})
