'use client'

import { useState } from 'react'
import { RadioGroup } from '@/components/ui/controls/radio-group'
import { callApi } from '@/lib/client/api/call'
import type { MailTiming, NotificationPreferences } from '@/lib/domain/notifications/schema'

/** When mail comes. It is stored at once. */
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
          { value: 'immediately', label: 'At once', hint: 'Several of the same minute come together.' },
          {
            value: 'daily',
            label: 'Once a day',
            hint: `At ${String(digestHour).padStart(2, '0')}:00 UTC, when there is something.`,
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
