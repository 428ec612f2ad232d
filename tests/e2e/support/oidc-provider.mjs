/**
 * A real OpenID Connect provider as a process of its own: node oidc-provider.mjs <port> <redirect address>. Anyone signs in with any password; the
 * name decides what the provider knows of the person. Prints "ready" when it listens.
 */
import Provider from 'oidc-provider'

const [port, redirectUri] = process.argv.slice(2)

/** The provider's claims by name: `unverified…` has an unverified address, `nameless…` none, all others a verified one. */
function claimsOf(login) {
  if (login.startsWith('nameless')) return { sub: login }
  return {
    sub: login,
    name: `${login} of the provider`,
    email: `${login}@example.org`,
    email_verified: !login.startsWith('unverified'),
  }
}

const provider = new Provider(`http://127.0.0.1:${port}`, {
  clients: [{ client_id: 'sourcemark', client_secret: 'a secret for tests', redirect_uris: [redirectUri] }],
  claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
  pkce: { required: () => true },
  cookies: { keys: ['only for tests'] },
  findAccount: (_context, login) => ({ accountId: login, claims: () => claimsOf(login) }),
})
// Prints the provider's errors, so that a failing test shows them.
provider.on('server_error', (_context, error) => console.error(error))
provider.on('authorization.error', (_context, error) => console.error(error.error_description ?? error.message))
provider.on('grant.error', (_context, error) => console.error(error.error_description ?? error.message))
provider.listen(Number(port), '127.0.0.1', () => console.log('ready'))
