import type { OAuthConfig } from 'next-auth/providers/oauth'
import { z } from 'zod'
import { settings } from '../env'

/** The id of the OpenID Connect provider in next-auth's paths. */
export const oidcProviderId = 'oidc'

/** A claim of another type than the standard says counts as missing. */
const optionalText = z.string().optional().catch(undefined)

const profileSchema = z.looseObject({
  iss: z.string(),
  sub: z.string(),
  email: optionalText,
  email_verified: z.union([z.boolean(), z.string()]).optional().catch(undefined),
  name: optionalText,
  preferred_username: optionalText,
})
/** The claims of one answer; what they say of the person is read once all answers have arrived. */
const claimsSchema = z.looseObject({ iss: z.string(), sub: z.string() }).partial()

/** The facts about a person that are read from the provider. */
export type OidcProfile = z.infer<typeof profileSchema>
type Claims = z.infer<typeof claimsSchema>

/** Why a person known to the provider is refused. The sign-in page has a sentence for each. */
export type OidcRefusal = 'oidc-email-missing' | 'oidc-email-unverified' | 'oidc-not-invited'

/** The configured provider; null when OIDC_ISSUER, OIDC_CLIENT_ID and OIDC_CLIENT_SECRET are not all set. */
export function oidcSettings(): { issuer: string; clientId: string; clientSecret: string; name: string } | null {
  const { OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET, OIDC_NAME } = settings()
  if (OIDC_ISSUER === undefined || OIDC_CLIENT_ID === undefined || OIDC_CLIENT_SECRET === undefined) return null
  return { issuer: OIDC_ISSUER, clientId: OIDC_CLIENT_ID, clientSecret: OIDC_CLIENT_SECRET, name: OIDC_NAME }
}

/** The URL of an issuer's description (OpenID Connect Discovery 1.0, section 4). */
function wellKnownOf(issuer: string): string {
  return `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`
}

/**
 * The provider for next-auth: authorization code flow with PKCE, state and nonce; the ID token is checked against the issuer's keys. Many providers
 * give the e-mail address only at the user-info endpoint, so that is read as well.
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
        const claims: Claims = tokens.id_token === undefined ? {} : readIdTokenClaims(tokens.id_token)
        const info: Claims =
          client.issuer.metadata.userinfo_endpoint === undefined ? {} : await client.userinfo(tokens.access_token ?? '')
        if (claims.sub === undefined || (info.sub !== undefined && info.sub !== claims.sub)) {
          throw new Error('The provider’s user-info endpoint names another person than the ID token, or none.')
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

/** The claims of an ID token, whose signature was checked when it was received. */
function readIdTokenClaims(idToken: string): Claims {
  const payload = idToken.split('.')[1] ?? ''
  return claimsSchema.parse(JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')))
}

/** The person in next-auth's result of a provider sign-in. Throws when issuer or subject is missing. */
export function readProfile(profile: unknown): OidcProfile {
  return profileSchema.parse(profile)
}
