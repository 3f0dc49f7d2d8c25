/** An arrow of the picture, by the names of what it joins. */
interface Edge {
  readonly from: string;
  readonly to: string;
}

/** What the mermaid picture of `docs/architecture.md` says. */
export interface Picture {
  /** Ports by workload. */
  readonly ports: ReadonlyMap<string, number>;
  /** Solid arrows: HTTP calls. */
  readonly calls: readonly Edge[];
  /** Dotted arrows with the topic they carry: domain events. */
  readonly events: readonly (Edge & { readonly topic: string })[];
  /** Lines without an arrow: a workload's database. */
  readonly stores: readonly Edge[];
}

const node = String.raw`(\w+)(?:\(\[([^\]]*)\]\)|\[\(([^)]*)\)\]|\[([^\]]*)\])?`;
const lines = {
  calls: new RegExp(String.raw`^${node} -->(?:\|[^|]*\|)? ${node}$`),
  events: new RegExp(String.raw`^${node} -\. ([\w-]+) \.-> ${node}$`),
  stores: new RegExp(String.raw`^${node} --- ${node}$`),
};

/** Reads the first mermaid picture of a document. Throws at a line it does not understand: it would go unchecked. */
export function readPicture(document: string): Picture {
  const source = /```mermaid\nflowchart LR\n([^]*?)```/.exec(document)?.[1];
  if (source === undefined) throw new Error('The document has no mermaid flowchart');
  const statements = source
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const labels = labelsIn(source);
  const nameOf = (id: string | undefined) => (labels.get(id ?? '') ?? id ?? '').replace(/ :\d+$/, '');
  const picture = {
    ports: portsIn(labels),
    calls: [] as Edge[],
    events: [] as (Edge & { topic: string })[],
    stores: [] as Edge[],
  };
  for (const statement of statements) {
    const call = lines.calls.exec(statement);
    const event = lines.events.exec(statement);
    const store = lines.stores.exec(statement);
    if (call !== null) picture.calls.push({ from: nameOf(call[1]), to: nameOf(call[5]) });
    else if (event !== null)
      picture.events.push({ from: nameOf(event[1]), to: nameOf(event[6]), topic: event[5] ?? '' });
    else if (store !== null) picture.stores.push({ from: nameOf(store[1]), to: nameOf(store[5]) });
    else throw new Error(`Not understood: ${statement}`);
  }
  return picture;
}

function labelsIn(source: string): ReadonlyMap<string, string> {
  const labels = new Map<string, string>();
  for (const [, id = '', round, store, square] of source.matchAll(new RegExp(node, 'g'))) {
    const label = round ?? store ?? square;
    if (label !== undefined) labels.set(id, label);
  }
  return labels;
}

function portsIn(labels: ReadonlyMap<string, string>): ReadonlyMap<string, number> {
  const ports = new Map<string, number>();
  for (const label of labels.values()) {
    const match = /^(.+) :(\d+)$/.exec(label);
    if (match !== null) ports.set(String(match[1]), Number(match[2]));
  }
  return ports;
}
