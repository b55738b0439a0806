import type { ComponentChildren } from 'preact'
import { useLayoutEffect, useRef } from 'preact/hooks'
import { call } from '../api/client.ts'
import type { Message } from '../api/types.ts'
import { contactOf, nameOf, timelineOf } from '../state/node.ts'
import { isUnderWay } from '../state/stage.ts'
import { moment, until } from '../text/format.ts'
import { locale, text, why } from '../text/index.ts'
import { CloseIcon, Tick } from './icons.tsx'
import { copy, say, useNow, useTask } from './parts.tsx'

/** Everything about one message: how far it is, where, why, and when it goes on. Lives with the message while it is open. */
export function MessageSheet({ message: opened, onClose }: { message: Message; onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null)
  const message = timelineOf(opened.with).find(opened.id) ?? opened
  const words = text.value
  const underWay = message.own && isUnderWay(message.stage)
  const now = useNow(underWay)
  const [retry, busy] = useTask(async () => {
    await call('POST', `messages/${message.id}/retry`)
    say(words.sheet.retried)
  })
  useLayoutEffect(() => {
    const box = dialog.current!
    box.showModal()
    return () => box.close()
  }, [])

  return (
    <dialog
      class="sheet"
      ref={dialog}
      aria-labelledby="sheet-title"
      onClose={onClose}
      onClick={(event) => event.target === dialog.current && onClose()}
    >
      <div class="sheet-body">
        <header>
          <h2 id="sheet-title">{words.sheet.title}</h2>
          <button class="icon-button" aria-label={words.sheet.close} onClick={onClose}>
            <CloseIcon />
          </button>
        </header>
        <blockquote dir="auto">{message.text ?? words.chat.unknown}</blockquote>
        <dl>
          {message.own ? <OwnFacts message={message} now={now} /> : <Fact term={words.sheet.from}>{nameOf(message.with)}</Fact>}
          <Fact term={words.sheet.written}>{moment(locale.value, message.sentMillis)}</Fact>
          <Fact term={words.sheet.number}>
            <code>{message.id}</code>
          </Fact>
        </dl>
        <div class="buttons">
          {message.own && (underWay || message.stage === 'failed') && (
            <button class="primary" onClick={retry} disabled={busy}>
              {words.sheet.retry}
            </button>
          )}
          {message.text !== null && (
            <button onClick={() => void copy(message.text ?? '', words.sheet.copied)}>{words.sheet.copy}</button>
          )}
        </div>
      </div>
    </dialog>
  )
}

function OwnFacts({ message, now }: { message: Message; now: number }) {
  const words = text.value
  const underWay = isUnderWay(message.stage)
  return (
    <>
      <Fact term={words.sheet.stage}>
        <span class="stage-line">
          <Tick stage={message.stage} /> <b>{words.stage[message.stage]}</b>
        </span>
        <span class="quiet">{words.stageMeaning[message.stage]}</span>
      </Fact>
      <Fact term={words.sheet.where}>{where(message)}</Fact>
      {message.cause !== null && (
        <Fact term={words.sheet.why}>
          {why(message.cause)}
          <span class="quiet detail">{message.cause.detail}</span>
        </Fact>
      )}
      {underWay && (
        <Fact term={words.sheet.next}>
          {message.nextTryMillis > 0 ? (
            <span role="timer">{until(words, message.nextTryMillis, now)}</span>
          ) : (
            words.sheet.anytime
          )}
        </Fact>
      )}
      <Fact term={words.sheet.path}>{message.path === 'direct' ? words.sheet.direct : message.path || words.sheet.notYet}</Fact>
    </>
  )
}

/** Says who has the message. */
function where(message: Message): string {
  const words = text.value.sheet
  const name = nameOf(message.with)
  if (message.stage === 'queued' || message.stage === 'failed') return words.onThisDevice
  if (message.stage === 'sent') return words.onItsWay
  const theirs = message.at === null || (contactOf(message.with)?.devices.includes(message.at) ?? true)
  return theirs ? words.atPeer(name) : words.kept(message.at!)
}

export function Fact({ term, children }: { term: string; children: ComponentChildren }) {
  return (
    <div class="fact">
      <dt>{term}</dt>
      <dd>{children}</dd>
    </div>
  )
}
