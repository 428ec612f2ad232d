'use client'

import { useState, useTransition } from 'react'
import { PasswordField } from '@/components/auth/account-fields'
import { FormMessage } from '@/components/auth/form-message'
import { type FormAction, type FormState, runAction, useForm } from '@/components/auth/use-form'
import { type Appearance, applyAppearance, currentAppearance, type Theme } from '@/components/shell/frame/appearance'
import { Button } from '@/components/ui/controls/button'
import { Checkbox, RadioGroup, Segmented } from '@/components/ui/controls/choices'
import { TextField } from '@/components/ui/controls/field'
import { Cell, HeadCell, Table } from '@/components/ui/layout/table'
import { AlertDialog } from '@/components/ui/overlays/dialog'
import { LocalTime } from '@/components/ui/text/local-time'
import { Tag } from '@/components/ui/text/tag'
import { callApi } from '@/lib/client/api/call'
import type { SignInView } from '@/lib/domain/members/schema'
import type { MailTiming, NotificationPreferences } from '@/lib/domain/notifications/schema'

const themes: readonly { value: Theme; label: string }[] = [
  { value: 'system', label: 'As the system' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
]

/** The user's name, and the address they sign in with. */
export function ProfileForm({ action, name, email }: { action: FormAction; name: string; email: string }) {
  const { state, props, pending } = useForm(action, {})
  return (
    <form {...props} className="grid max-w-md gap-4">
      <FormMessage>{state.message}</FormMessage>
      <FormMessage tone="plain">{state.done}</FormMessage>
      <TextField
        label="Name"
        name="name"
        autoComplete="name"
        required
        maxLength={120}
        defaultValue={state.values?.['name'] ?? name}
        error={state.fields?.['name']}
      />
      <TextField
        label="E-mail address"
        type="email"
        dir="ltr"
        readOnly
        className="bg-sunken text-ink-2"
        value={email}
        hint="You sign in with this address."
      />
      <div>
        <Button type="submit" busy={pending}>
          Save the name
        </Button>
      </div>
    </form>
  )
}

/** Sets a new password for a user who knows the present one. */
export function PasswordForm({ action, email }: { action: FormAction; email: string }) {
  const { state, props, pending } = useForm(action, {})
  const wrong = state.fields?.['newPassword']
  return (
    <form {...props} className="grid max-w-md gap-4">
      <FormMessage>{state.message}</FormMessage>
      <FormMessage tone="plain">{state.done}</FormMessage>
      {/* Tells a password manager which account this password belongs to. */}
      <input type="text" name="username" autoComplete="username" defaultValue={email} hidden readOnly />
      <PasswordField
        label="Current password"
        name="currentPassword"
        autoComplete="current-password"
        error={state.fields?.['currentPassword']}
      />
      <PasswordField
        label="New password"
        name="newPassword"
        autoComplete="new-password"
        // What is wrong says what would work, as the hint does.
        hint={`${wrong === undefined ? 'At least 12 characters. Four or five unrelated words work well. ' : ''}Changing it signs you out everywhere else.`}
        error={wrong}
      />
      <Checkbox
        name="keepTokens"
        label="Keep my personal tokens"
        hint="Otherwise they end in every workspace: a person who knew the password may have made one."
      />
      <div>
        <Button type="submit" busy={pending}>
          Change the password
        </Button>
      </div>
    </form>
  )
}

/** The button that ends every session, with a confirmation. */
export function SignOutEverywhere({ onConfirm }: { onConfirm: (keepTokens: boolean) => Promise<void> }) {
  const [asking, setAsking] = useState(false)
  const [keepTokens, setKeepTokens] = useState(false)
  const [pending, startTransition] = useTransition()
  return (
    <div>
      <Button
        onClick={() => {
          setAsking(true)
        }}
      >
        Sign out everywhere
      </Button>
      <AlertDialog
        open={asking}
        title="Sign out everywhere?"
        description="You are signed out on every device at once, including this one."
        confirmLabel="Sign out everywhere"
        tone="plain"
        busy={pending}
        onCancel={() => {
          setAsking(false)
        }}
        onConfirm={() => {
          startTransition(() => onConfirm(keepTokens))
        }}
      >
        <Checkbox
          label="Keep my personal tokens"
          hint="Otherwise they end in every workspace: programs that use them are refused from then on."
          checked={keepTokens}
          onChange={(event) => {
            setKeepTokens(event.target.checked)
          }}
        />
      </AlertDialog>
    </div>
  )
}

/** The appearance of the workbench in this browser; a change applies at once. */
export function AppearanceForm({ appearance: initial }: { appearance: Appearance }) {
  const [appearance, setAppearance] = useState(initial)
  const change = (part: Partial<Appearance>) => {
    // The palette or the menu may have changed the appearance since this was rendered.
    const next = { ...currentAppearance(), ...part }
    setAppearance(next)
    applyAppearance(next)
  }
  return (
    <div className="grid justify-items-start gap-4">
      <Segmented
        legend="Theme"
        name="theme"
        options={themes}
        value={appearance.theme}
        onChange={(theme) => {
          change({ theme })
        }}
      />
      <Checkbox
        label="High contrast"
        hint="Stronger lines and text. Off leaves it to the system."
        checked={appearance.highContrast}
        onChange={(event) => {
          change({ highContrast: event.target.checked })
        }}
      />
    </div>
  )
}

/** Chooses when mail is sent; a change is stored at once. */
export function MailTimingForm({ preferences }: { preferences: NotificationPreferences }) {
  const { mailIsOn, digestHour } = preferences
  const [timing, setTiming] = useState(preferences.mailTiming)
  const [state, setState] = useState<{ words: string; isProblem: boolean } | null>(null)
  const choose = async (mailTiming: MailTiming) => {
    const before = timing
    setTiming(mailTiming)
    setState(null)
    const answer = await callApi({
      method: 'PUT',
      path: '/api/v1/notifications/preferences',
      body: { mailTiming },
    })
    if (!answer.ok) setTiming(before)
    setState(answer.ok ? { words: 'Stored.', isProblem: false } : { words: answer.message, isProblem: true })
  }
  return (
    <div className="grid justify-items-start gap-3">
      {!mailIsOn && (
        <p role="note" className="max-w-[46rem] rounded-md border border-line bg-sunken px-3 py-2">
          This server sends no mail: no mail server is set up. Everything stands in your inbox. What you choose here
          holds once mail is set up.
        </p>
      )}
      <RadioGroup
        legend="Mail"
        name="mail-timing"
        value={timing}
        options={[
          { value: 'immediately', label: 'At once', hint: 'Several in the same minute come in one message.' },
          {
            value: 'daily',
            label: 'Once a day',
            hint: `At ${String(digestHour).padStart(2, '0')}:00 UTC, if there is anything to report.`,
          },
          { value: 'never', label: 'Never' },
        ]}
        onChange={(next) => void choose(next)}
      />
      <p
        role={state?.isProblem === true ? 'alert' : 'status'}
        className={state?.isProblem === true ? 'text-danger' : 'text-ink-2'}
      >
        {state?.words}
      </p>
    </div>
  )
}

/** The devices on which the user is signed in, each with a button that signs it out. */
export function SignInList({
  signIns,
  onEnd,
}: {
  signIns: readonly SignInView[]
  onEnd: (id: string) => Promise<FormState>
}) {
  const [message, setMessage] = useState<string>()
  const [pending, startTransition] = useTransition()
  return (
    <div className="grid max-w-2xl gap-3">
      <FormMessage>{message}</FormMessage>
      <Table caption="Where you are signed in">
        <thead>
          <tr>
            <HeadCell>Device</HeadCell>
            <HeadCell className="max-md:hidden">Since</HeadCell>
            <HeadCell className="max-md:hidden">Last used</HeadCell>
            <HeadCell>
              <span className="sr-only">What can be done</span>
            </HeadCell>
          </tr>
        </thead>
        <tbody>
          {signIns.map(({ id, device, startedAt, lastUsedAt, current }) => (
            <tr key={id}>
              <Cell>
                {device === '' ? 'Unknown device' : device}
                <span className="block text-sm text-ink-3 md:hidden">
                  Since <LocalTime instant={startedAt} />, last used on <LocalTime instant={lastUsedAt} />
                </span>
              </Cell>
              <Cell className="whitespace-nowrap text-ink-2 max-md:hidden">
                <LocalTime instant={startedAt} />
              </Cell>
              <Cell className="whitespace-nowrap text-ink-2 max-md:hidden">
                <LocalTime instant={lastUsedAt} />
              </Cell>
              <Cell className="text-end max-md:px-1">
                {current ? (
                  <Tag tone="accent">This one</Tag>
                ) : (
                  <Button
                    size="small"
                    variant="quiet"
                    busy={pending}
                    aria-label={`Sign out ${device === '' ? 'an unknown device' : device}`}
                    onClick={() => {
                      startTransition(async () => {
                        setMessage((await runAction(() => onEnd(id))).message)
                      })
                    }}
                  >
                    Sign out
                  </Button>
                )}
              </Cell>
            </tr>
          ))}
        </tbody>
      </Table>
    </div>
  )
}
