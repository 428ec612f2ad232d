import type { BlockNode } from '@/lib/domain/text/model'
import type { ParsedSource } from '../imported-document'

/** A cue of a transcript; times in seconds. */
interface Cue {
  start: number
  end: number
  speaker: string
  text: string
}

const time = String.raw`(?:\d{1,3}:)?\d{1,2}:\d{2}[.,]\d{3}`
const timing = new RegExp(String.raw`^\s*(${time})\s*-->\s*(${time})(?:\s|$)`)

/** The shortest pause after which a speaker begins a new paragraph, in seconds. */
const longPause = 3
/** The length after which the next sentence end closes a paragraph, in UTF-16 code units. */
const longParagraph = 600

/** Whether a text begins as subtitles do (SubRip or WebVTT). */
export function looksLikeSubtitles(text: string): boolean {
  const start = text
    .slice(0, 2000)
    .replace(/^\uFEFF/, '')
    .trimStart()
  if (/^WEBVTT(?:[ \t\n\r]|$)/.test(start)) return true
  const [first = '', second = ''] = start.split(/\r\n?|\n/)
  return timing.test(first) || (/^\d{1,6}\s*$/.test(first) && timing.test(second))
}

/**
 * Reads subtitles as running text: cues are joined into paragraphs by speaker and pause, and lines repeated by the next cue, as in live captions,
 * occur once. Numbers, times, positions and styles are left out.
 */
export function parseSubtitles(source: string): ParsedSource {
  const paragraphs: BlockNode[] = []
  let text = ''
  let speaker = ''
  let last: Cue | null = null
  const end = () => {
    const whole = text.trim()
    text = ''
    if (whole !== '') paragraphs.push({ type: 'paragraph', content: [{ type: 'text', text: whole }] })
  }
  for (const cue of readCues(source)) {
    const isNewSpeaker = cue.speaker !== '' && cue.speaker !== speaker
    const isPause = last !== null && cue.start - last.end > longPause
    const isEnded = /[.!?…]["'”’»)]*\s*$/u.test(text)
    if (isNewSpeaker || cue.speaker === '-' || (isPause && isEnded) || (text.length > longParagraph && isEnded)) end()
    if (isNewSpeaker && cue.speaker !== '-') {
      speaker = cue.speaker
      text = `${speaker}: `
    }
    text += `${text === '' || text.endsWith(' ') ? '' : ' '}${cue.text}`
    last = cue
  }
  end()
  return { content: { type: 'doc', content: paragraphs } }
}

function readCues(source: string): Cue[] {
  const cues: Cue[] = []
  let shown: string[] = []
  for (const block of source
    .replace(/^\uFEFF/, '')
    .replace(/\r\n?/g, '\n')
    .split(/\n[ \t]*\n+/)) {
    const lines = block.split('\n')
    const at = lines.findIndex((line) => timing.test(line))
    const times = timing.exec(lines[at] ?? '')
    if (times === null || at > 1) continue
    const voice = /<v(?:\.[^\s>]*)?\s+([^>]{1,100})>/i.exec(lines[at + 1] ?? '')?.[1]?.trim() ?? ''
    const clean = lines
      .slice(at + 1)
      .map(cleanLine)
      .filter((line) => line !== '')
    // Live captions repeat the previous line above the new one.
    const fresh = clean.filter((line, place) => !(place < shown.length && shown.includes(line)))
    shown = clean
    const dash = /^(?:[-–—]|>>+)\s*/.exec(fresh[0] ?? '')?.[0]
    const text = fresh.join(' ').replace(/^(?:[-–—]|>>+)\s*/, '')
    if (text === '') continue
    const named = /^([\p{Lu}][\p{L}\p{M} .'’-]{1,40}):\s+/u.exec(text)
    const speaker = voice || (named?.[1] ?? (dash === undefined ? '' : '-'))
    cues.push({
      start: readTime(times[1] ?? ''),
      end: readTime(times[2] ?? ''),
      speaker,
      text: named && voice === '' ? text.slice(named[0].length) : text,
    })
  }
  return cues
}

function cleanLine(line: string): string {
  return line
    .replace(/<[^<>]{0,200}>/g, '')
    .replace(/\{\\[^{}]{0,100}\}/g, '')
    .replace(/&(amp|lt|gt|nbsp|lrm|rlm);/g, (_whole, name: string) => ({ amp: '&', lt: '<', gt: '>' })[name] ?? ' ')
    .replace(/\s+/gu, ' ')
    .trim()
}

function readTime(text: string): number {
  return text
    .replace(',', '.')
    .split(':')
    .reduce((sum, part) => sum * 60 + Number(part), 0)
}
