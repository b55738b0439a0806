import { labelOf, place, questionsOf, ringsFor, type Asked, type Star } from './sky.ts'
import type { Lookup, RouteState } from '../../api/network.ts'

/** What is drawn. */
export interface Picture {
  self: string
  stars: readonly Star[]
  lookup: Lookup | null
  /** The device under the pointer. */
  pointed: string | null
}

/** The colours of the page, as a canvas takes them. */
export interface Colours {
  ring: string
  line: string
  link: string
  ink: string
  quiet: string
  paper: string
  accent: string
  online: string
  wait: string
  bad: string
}

/** Space around the outermost ring, of the whole: names reach over it a little. */
const MARGIN = 0.035

const SELF = 8
const STAR = 5
const TURN = 2 * Math.PI

/** Below this side there is room for the names of contacts only. */
const NARROW = 400

/** Names in the picture at most: more cover each other. */
const NAMES_MAX = 40

interface Spot {
  star: Star
  x: number
  y: number
}

/** Where each device is on a canvas of this size. */
export function spots(picture: Picture, size: number): Spot[] {
  const rings = ringsFor(picture.self, picture.stars.map((star) => star.key))
  const radius = size / 2 - MARGIN * size
  return picture.stars.map((star) => {
    const at = place(picture.self, star.key, rings)
    return { star, x: size / 2 + at.x * radius, y: size / 2 + at.y * radius }
  })
}

/** Draws the neighbourhood, and the lookup on top of it. */
export function draw(pen: CanvasRenderingContext2D, picture: Picture, size: number, colours: Colours): void {
  const middle = size / 2
  const rings = ringsFor(picture.self, picture.stars.map((star) => star.key))
  pen.clearRect(0, 0, size, size)
  drawRings(pen, middle, rings, colours)
  const all = spots(picture, size)
  const asked = new Map(questionsOf(picture.lookup?.steps ?? []).map((one) => [one.peer, one]))
  for (const spot of all) if (spot.star.state === 'linked' && !asked.has(spot.star.peer)) line(pen, middle, spot, colours.link, 0.8, [])
  const wanted = picture.lookup?.target.peer
  for (const spot of all) question(pen, middle, spot, asked.get(spot.star.peer), spot.star.peer === wanted, colours)
  numbers(pen, middle, rings, colours)
  for (const spot of all) dot(pen, spot, asked.get(spot.star.peer), picture.pointed === spot.star.peer, colours)
  const target = all.find((spot) => spot.star.peer === wanted)
  if (target !== undefined) aim(pen, target, colours)
  disc(pen, middle, middle, SELF, colours.accent, colours.paper)
  names(pen, all, asked, picture, size, colours)
}

function drawRings(pen: CanvasRenderingContext2D, middle: number, rings: number, colours: Colours): void {
  const radius = middle - 2 * MARGIN * middle
  pen.textBaseline = 'middle'
  for (let ring = 0; ring < rings; ring++) {
    const at = radius * (1 - ring / rings)
    pen.beginPath()
    pen.arc(middle, middle, at, 0, TURN)
    pen.fillStyle = ring % 2 === 0 ? colours.ring : colours.paper
    pen.fill()
    pen.strokeStyle = colours.line
    pen.lineWidth = 1
    pen.stroke()
  }
}

/** How many bits each ring stands for, written upwards from the middle. */
function numbers(pen: CanvasRenderingContext2D, middle: number, rings: number, colours: Colours): void {
  const radius = middle - 2 * MARGIN * middle
  const step = Math.ceil(rings / 8)
  pen.font = '11px system-ui, sans-serif'
  pen.textAlign = 'center'
  for (let ring = 0; ring < rings; ring += step)
    haloed(pen, String(ring), middle, middle - radius * (1 - ring / rings) + Math.min(10, radius / rings / 2), colours.quiet, colours)
}

/** Words that stay readable over lines. */
function haloed(pen: CanvasRenderingContext2D, words: string, x: number, y: number, colour: string, colours: Colours): void {
  pen.lineWidth = 4
  pen.lineJoin = 'round'
  pen.strokeStyle = colours.paper
  pen.strokeText(words, x, y)
  pen.fillStyle = colour
  pen.fillText(words, x, y)
}

