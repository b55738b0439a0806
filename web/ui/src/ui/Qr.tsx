import { encode } from 'uqr'

/** Light modules around the code, as its standard wants them. */
const QUIET = 4

/** A QR code as one path, dark on light in both themes, because not every reader takes the other way round. */
export function Qr({ words, label }: { words: string; label: string }) {
  const { data, size } = encode(words, { ecc: 'L', border: 0 })
  let path = ''
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      if (!data[y]![x]) continue
      let run = 1
      while (x + run < size && data[y]![x + run]) run++
      path += `M${x} ${y}h${run}v1h-${run}z`
      x += run
    }
  }
  const all = size + 2 * QUIET
  return (
    <svg class="qr" role="img" aria-label={label} viewBox={`${-QUIET} ${-QUIET} ${all} ${all}`}>
      <rect class="qr-light" x={-QUIET} y={-QUIET} width={all} height={all} />
      <path class="qr-dark" d={path} />
    </svg>
  )
}
