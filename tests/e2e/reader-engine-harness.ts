/** Opens the reader alone in Chromium: bundles reader-engine-page.tsx and serves it from memory, with no server and no network. */
import { build } from 'esbuild'
import { fileURLToPath } from 'node:url'
import type { Page } from '@playwright/test'

const root = fileURLToPath(new URL('../..', import.meta.url))
const address = 'http://reader.test/'

let bundled: Promise<{ script: Map<string, string>; style: string }> | null = null

async function bundle() {
  const result = await build({
    entryPoints: [`${root}tests/e2e/reader-engine-page.tsx`],
    bundle: true,
    splitting: true,
    format: 'esm',
    jsx: 'automatic',
    target: 'es2022',
    write: false,
    outdir: '/page',
    alias: { '@': root.replace(/\/$/, '') },
    define: { 'process.env.NODE_ENV': '"production"' },
    logLevel: 'error',
  })
  const script = new Map<string, string>()
  let style = ''
  for (const file of result.outputFiles) {
    if (file.path.endsWith('.css')) style += file.text
    else script.set(file.path.split('/').at(-1) ?? '', file.text)
  }
  return { script, style }
}

const tokens = `
:root { --paper:#faf8f3; --sunken:#f1eee5; --line:#e4dfd3; --line-strong:#c9c1b0; --ink:#1e1c19; --ink-2:#524d44; --ink-3:#6a6458; --accent:#2c4a86; --accent-soft:#e5ebf7; --selection:#cfdcf5;
  --sourced:#17683f; --sourced-soft:#dcf0e2; --unsourced:#855200; --unsourced-soft:#fbeecb; --contradicted:#a8281d; --contradicted-soft:#fbe3de; --not-checkable:#5b5a69; --not-checkable-soft:#ebeaf1; }
[data-rating=sourced]{--rating:var(--sourced)}[data-rating=unsourced]{--rating:var(--unsourced)}[data-rating=contradicted]{--rating:var(--contradicted)}[data-rating=not_checkable]{--rating:var(--not-checkable)}
* { box-sizing: border-box } html, body, #root { height: 100%; margin: 0 } body { background: var(--paper); color: var(--ink) }
.columns { display: grid; grid-template-columns: 26px 1fr; height: 100% } .scroller { overflow-y: auto; padding: 32px; position: relative } article { max-width: 640px; margin: 0 auto }
@media print { html, body, #root, .columns, .scroller { display: block; height: auto; overflow: visible } }`

/** Opens the page. With `withoutHighlights` the browser has no CSS highlights, as older ones do. */
export async function openReader(page: Page, options: { withoutHighlights?: boolean } = {}): Promise<void> {
  bundled ??= bundle()
  const { script, style } = await bundled
  await page.route(`${address}**`, async (route) => {
    const name = new URL(route.request().url()).pathname.slice(1)
    const code = script.get(name)
    if (code !== undefined) await route.fulfill({ contentType: 'text/javascript', body: code })
    else
      await route.fulfill({
        contentType: 'text/html; charset=utf-8',
        body: `<!doctype html><html lang="en"><head><title>Reader</title><style>${tokens}${style}</style></head><body><div id="root"></div><script type="module" src="/reader-engine-page.js"></script></body></html>`,
      })
  })
  if (options.withoutHighlights === true)
    await page.addInitScript(() => {
      Reflect.deleteProperty(CSS, 'highlights')
    })
  await page.goto(address)
  await page.waitForFunction(() => typeof window.reader === 'object')
}