function line(pen: CanvasRenderingContext2D, middle: number, to: Spot, colour: string, width: number, dash: number[]): void {
  pen.beginPath()
  pen.setLineDash(dash)
  pen.moveTo(middle, middle)
  pen.lineTo(to.x, to.y)
  pen.strokeStyle = colour
  pen.lineWidth = width
  pen.stroke()
  pen.setLineDash([])
}

/** A question is a line: broken while it waits, dotted when it failed, whole when it was answered, and strong to whom it was all about. */
function question(
  pen: CanvasRenderingContext2D,
  middle: number,
  to: Spot,
  asked: Asked | undefined,
  isWanted: boolean,
  colours: Colours,
): void {
  if (asked === undefined) return
  if (asked.answer === 'waits') line(pen, middle, to, colours.wait, 1.5, [4, 4])
  else if (asked.answer === 'failed') line(pen, middle, to, colours.bad, 1.5, [2, 4])
  else line(pen, middle, to, colours.accent, isWanted ? 4 : 1.2, [])
}

function disc(pen: CanvasRenderingContext2D, x: number, y: number, radius: number, fill: string, edge: string): void {
  pen.beginPath()
  pen.arc(x, y, radius, 0, TURN)
  pen.fillStyle = fill
  pen.fill()
  pen.lineWidth = 2
  pen.strokeStyle = edge
  pen.stroke()
}

function dot(pen: CanvasRenderingContext2D, spot: Spot, asked: Asked | undefined, pointed: boolean, colours: Colours): void {
  const { state } = spot.star
  const colour = asked === undefined ? colourOf(state, colours) : colourOfAnswer(asked, colours)
  const radius = pointed || asked !== undefined ? STAR + 2 : STAR
  const hollow = asked === undefined && state !== 'linked' && state !== 'proven'
  disc(pen, spot.x, spot.y, radius, hollow ? colours.paper : colour, hollow ? colour : colours.paper)
}

function colourOf(state: RouteState | null, colours: Colours): string {
  if (state === 'linked') return colours.online
  if (state === 'suspect') return colours.wait
  return state === 'gone' ? colours.bad : colours.quiet
}

function colourOfAnswer(asked: Asked, colours: Colours): string {
  if (asked.answer === 'waits') return colours.wait
  return asked.answer === 'failed' ? colours.bad : colours.accent
}

/** Whom a lookup is for: two rings, like a target. */
function aim(pen: CanvasRenderingContext2D, spot: Spot, colours: Colours): void {
  for (const more of [6, 10]) {
    pen.beginPath()
    pen.arc(spot.x, spot.y, STAR + more, 0, TURN)
    pen.lineWidth = 1.5
    pen.strokeStyle = colours.ink
    pen.stroke()
  }
}

/** The names of contacts, of whom a lookup asked, and of whom the pointer is at; what would cover another name is left out. */
function names(
  pen: CanvasRenderingContext2D,
  all: readonly Spot[],
  asked: ReadonlyMap<string, Asked>,
  picture: Picture,
  size: number,
  colours: Colours,
): void {
  const weight = ({ star }: Spot) =>
    (star.peer === picture.pointed ? 8 : 0) +
    (star.peer === picture.lookup?.target.peer ? 4 : 0) +
    (star.name !== null ? 2 : 0) +
    (asked.has(star.peer) && size >= NARROW ? 1 : 0)
  const taken: { left: number; right: number; y: number }[] = []
  const worth = all.filter((spot) => weight(spot) > 0).sort((one, other) => weight(other) - weight(one))
  for (const spot of worth.slice(0, NAMES_MAX)) {
    const strong = weight(spot) >= 4
    pen.font = `${strong ? '600 ' : ''}12px system-ui, sans-serif`
    const words = labelOf(spot.star)
    const width = pen.measureText(words).width
    const apart = spot.star.peer === picture.lookup?.target.peer ? 20 : 12
    const isLeft = spot.x + apart + 2 + width > size
    const left = isLeft ? spot.x - apart - width : spot.x + apart
    const free = taken.every((one) => left > one.right || left + width < one.left || Math.abs(spot.y - one.y) > 14)
    if (left < 0 || (!free && !strong)) continue
    taken.push({ left, right: left + width, y: spot.y })
    pen.textAlign = 'left'
    haloed(pen, words, left, spot.y, strong || spot.star.name !== null ? colours.ink : colours.quiet, colours)
  }
}
