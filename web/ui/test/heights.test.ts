import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Heights } from '../src/state/heights.ts'

/** The same by adding up. */
function slow(heights: number[], at: number): number {
  let sum = 0
  for (let i = 0; i < heights.length; i++) {
    sum += heights[i]!
    if (at < sum) return i
  }
  return heights.length - 1
}

test('rows are found where adding up finds them', () => {
  let seed = 4711
  const next = (bound: number) => (seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648) % bound
  for (let size = 1; size < 140; size += 9) {
    const heights = new Heights()
    const plain = Array.from({ length: size }, () => 20 + next(90))
    heights.fill([...plain])
    for (let change = 0; change < 30; change++) {
      const index = next(size)
      plain[index] = 20 + next(200)
      heights.set(index, plain[index]!)
      const total = plain.reduce((sum, one) => sum + one, 0)
      assert.equal(heights.total, total)
      const at = next(total + 50)
      assert.equal(heights.at(at), slow(plain, at))
      assert.equal(heights.top(index), plain.slice(0, index).reduce((sum, one) => sum + one, 0))
    }
  }
})

test('an empty list has no height', () => {
  const heights = new Heights()
  heights.fill([])
  assert.equal(heights.total, 0)
  assert.equal(heights.at(100), 0)
})
