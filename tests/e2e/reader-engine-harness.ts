/** Opens the reader alone in Chromium: bundles its page and serves it from memory, without server or network. */
import { build, type BuildOptions } from 'esbuild'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { Script } from 'node:vm'
import type { Page } from '@playwright/test'

const root = fileURLToPath(new URL('../..', import.meta.url))
const address = 'http://reader.test/'

interface Bundle {
  script: Map<string, string>
  style: string
}

const common = {
  bundle: true,
  jsx: 'automatic',
  target: 'es2022',
  write: false,
  outdir: '/page',
  alias: { '@': root.replace(/\/$/, '') },
  define: { 'process.env.NODE_ENV': '"production"' },
  logLevel: 'error',
} as const satisfies BuildOptions

const bundles = new Map<string, Promise<Bundle>>()

async function bundle(name: string): Promise<Bundle> {
  const entryPoints = [`${root}tests/e2e/${name}.tsx`]
  const result = await build({ ...common, entryPoints, splitting: true, format: 'esm' })
  const script = new Map<string, string>()
  let style = ''
  for (const file of result.outputFiles) {
    if (file.path.endsWith('.css')) style += file.text
    else script.set(file.path.split('/').at(-1) ?? '', file.text)
  }
  return { script, style }
}

const served = new Map<string, Promise<unknown>>()

/** Bundles a page for the server and returns its exports. */
export function loadForServer(name: string): Promise<unknown> {
  const known = served.get(name) ?? bundleForServer(name)
  served.set(name, known)
  return known
}

async function bundleForServer(name: string): Promise<unknown> {
  const entryPoints = [`${root}tests/e2e/${name}.tsx`]
  const result = await build({
    ...common,
    entryPoints,
    format: 'cjs',
    platform: 'node',
    loader: { '.css': 'empty' },
    external: ['react', 'react-dom'],
  })
  const code = result.outputFiles.find(({ path }) => path.endsWith('.js'))?.text ?? ''
  const loaded: { exports: unknown } = { exports: {} }
  const run = new Script(`(module, exports, require) => {${code}\n}`).runInThisContext() as (
    ...parts: unknown[]
  ) => void
  run(loaded, loaded.exports, createRequire(import.meta.url))
  return loaded.exports
}

const tokens = `
:root { --paper:#faf8f3; --sunken:#f1eee5; --line:#e4dfd3; --line-strong:#c9c1b0; --ink:#1e1c19; --ink-2:#524d44; --ink-3:#6a6458; --accent:#2c4a86; --accent-soft:#e5ebf7; --selection:#cfdcf5;
  --sourced:#17683f; --sourced-soft:#dcf0e2; --unsourced:#855200; --unsourced-soft:#fbeecb; --contradicted:#a8281d; --contradicted-soft:#fbe3de; --not-checkable:#5b5a69; --not-checkable-soft:#ebeaf1; }
[data-rating=sourced]{--rating:var(--sourced)}[data-rating=unsourced]{--rating:var(--unsourced)}[data-rating=contradicted]{--rating:var(--contradicted)}[data-rating=not_checkable]{--rating:var(--not-checkable)}
* { box-sizing: border-box } html, body, #root { height: 100%; margin: 0 } body { background: var(--paper); color: var(--ink) }
.columns { display: grid; grid-template-columns: 26px 1fr; height: 100% } .scroller { overflow-y: auto; padding: 32px; position: relative } article { max-width: 640px; margin: 0 auto }
@media print { html, body, #root, .columns, .scroller { display: block; height: auto; overflow: visible } }`

export interface OpenOptions {
  /** Removes CSS highlights from the browser, like an older one. */
  withoutHighlights?: boolean
  /** The file of the page, beside this one. */
  name?: string
  /** The content of the page's root before any script has run. */
  html?: string
  /** The value of `window.adoption` in the page. */
  given?: unknown
}

/** Opens a page, or replaces the open one, and waits until its script has run. */
export async function openReader(page: Page, options: OpenOptions = {}): Promise<void> {
  const { withoutHighlights = false, name = 'reader-engine-page', html = '', given = null } = options
  const known = bundles.get(name) ?? bundle(name)
  bundles.set(name, known)
  const { script, style } = await known
  const adoption = `<script>window.adoption = ${JSON.stringify(given).replaceAll('<', '\\u003c')}</script>`
  await page.unroute(`${address}**`)
  await page.route(`${address}**`, async (route) => {
    const code = script.get(new URL(route.request().url()).pathname.slice(1))
    if (code !== undefined) await route.fulfill({ contentType: 'text/javascript', body: code })
    else
      await route.fulfill({
        contentType: 'text/html; charset=utf-8',
        body: `<!doctype html><html lang="en"><head><title>Reader</title><style>${tokens}${style}</style></head><body><div id="root">${html}</div>${adoption}<script type="module" src="/${name}.js"></script></body></html>`,
      })
  })
  if (withoutHighlights)
    await page.addInitScript(() => {
      Reflect.deleteProperty(CSS, 'highlights')
    })
  await page.goto(address)
  await page.waitForFunction(() => typeof window.reader === 'object' || typeof window.adopt === 'function')
}
