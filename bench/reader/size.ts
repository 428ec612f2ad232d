/** The script that the reader adds to a page, without React. */
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** Gzipped kilobytes: of the part that every browser loads, and of the editor that browsers without CSS highlights load in addition. */
export async function measureSize(): Promise<{ always: number; fallback: number }> {
  const result = await build({
    stdin: {
      contents: `export { TextReader } from '@/components/reader/text-reader'; export { Minimap } from '@/components/reader/minimap'`,
      resolveDir: root,
      loader: 'ts',
    },
    bundle: true,
    minify: true,
    splitting: true,
    format: 'esm',
    jsx: 'automatic',
    target: 'es2022',
    write: false,
    outdir: '/size',
    external: ['react', 'react-dom', 'react/*'],
    alias: { '@': root.replace(/\/$/, '') },
    define: { 'process.env.NODE_ENV': '"production"' },
    loader: { '.css': 'empty' },
    metafile: true,
    logLevel: 'error',
  })
  const outputs = result.metafile.outputs
  const entry = Object.keys(outputs).find((path) => outputs[path]?.entryPoint === '<stdin>') ?? ''
  const always = new Set([entry])
  for (const path of always)
    for (const { path: next, kind } of outputs[path]?.imports ?? [])
      if (kind === 'import-statement' && outputs[next]) always.add(next)
  const sizes = { always: 0, fallback: 0 }
  for (const file of result.outputFiles) {
    const first = [...always].some((path) => file.path.endsWith(path.split('/').at(-1) ?? path))
    sizes[first ? 'always' : 'fallback'] += gzipSync(file.contents, { level: 9 }).length / 1024
  }
  return sizes
}
