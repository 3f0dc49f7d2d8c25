import { Consumer } from '@platformatic/kafka';

/** A message as a test reads it. */
export interface ReadMessage {
  readonly key: string;
  readonly value: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** Reads the first `count` messages of a topic. */
export async function readTopic(
  bootstrapServers: string,
  topic: string,
  count: number,
): Promise<ReadMessage[]> {
  const groupId = `reader-${process.pid}-${performance.now()}`;
  const consumer = new Consumer({
    clientId: 'reader',
    groupId,
    bootstrapBrokers: bootstrapServers.split(','),
  });
  const stream = await consumer.consume({
    topics: [topic],
    mode: 'earliest',
    maxWaitTime: 200,
    autocommit: false,
  });
  const messages: ReadMessage[] = [];
  for await (const { key, value, headerEntries } of stream) {
    const headers = Object.fromEntries(headerEntries.map(([name, text]) => [String(name), String(text)]));
    messages.push({ key: String(key), value: String(value), headers });
    if (messages.length === count) break;
  }
  await consumer.close(true);
  return messages;
}
