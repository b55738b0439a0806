import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import { call, file, Refusal } from '../api/client.ts'
import type { Settings as Config } from '../api/types.ts'
import { identity, settings, version } from '../state/node.ts'
import { chooseLanguage, chooseTheme, theme, type Theme } from '../state/prefs.ts'
import { LANGUAGES, language, text, type Language } from '../text/index.ts'
import { PaneHead, say, useTask } from './parts.tsx'

/** Name, receipts, passphrase, look, backup. */
export function Settings() {
  const words = text.value.settings
  return (
    <section class="pane" aria-label={words.title}>
      <PaneHead title={words.title} back={{ view: 'chats' }} />
      <div class="pane-body narrow">
        <Profile />
        <Privacy />
        <Look />
        <Passphrase />
        <Backup />
        <About />
      </div>
    </section>
  )
}

function Card({ title, children }: { title: string; children: ComponentChildren }) {
  return (
    <section class="card" aria-label={title}>
      <h2>{title}</h2>
      {children}
    </section>
  )
}

function Profile() {
  const words = text.value.settings
  const [name, setName] = useState(settings.value?.name ?? '')
  const [save, busy] = useTask(async () => {
    settings.value = await call<Config>('PATCH', 'settings', { name: name.trim() })
    say(words.saved)
  })
  return (
    <Card title={words.profile}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          save()
        }}
      >
        <label for="name">{words.name}</label>
        <div class="joined">
          <input
            id="name"
            maxLength={64}
            autocomplete="off"
            value={name}
            onInput={(event) => setName(event.currentTarget.value)}
          />
          <button type="submit" disabled={busy || name.trim() === '' || name.trim() === settings.value?.name}>
            {words.save}
          </button>
        </div>
      </form>
      <p class="hint">
        {words.id}: <code>{identity.value?.user}</code>
      </p>
    </Card>
  )
}

function Privacy() {
  const words = text.value.settings
  const on = settings.value?.receipts ?? true
  const [flip, busy] = useTask(async () => {
    settings.value = await call<Config>('PATCH', 'settings', { receipts: !on })
    say(words.saved)
  })
  return (
    <Card title={words.privacy}>
      <label class="switch">
        <input
          type="checkbox"
          role="switch"
          checked={busy ? !on : on}
          disabled={busy}
          aria-describedby="receipts-hint"
          onChange={flip}
        />
        <span>{words.receipts}</span>
      </label>
      <p id="receipts-hint" class="hint">
        {words.receiptsHint}
      </p>
    </Card>
  )
}

function Look() {
  const words = text.value.settings
  const themes: [Theme, string][] = [
    ['system', words.system],
    ['light', words.light],
    ['dark', words.dark],
  ]
  return (
    <Card title={words.look}>
      <fieldset class="choice">
        <legend>{words.theme}</legend>
        {themes.map(([value, name]) => (
          <label key={value}>
            <input type="radio" name="theme" checked={theme.value === value} onChange={() => chooseTheme(value)} />
            <span>{name}</span>
          </label>
        ))}
      </fieldset>
      <fieldset class="choice">
        <legend>{words.languageLabel}</legend>
        {(Object.keys(LANGUAGES) as Language[]).map((value) => (
          <label key={value} lang={value}>
            <input type="radio" name="language" checked={language.value === value} onChange={() => chooseLanguage(value)} />
            <span>{LANGUAGES[value].language}</span>
          </label>
        ))}
      </fieldset>
    </Card>
  )
}

function Passphrase() {
  const words = text.value.settings
  const [current, setCurrent] = useState('')
  const [next, setNext] = useState('')
  const [again, setAgain] = useState('')
  const [fault, setFault] = useState('')
  const change = async (to: string | null) => {
    const body: { next: string | null; current?: string } = { next: to }
    if (current !== '') body.current = current
    try {
      await call('PUT', 'settings/passphrase', body)
    } catch (failure) {
      if (!(failure instanceof Refusal) || failure.status !== 403) throw failure
      setFault(words.wrong)
      return
    }
    for (const clear of [setCurrent, setNext, setAgain, setFault]) clear('')
    if (settings.value !== null) settings.value = { ...settings.value, passphrase: to !== null }
    say(to === null ? words.removed : words.changed)
  }
  const [set, setting] = useTask(() => change(next))
  const [remove, removing] = useTask(() => change(null))
  const sealed = settings.value?.passphrase === true
  const differ = again !== '' && next !== again
  return (
    <Card title={words.passphrase}>
      <p>{words.passphraseLead}</p>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (next !== '' && next === again) set()
        }}
      >
        <input class="hidden" type="text" autocomplete="username" value="linnet" readOnly tabIndex={-1} aria-hidden="true" />
        {sealed && (
          <Secret id="current" label={words.current} value={current} onInput={setCurrent} kind="current-password" />
        )}
        <Secret id="next" label={words.next} value={next} onInput={setNext} kind="new-password" />
        <Secret id="again" label={words.nextAgain} value={again} onInput={setAgain} kind="new-password" />
        {(differ || fault !== '') && (
          <p class="hint bad" role="alert">
            {differ ? words.differ : fault}
          </p>
        )}
        <div class="buttons">
          <button type="submit" class="primary" disabled={setting || next === '' || next !== again || (sealed && current === '')}>
            {words.change}
          </button>
          {sealed && (
            <button type="button" onClick={remove} disabled={removing || current === ''}>
              {words.remove}
            </button>
          )}
        </div>
      </form>
    </Card>
  )
}

interface SecretProps {
  id: string
  label: string
  value: string
  onInput: (words: string) => void
  kind: 'current-password' | 'new-password'
}

function Secret({ id, label, value, onInput, kind }: SecretProps) {
  return (
    <p class="field">
      <label for={id}>{label}</label>
      <input
        id={id}
        type="password"
        autocomplete={kind}
        value={value}
        onInput={(event) => onInput(event.currentTarget.value)}
      />
    </p>
  )
}

function Backup() {
  const words = text.value.settings
  const [passphrase, setPassphrase] = useState('')
  const [make, busy] = useTask(async () => {
    const { name, content } = await file('backup', { passphrase })
    const address = URL.createObjectURL(content)
    const link = document.createElement('a')
    link.href = address
    link.download = name
    link.click()
    setTimeout(() => URL.revokeObjectURL(address), 60_000)
    setPassphrase('')
  })
  return (
    <Card title={words.backup}>
      <p>{words.backupLead}</p>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (passphrase !== '') make()
        }}
      >
        <Secret id="backup" label={words.backupPass} value={passphrase} onInput={setPassphrase} kind="new-password" />
        <button type="submit" disabled={busy || passphrase === ''}>
          {busy ? words.making : words.download}
        </button>
      </form>
    </Card>
  )
}

function About() {
  const words = text.value.settings
  const who = identity.value
  return (
    <Card title={words.about}>
      <p>
        {words.version(version.value)} · {words.network(who?.network ?? '')}
      </p>
      <p class="hint">{words.addresses}:</p>
      {who === null || who.endpoints.length === 0 ? (
        <p class="hint">{words.noAddress}</p>
      ) : (
        <ul class="addresses">
          {who.endpoints.map((one) => (
            <li key={one}>
              <code>{one}</code>
            </li>
          ))}
        </ul>
      )}
    </Card>
  )
}
