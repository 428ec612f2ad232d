import { settings } from './env'

/**
 * A path of this application as a whole address, for links that leave the browser: PUBLIC_URL, else where the server listens. Never taken
 * from a request, whose Host header anyone can write.
 */
export function publicUrl(path: string): string {
  const { PUBLIC_URL, HOST, PORT } = settings()
  const host = HOST === '0.0.0.0' || HOST === '::' ? 'localhost' : HOST.includes(':') ? `[${HOST}]` : HOST
  return new URL(path, PUBLIC_URL ?? `http://${host}:${PORT}`).href
}
