import { render } from 'preact'
import { applyPrefs } from './state/prefs.ts'
import { begin } from './state/node.ts'
import { App } from './ui/App.tsx'
import './style/base.css'
import './style/shell.css'
import './style/talk.css'
import './style/panes.css'

applyPrefs()
begin()
render(<App />, document.getElementById('page')!)
