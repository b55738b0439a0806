import { useState } from 'preact/hooks'
import { call } from '../api/client.ts'
import type { Settings } from '../api/types.ts'
import { identity, load, settings, welcomed } from '../state/node.ts'
import { text } from '../text/index.ts'
import { Bird } from './icons.tsx'
import { useTask } from './parts.tsx'
import { go } from './route.ts'

/** What stands before the page: the first run, a page without access, a node that is away. */

export function Welcome() {
  const words = text.value.welcome
  const [name, setName] = useState(settings.value?.name ?? identity.value?.name ?? '')
  const [begin, busy] = useTask(async () => {
    if (name.trim() !== settings.value?.name) {
      settings.value = await call<Settings>('PATCH', 'settings', { name: name.trim() })
    }
    welcomed()
    go({ view: 'invite' })
  })
  return (
    <main class="door">
      <Bird />
      <h1>{words.title}</h1>
      <p class="lead">{words.lead}</p>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (name.trim() !== '') begin()
        }}
      >
        <label for="first-name">{words.name}</label>
        <input
          id="first-name"
          maxLength={64}
          autocomplete="off"
          value={name}
          aria-describedby="first-hint"
          onInput={(event) => setName(event.currentTarget.value)}
        />
        <p id="first-hint" class="hint">
          {words.nameHint}
        </p>
        <button class="primary" type="submit" disabled={busy || name.trim() === ''}>
          {words.begin}
        </button>
      </form>
      <p class="quiet">{words.home}</p>
    </main>
  )
}

export function Locked() {
  const words = text.value.locked
  return (
    <main class="door">
      <Bird />
      <h1>{words.title}</h1>
      {location.search.includes('login=refused') && <p class="bad">{words.used}</p>}
      <p class="lead">{words.lead}</p>
      <pre>linnet open</pre>
      <button onClick={() => location.assign('/')}>{words.again}</button>
    </main>
  )
}

export function Away() {
  const words = text.value.away
  return (
    <main class="door" aria-busy="true">
      <Bird />
      <h1>{words.title}</h1>
      <p class="lead">{words.lead}</p>
      <pre>linnet up</pre>
      <button onClick={() => void load()}>{text.value.link.now}</button>
    </main>
  )
}
