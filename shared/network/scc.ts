/**
 * Strongly connected components (Tarjan, 1972), without recursion: documents have chains of thousands of switches.
 *
 * @param count number of vertices, 0 to count - 1
 * @param successors the vertices that one leads to
 * @returns the component of each vertex, numbered from 0 in no particular order
 */
export function components(count: number, successors: (vertex: number) => readonly number[]): Int32Array {
  const component = new Int32Array(count).fill(-1);
  const order = new Int32Array(count).fill(-1);
  const low = new Int32Array(count);
  const pending: number[] = [];
  let visited = 0;
  let found = 0;
  const close = (vertex: number): void => {
    let member: number | undefined;
    do {
      member = pending.pop();
      if (member !== undefined) component[member] = found;
    } while (member !== vertex);
    found++;
  };
  for (let root = 0; root < count; root++) {
    if (order[root] !== -1) continue;
    if (successors(root).length === 0) {
      // Most vertices lead nowhere.
      order[root] = low[root] = visited++;
      component[root] = found++;
      continue;
    }
    const path: { vertex: number; next: readonly number[]; at: number }[] = [];
    const open = (vertex: number): void => {
      order[vertex] = low[vertex] = visited++;
      pending.push(vertex);
      path.push({ vertex, next: successors(vertex), at: 0 });
    };
    open(root);
    for (let frame = path.at(-1); frame !== undefined; frame = path.at(-1)) {
      const { vertex } = frame;
      const next = frame.next[frame.at++];
      if (next === undefined) {
        path.pop();
        const below = path.at(-1);
        if (below !== undefined) low[below.vertex] = Math.min(low[below.vertex] as number, low[vertex] as number);
        if (low[vertex] === order[vertex]) close(vertex);
      } else if (order[next] === -1) open(next);
      else if (component[next] === -1) low[vertex] = Math.min(low[vertex] as number, order[next] as number);
    }
  }
  return component;
}
