import { escapeHtml, type Message } from '../mail/messages'

/** One line of a message of notifications: a sentence and where it leads. */
export interface Told {
  words: string
  url: string
}

/**
 * The message with a member's notifications, one or many: what happened, to what, and the links. Never the words of marks or comments: the
 * page behind a link shows what the member may see then.
 */
export function notificationMessage(message: {
  name: string
  workspaceName: string
  told: readonly Told[]
  isDigest: boolean
  settingsUrl: string
}): Message {
  const { name, workspaceName, told, isDigest, settingsUrl } = message
  const [only] = told
  const count = told.length
  const subject =
    count === 1 && only !== undefined && !isDigest
      ? `${only.words} (${workspaceName})`
      : `${workspaceName}: ${count} ${count === 1 ? 'notification' : 'notifications'}`
  const greeting = `Hello ${name},`
  const intro = isDigest
    ? `this is what happened in “${workspaceName}” on Sourcemark:`
    : `in “${workspaceName}” on Sourcemark:`
  const why = 'You choose when such messages come, or that none come, under Settings:'
  const line = 'margin:0 0 0.75em'
  return {
    // Titles may have line breaks, headers not.
    subject: subject.replaceAll(/\s+/g, ' '),
    text: [greeting, intro, ...told.map(({ words, url }) => `${words}.\n${url}`), why, settingsUrl].join('\n\n') + '\n',
    html: [
      '<!doctype html><html lang="en"><body style="font-family:Georgia,serif;font-size:16px;line-height:1.5;max-width:36em">',
      `<p dir="auto">${escapeHtml(greeting)}</p>`,
      `<p dir="auto">${escapeHtml(intro)}</p>`,
      '<ul>',
      ...told.map(
        ({ words, url }) => `<li dir="auto" style="${line}"><a href="${escapeHtml(url)}">${escapeHtml(words)}</a></li>`,
      ),
      '</ul>',
      `<p><a href="${escapeHtml(settingsUrl)}">${escapeHtml(why.replace(/:$/, ''))}</a></p>`,
      '</body></html>',
    ].join('\n'),
  }
}
