import { AuthFrame } from './auth-frame'

function Command({ children }: { children: string }) {
  return (
    <code dir="ltr" className="rounded-md bg-sunken px-3 py-2 font-mono text-sm [overflow-wrap:anywhere]">
      {children}
    </code>
  )
}

/** Instead of the sign-in form of a server without accounts: where the link is that leads in. It tells nothing that is secret. */
export function NotSetUp() {
  return (
    <AuthFrame title="Not set up yet" intro="Nobody has an account on this server, so there is nothing to sign in to.">
      <div className="grid gap-3">
        <p>
          When the server started it printed a one-time link in its log. The person who opens the link within 24 hours
          becomes the first owner, and can invite the others.
        </p>
        <p>If the link is gone or its time is over, print a new one on the server, in the folder of Sourcemark:</p>
        <Command>npm run sourcemark -- setup-link</Command>
      </div>
    </AuthFrame>
  )
}
