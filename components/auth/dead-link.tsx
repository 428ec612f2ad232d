import { LinkButton } from '@/components/ui/controls/button'
import { AuthFrame } from './auth-frame'
import { FormMessage } from './form-message'

/** Stands in for the form when its link does not work: says why, and leads to signing in. */
export function DeadLink({ title, problem }: { title: string; problem: string }) {
  return (
    <AuthFrame title={title}>
      <FormMessage>{problem}</FormMessage>
      <LinkButton href="/sign-in">Go to signing in</LinkButton>
    </AuthFrame>
  )
}
