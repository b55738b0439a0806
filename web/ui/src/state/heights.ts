/**
 * Heights of the rows of a long list, guessed until they were measured, with fast sums: where a row begins, and which row is at a
 * height. A Fenwick tree (Fenwick 1994), so both take logarithmic time.
 */
export class Heights {
  private tree: Float64Array = new Float64Array(1)
  private heights: number[] = []

  get size(): number {
    return this.heights.length
  }

  get total(): number {
    return this.top(this.heights.length)
  }

  of(index: number): number {
    return this.heights[index] ?? 0
  }

  /** Sets every height anew. */
  fill(heights: number[]): void {
    this.heights = heights
    const tree = new Float64Array(heights.length + 1)
    for (let i = 1; i <= heights.length; i++) {
      tree[i] = tree[i]! + heights[i - 1]!
      const parent = i + (i & -i)
      if (parent <= heights.length) tree[parent] = tree[parent]! + tree[i]!
    }
    this.tree = tree
  }

  /** Sets one height; returns by how much it changed. */
  set(index: number, height: number): number {
    const by = height - this.of(index)
    if (by === 0 || index < 0 || index >= this.heights.length) return 0
    this.heights[index] = height
    for (let i = index + 1; i < this.tree.length; i += i & -i) this.tree[i] = this.tree[i]! + by
    return by
  }

  /** Where a row begins: the sum of the heights before it. */
  top(index: number): number {
    let sum = 0
    for (let i = Math.min(index, this.heights.length); i > 0; i -= i & -i) sum += this.tree[i]!
    return sum
  }

  /** Which row is at this height; the last one below the end. */
  at(height: number): number {
    let index = 0
    let left = height
    for (let step = highestBit(this.heights.length); step > 0; step >>= 1) {
      const next = index + step
      if (next < this.tree.length && this.tree[next]! <= left) {
        index = next
        left -= this.tree[next]!
      }
    }
    return Math.max(0, Math.min(index, this.heights.length - 1))
  }
}

function highestBit(of: number): number {
  let bit = 1
  while (bit * 2 <= of) bit *= 2
  return of === 0 ? 0 : bit
}
