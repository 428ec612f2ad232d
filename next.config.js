import { existsSync, writeFileSync } from 'node:fs'

const distDir = process.env.NEXT_DIST_DIR ?? '.next'

/** Chooses the TypeScript configuration. Next adds its output folder to that file, so another output folder gets a file of its own. */
function chooseTsconfig() {
  if (distDir === '.next') return 'tsconfig.json'
  const path = `tsconfig${distDir}.json`
  if (!existsSync(path)) writeFileSync(path, '{ "extends": "./tsconfig.json" }\n')
  return path
}

/** @type {import('next').NextConfig} */
const config = {
  distDir,
  poweredByHeader: false,
  reactStrictMode: true,
  // `npm run check` checks the types of the whole project, so a build does not.
  typescript: { ignoreBuildErrors: true, tsconfigPath: chooseTsconfig() },
  // The files of public/ have no hash in their names: cached for a day, then revalidated.
  headers: () =>
    Promise.resolve([
      {
        source: '/:file(favicon.ico|icon.svg|icon-.*\\.png|apple-touch-icon.png|manifest.webmanifest|robots.txt)',
        headers: [{ key: 'cache-control', value: 'public, max-age=86400, stale-while-revalidate=604800' }],
      },
    ]),
  // A link followed while the server is away waits for it (docs/decisions/0023-links-wait-for-the-server.md).
  experimental: { useOffline: true },
  serverExternalPackages: ['better-sqlite3', '@node-rs/argon2', 'eld', 'pg', 'pino'],
}

export default config
