import { render } from 'preact'
import { applyPrefs } from './state/prefs.ts'
import { begin } from './state/node.ts'
import { App } from './ui/App.tsx'
import { route } from './ui/route.ts'
import './style/base.css'
import './style/shell.css'
import './style/talk.css'
import './style/panes.css'

applyPrefs()
begin(() => (route.value.view === 'chat' ? route.value.user : null))
render(<App />, document.getElementById('page')!)
