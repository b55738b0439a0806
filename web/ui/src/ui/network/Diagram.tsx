import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import type { Lookup, Routes } from '../../api/network.ts'
import { theme } from '../../state/prefs.ts'
import { words } from '../../text/network/index.ts'
import { draw, spots, type Colours, type Picture } from './draw.ts'
import { labelOf, starsOf } from './sky.ts'
import { State, STATES } from './Tables.tsx'

/** Largest side in pixels: a picture of dots gains nothing by more. */
const SIDE_MAX = 560

/** A pointer this near to a device points at it, in pixels. */
const REACH = 16

/** The table of who is where as a picture: the own node in the middle, whoever is nearer to it nearer. */
export function Diagram({ table, lookup }: { table: Routes; lookup: Lookup | null }) {
  const text = words.value
  const box = useRef<HTMLDivElement>(null)
  const canvas = useRef<HTMLCanvasElement>(null)
  const [side, setSide] = useState(0)
  const [pointed, setPointed] = useState<string | null>(null)
  const [look, setLook] = useState(0)
  const entries = table.buckets.flatMap((bucket) => bucket.entries)
  const picture: Picture = { self: table.key, stars: starsOf(entries, lookup), lookup, pointed }

  useEffect(() => {
    const measure = () => setSide(Math.floor(Math.min(SIDE_MAX, box.current?.clientWidth ?? 0)))
    const watch = new ResizeObserver(measure)
    watch.observe(box.current!)
    measure()
    const dark = matchMedia('(prefers-color-scheme: dark)')
    const changed = () => setLook((count) => count + 1)
    dark.addEventListener('change', changed)
    return () => {
      watch.disconnect()
      dark.removeEventListener('change', changed)
    }
  }, [])

  useLayoutEffect(() => {
    const area = canvas.current
    const pen = area?.getContext('2d')
    if (!area || !pen || side === 0) return
    const sharp = devicePixelRatio || 1
    area.width = side * sharp
    area.height = side * sharp
    pen.setTransform(sharp, 0, 0, sharp, 0, 0)
    draw(pen, picture, side, coloursOf(box.current!))
  }, [side, look, theme.value, table, lookup, pointed])

  const point = (event: PointerEvent) => {
    const area = canvas.current!.getBoundingClientRect()
    const [x, y] = [event.clientX - area.left, event.clientY - area.top]
    let nearest: string | null = null
    let least = REACH
    for (const spot of spots(picture, side)) {
      const apart = Math.hypot(spot.x - x, spot.y - y)
      if (apart < least) [nearest, least] = [spot.star.peer, apart]
    }
    setPointed(nearest)
  }

  const under = entries.find((entry) => entry.peer === pointed)
  const linked = entries.filter((entry) => entry.state === 'linked').length
  return (
    <figure class="diagram">
      <div ref={box}>
        <canvas
          ref={canvas}
          role="img"
          aria-label={text.mapAlt(entries.length, linked)}
          style={{ width: `${side}px`, height: `${side}px` }}
          onPointerMove={point}
          onPointerLeave={() => setPointed(null)}
        />
      </div>
      <ul class="legend">
        {STATES.map((state) => (
          <li key={state}>
            <State state={state}>{text.states[state]}</State>
          </li>
        ))}
      </ul>
      <figcaption class="hint">
        {under === undefined ? text.mapHint : `${labelOf(under)}: ${text.states[under.state]}, ${text.bits(under.bits)}`}
      </figcaption>
    </figure>
  )
}

/** A canvas knows no variables of a style sheet, so an element is asked what they come to. */
function coloursOf(near: HTMLElement): Colours {
  const probe = document.createElement('i')
  near.append(probe)
  const colour = (name: string): string => {
    probe.style.color = `var(--${name})`
    return getComputedStyle(probe).color
  }
  const all: Colours = {
    ring: colour('paper'),
    line: colour('line'),
    link: colour('line-strong'),
    ink: colour('ink'),
    quiet: colour('quiet'),
    paper: colour('surface'),
    accent: colour('accent'),
    online: colour('online'),
    wait: colour('wait'),
    bad: colour('bad'),
  }
  probe.remove()
  return all
}
