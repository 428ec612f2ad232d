import { existsSync, writeFileSync } from 'node:fs'

const distDir = process.env.NEXT_DIST_DIR ?? '.next'

/** Next adds its own folder to the TypeScript configuration it is given: with another folder it gets another file. */
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
  // `npm run check` checks types, once for the whole project; a build need not do it again.
  typescript: { ignoreBuildErrors: true, tsconfigPath: chooseTsconfig() },
  serverExternalPackages: ['better-sqlite3', '@node-rs/argon2', 'eld', 'pg', 'pino'],
}

export default config
