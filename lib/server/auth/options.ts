import type { AuthOptions } from 'next-auth'
import type { JWT } from 'next-auth/jwt'
import Credentials from 'next-auth/providers/credentials'
import { safeNextPath } from '@/lib/domain/access/next-path'
import { DomainError } from '@/lib/domain/errors'
import { announceAuthAddress } from '../env'
import { logger, logSecurity } from '../log'
import type { Caller } from './address'
import { authSecret } from './auth-secret'
import { cookieName, cookieOptions, secureCookies, sessionCookieName } from './cookies'
import { oidcProvider, oidcProviderId, readProfile, type OidcProfile, type OidcRefusal } from './oidc'
import { membershipsOfSession } from './session/check'
import { endSession, newSessionClaims, readClaims, sessionLife } from './session/sessions'
import { signInWithPassword, type SignedInUser } from './sign-in'

/** The result of an attempt, for the route that answers it: who signed in, or why a password was refused. */
export interface SignInOutcome {
  user?: SignedInUser
  failure?: DomainError
}

/** next-auth's cookies under our own names. */
function authCookies(): NonNullable<AuthOptions['cookies']> {
  const options = cookieOptions()
  const brief = { ...options, maxAge: 15 * 60 }
  return {
    sessionToken: { name: sessionCookieName(), options },
    callbackUrl: { name: cookieName('next-auth.callback-url'), options },
    csrfToken: { name: cookieName('next-auth.csrf-token'), options },
    pkceCodeVerifier: { name: cookieName('next-auth.pkce.code_verifier'), options: brief },
    state: { name: cookieName('next-auth.state'), options: brief },
    nonce: { name: cookieName('next-auth.nonce'), options: brief },
  }
}

/** Signing in with an address and a password. `admit` finds their user, or gives null. */
function passwordProvider(admit: (given: { email: string; password: string }) => Promise<SignedInUser | null>) {
  return Credentials({
    name: 'password',
    credentials: { email: { type: 'email' }, password: { type: 'password' } },
    async authorize(credentials) {
      const { email = '', password = '' } = credentials ?? {}
      const user = await admit({ email, password })
      return user === null ? null : { id: user.id, name: user.name, email: user.email }
    },
  })
}

/** Writes next-auth's messages to the server's log. */
const authLogger: NonNullable<AuthOptions['logger']> = {
  error: (code, details) => {
    // The caller sent an invalid address: no fault of this server, and anyone could fill the log.
    if (code === 'INVALID_CALLBACK_URL_ERROR') return
    logger().error({ code, err: details instanceof Error ? details : details.error }, 'Signing in failed')
  },
  warn: (code) => {
    logger().warn({ code }, 'next-auth has a warning')
  },
  debug: () => undefined,
}

/**
 * next-auth's options for one request. `caller` is the throttle's key, `device` the device cookie's value. `outcome` receives a throttled attempt,
 * which next-auth itself can only turn into a redirect. `admitOidc` finds the user of an account at the provider, or says why there is none.
 */
export function authOptions({
  caller,
  device,
  outcome,
  admitOidc,
}: {
  caller: Caller
  device: string | undefined
  outcome: SignInOutcome
  admitOidc: (profile: OidcProfile) => Promise<SignedInUser | OidcRefusal>
}): AuthOptions {
  announceAuthAddress()
  const oidc = oidcProvider()
  const admitted = new Map<string, SignedInUser>()
  return {
    secret: authSecret(),
    useSecureCookies: secureCookies(),
    cookies: authCookies(),
    session: { strategy: 'jwt', maxAge: sessionLife },
    pages: { signIn: '/sign-in', signOut: '/sign-in', error: '/sign-in' },
    providers: [
      passwordProvider(async (given) => {
        try {
          const user = await signInWithPassword({ ...given, caller, device })
          admitted.set(user.id, user)
          return user
        } catch (error) {
          if (!(error instanceof DomainError)) throw error
          outcome.failure = error
          return null
        }
      }),
      ...(oidc === null ? [] : [oidc]),
    ],
    callbacks: {
      async signIn({ user, account, profile }) {
        if (account?.provider !== oidcProviderId) return admitted.has(user.id)
        const result = await admitOidc(readProfile(profile))
        if (typeof result === 'string') {
          logSecurity('sign-in-refused', { address: caller.address, via: 'oidc', reason: result })
          return `/sign-in?error=${result}`
        }
        admitted.set(result.id, result)
        logSecurity('sign-in', { userId: result.id, address: caller.address, via: 'oidc' })
        // next-auth passes this same object on to the session's token.
        user.id = result.id
        return true
      },
      async jwt({ token, user }: { token: JWT; user?: { id: string } }) {
        if (user !== undefined) {
          const known = admitted.get(user.id)
          if (known === undefined) throw new Error('A session was asked for someone who did not sign in.')
          outcome.user = known
          return { ...newSessionClaims(known) }
        }
        const claims = readClaims(token)
        if (claims === null || (await membershipsOfSession(claims, '')) === null)
          throw new Error('This session was ended.')
        return { ...claims }
      },
      // Pages ask /api/v1/me who is signed in, which reads the database.
      session: ({ session }) => ({ expires: session.expires }),
      redirect({ url, baseUrl }) {
        const path = url.startsWith(`${baseUrl}/`) ? url.slice(baseUrl.length) : url
        return path.startsWith('/sign-in') ? `${baseUrl}${path}` : `${baseUrl}${safeNextPath(path)}`
      },
    },
    events: {
      async signOut({ token }) {
        const claims = readClaims(token)
        if (claims !== null) await endSession(claims)
      },
    },
    logger: authLogger,
  }
}
