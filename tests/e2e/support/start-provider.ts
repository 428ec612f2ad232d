import { spawn } from 'node:child_process'
import { root } from './start-app'

/** A running OpenID Connect provider. */
export interface ProviderProcess {
  printed: () => string
  stop: () => Promise<void>
}

/** Starts the provider of oidc-provider.mjs for one application. @throws when it does not listen within 20 s. */
export async function startProvider(port: number, redirectUri: string): Promise<ProviderProcess> {
  const child = spawn(process.execPath, ['tests/e2e/support/oidc-provider.mjs', String(port), redirectUri], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let printed = ''
  const ended = new Promise<void>((resolve) =>
    child.once('exit', () => {
      resolve()
    }),
  )
  await new Promise<void>((resolve, reject) => {
    const timer = setTimeout(() => {
      reject(new Error(`The provider did not start:\n${printed}`))
    }, 20_000)
    const listen = (chunk: Buffer) => {
      printed += chunk.toString()
      if (!printed.includes('ready')) return
      clearTimeout(timer)
      resolve()
    }
    child.stdout.on('data', listen)
    child.stderr.on('data', listen)
  })
  return {
    printed: () => printed,
    stop: async () => {
      child.kill('SIGTERM')
      await ended
    },
  }
}
