const unusable = 'Signing in did not work. Try again; if it happens once more, tell the server’s administrator.'

const problems: Record<string, string> = {
  CredentialsSignin: 'This e-mail address and password do not belong together. Check both.',
  SessionRequired: 'Sign in to see this page.',
  AccessDenied: 'You were not let in. Ask an owner of the workspace for an invitation.',
  OAuthSignin: 'The single sign-on provider cannot be reached. Try again later, or sign in with a password.',
  OAuthCallback: 'Signing in at the provider was cancelled, took too long, or could not be verified. Start again here.',
  Callback: 'Signing in at the provider could not be finished. Start again here.',
  'oidc-email-missing':
    'The provider did not tell your e-mail address. Ask its administrator to release it to Sourcemark.',
  'oidc-email-unverified': 'The provider has not verified your e-mail address yet. Verify it there, then start again.',
  'oidc-not-invited':
    'Nobody has invited this account. Ask an owner of the workspace to invite the e-mail address you use at the provider.',
}

/** What to say about the `error` that signing in came back with; undefined without one. */
export function signInProblem(error: string | undefined): string | undefined {
  if (error === undefined || error === '') return undefined
  return Object.hasOwn(problems, error) ? problems[error] : unusable
}
