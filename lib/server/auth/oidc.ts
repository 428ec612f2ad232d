import type { OAuthConfig } from 'next-auth/providers/oauth'
import { settings } from '../env'

/** The id of the OpenID Connect provider in next-auth's paths. */
export const oidcProviderId = 'oidc'

/** What we read of a person at the provider. */
export interface OidcProfile {
  iss: string
  sub: string
  email?: string
  email_verified?: boolean | string
  name?: string
  preferred_username?: string
}

/** Why someone whom the provider knows is not let in. Each has its words on the sign-in page. */
export type OidcRefusal = 'oidc-email-missing' | 'oidc-email-unverified' | 'oidc-not-invited'

/** The configured provider; null when OIDC_ISSUER, OIDC_CLIENT_ID and OIDC_CLIENT_SECRET are not all set. */
export function oidcSettings(): { issuer: string; clientId: string; clientSecret: string; name: string } | null {
  const { OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET, OIDC_NAME } = settings()
  if (OIDC_ISSUER === undefined || OIDC_CLIENT_ID === undefined || OIDC_CLIENT_SECRET === undefined) return null
  return { issuer: OIDC_ISSUER, clientId: OIDC_CLIENT_ID, clientSecret: OIDC_CLIENT_SECRET, name: OIDC_NAME }
}

/** Where an issuer describes itself (OpenID Connect Discovery 1.0, section 4). */
function wellKnownOf(issuer: string): string {
  return `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`
}

/**
 * The provider for next-auth: authorization code flow with PKCE, state and nonce, and the ID token checked against the issuer's keys. Many
 * providers tell the e-mail address only at the user-info endpoint, so that is asked as well.
 */
export function oidcProvider(): OAuthConfig<OidcProfile> | null {
  const oidc = oidcSettings()
  if (oidc === null) return null
  return {
    id: oidcProviderId,
    name: oidc.name,
    type: 'oauth',
    wellKnown: wellKnownOf(oidc.issuer),
    clientId: oidc.clientId,
    clientSecret: oidc.clientSecret,
    authorization: { params: { scope: 'openid email profile' } },
    checks: ['pkce', 'state', 'nonce'],
    idToken: true,
    httpOptions: { timeout: 10_000 },
    userinfo: {
      async request({ client, tokens }) {
        const claims: Partial<OidcProfile> = tokens.id_token === undefined ? {} : readIdTokenClaims(tokens.id_token)
        const info: Partial<OidcProfile> =
          client.issuer.metadata.userinfo_endpoint === undefined ? {} : await client.userinfo(tokens.access_token ?? '')
        if (claims.sub === undefined || (info.sub !== undefined && info.sub !== claims.sub)) {
          throw new Error(
            'The provider told of another person at its user-info endpoint than in the ID token, or of none.',
          )
        }
        return { ...claims, ...info, iss: claims.iss ?? oidc.issuer, sub: claims.sub }
      },
    },
    profile: (profile) => ({
      id: profile.sub,
      name: profile.name ?? profile.preferred_username ?? null,
      email: profile.email ?? null,
    }),
  }
}

/** The claims of an ID token whose signature was checked when it was fetched. */
function readIdTokenClaims(idToken: string): Partial<OidcProfile> {
  const payload = idToken.split('.')[1] ?? ''
  return JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')) as Partial<OidcProfile>
}
