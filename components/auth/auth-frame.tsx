import type { ReactNode } from 'react'
import { Card } from '@/components/ui/layout/card'
import { Wordmark } from '@/components/shell/frame/wordmark'

/** The sheet that pages before signing in stand on: the name of the product, a title, a line about it, and a form. */
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
