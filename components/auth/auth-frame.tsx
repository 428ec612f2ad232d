import type { ReactNode } from 'react'
import { Wordmark } from '@/components/shell/frame/wordmark'
import { LinkButton } from '@/components/ui/controls/button'
import { Card } from '@/components/ui/layout/card'
import { FormMessage } from './form-message'

/** The frame of the pages before sign-in: the name of the product, a title, a line about it, and a form. */
export function AuthFrame({ title, intro, children }: { title: string; intro?: ReactNode; children?: ReactNode }) {
  return (
    <main className="mx-auto grid min-h-dvh w-full max-w-md content-center gap-6 px-4 py-10">
      <Wordmark />
      <Card className="grid gap-5 p-6 max-sm:p-5">
        <div className="grid gap-1.5">
          <h1 dir="auto" className="font-serif text-2xl font-semibold tracking-[-0.015em] [overflow-wrap:anywhere]">
            {title}
          </h1>
          {intro !== undefined && <div className="text-ink-2 [overflow-wrap:anywhere]">{intro}</div>}
        </div>
        {children}
      </Card>
    </main>
  )
}

/** Takes the place of the form when its link does not work: says why, and links to sign-in. */
export function DeadLink({ title, problem }: { title: string; problem: string }) {
  return (
    <AuthFrame title={title}>
      <FormMessage>{problem}</FormMessage>
      <LinkButton href="/sign-in">Go to signing in</LinkButton>
    </AuthFrame>
  )
}

/** Separates two ways of doing the same thing. */
export function OrLine() {
  return (
    <div className="flex items-center gap-3 text-sm text-ink-3">
      <span className="h-px flex-1 bg-line" />
      or
      <span className="h-px flex-1 bg-line" />
    </div>
  )
}
