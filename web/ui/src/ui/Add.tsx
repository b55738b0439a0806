import { useEffect, useRef, useState } from 'preact/hooks'
import { call } from '../api/client.ts'
import { changed } from '../state/node.ts'
import { text } from '../text/index.ts'
import { PaneHead, say, sayFailure, useTask } from './parts.tsx'
import { go, route } from './route.ts'
import { readCamera, readPicture } from './scan.ts'

/** Finds the invite in what was pasted or scanned, whatever stands around it. */
export function inviteIn(words: string): string | null {
  return /linnet:[^\s"'<>]+/i.exec(words)?.[0] ?? null
}

/** Takes an invite: pasted, scanned by the camera, or from a picture. */
export function Add() {
  const words = text.value.add
  const [link, setLink] = useState('')
  const [fault, setFault] = useState('')
  const [scanning, setScanning] = useState(false)
  const video = useRef<HTMLVideoElement>(null)
  const picture = useRef<HTMLInputElement>(null)

  const [take, busy] = useTask(async () => {
    const invite = inviteIn(link)
    setFault(invite === null ? words.notInvite : '')
    if (invite === null) return
    const { user } = await call<{ user: string }>('POST', 'contacts', { link: invite })
    changed(user)
    say(words.done)
    // Who went elsewhere meanwhile stays there.
    if (route.value.view === 'add') go({ view: 'chat', user })
  })

  useEffect(() => {
    if (!scanning) return
    let stop = () => {}
    let gone = false
    readCamera(video.current!, found)
      .then((end) => (gone ? end() : (stop = end)))
      .catch(() => {
        setScanning(false)
        setFault(words.noCamera)
      })
    return () => {
      gone = true
      stop()
    }
  }, [scanning])

  function found(read: string): void {
    setScanning(false)
    const invite = inviteIn(read)
    setFault(invite === null ? words.notInvite : '')
    if (invite !== null) setLink(invite)
  }

  const choose = async (file: File | undefined) => {
    if (file === undefined) return
    try {
      const read = await readPicture(file)
      if (read === null) setFault(words.noCode)
      else found(read)
    } catch (failure) {
      setFault(words.noCode)
      if (!(failure instanceof DOMException)) sayFailure(failure)
    }
  }

  return (
    <section class="pane" aria-label={words.title}>
      <PaneHead title={words.title} back={{ view: 'people' }} />
      <div class="pane-body narrow">
        <p>{words.lead}</p>
        <form
          onSubmit={(event) => {
            event.preventDefault()
            take()
          }}
        >
          <label for="invite-link">{words.paste}</label>
          <textarea
            id="invite-link"
            class="mono"
            rows={4}
            value={link}
            spellcheck={false}
            autocomplete="off"
            aria-describedby="invite-hint"
            aria-invalid={fault !== ''}
            placeholder="linnet:…"
            onInput={(event) => {
              setLink(event.currentTarget.value)
              setFault('')
            }}
          />
          <p id="invite-hint" class={fault === '' ? 'hint' : 'hint bad'} role={fault === '' ? undefined : 'alert'}>
            {fault === '' ? words.pasteHint : fault}
          </p>
          <button class="primary" type="submit" disabled={busy || link.trim() === ''}>
            {words.take}
          </button>
        </form>
        <p class="or">
          <span>{words.or}</span>
        </p>
        <div class="buttons">
          <button aria-pressed={scanning} onClick={() => setScanning(!scanning)}>
            {scanning ? words.stop : words.scan}
          </button>
          <button onClick={() => picture.current?.click()}>{words.image}</button>
          <input
            ref={picture}
            class="hidden"
            type="file"
            accept="image/*"
            tabIndex={-1}
            aria-label={words.image}
            onChange={(event) => {
              void choose(event.currentTarget.files?.[0])
              event.currentTarget.value = ''
            }}
          />
        </div>
        {scanning && (
          <figure class="camera">
            <video ref={video} muted playsInline aria-label={words.looking} />
            <figcaption>{words.looking}</figcaption>
          </figure>
        )}
        <p class="other-way">
          <a href="#/invite">{words.invite}</a>
        </p>
      </div>
    </section>
  )
}
