import {
  CreateQueueCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  type Message,
  PurgeQueueCommand,
  ReceiveMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import type { AdmissionMessage } from '@urr/contracts/admission-feed.ts';
import { AWS_STANDIN_REGION } from '@urr/testkit/aws-standin.ts';

/** A FIFO queue with a dead-letter queue, as its consumer sees it. */
export async function openAdmissionQueue(origin: string, name: string) {
  const client = new SQSClient({ region: AWS_STANDIN_REGION, endpoint: origin });
  const deadLetterUrl = await makeQueue(client, `${name}-dlq.fifo`, {});
  const { Attributes: attributes } = await client.send(
    new GetQueueAttributesCommand({ QueueUrl: deadLetterUrl, AttributeNames: ['QueueArn'] }),
  );
  const redrive = { deadLetterTargetArn: attributes?.['QueueArn'], maxReceiveCount: 2 };
  const url = await makeQueue(client, `${name}.fifo`, {
    RedrivePolicy: JSON.stringify(redrive),
    VisibilityTimeout: '1',
  });
  return {
    url,
    receive: (most = 10) => receive(client, url, most),
    receiveDead: () => receive(client, deadLetterUrl, 10),
    remove: (message: Message) =>
      client.send(new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle: message.ReceiptHandle })),
    purge: () => client.send(new PurgeQueueCommand({ QueueUrl: url })),
    close: () => client.destroy(),
  };
}

async function makeQueue(client: SQSClient, name: string, attributes: Record<string, string>) {
  const command = new CreateQueueCommand({
    QueueName: name,
    Attributes: { FifoQueue: 'true', ...attributes },
  });
  const { QueueUrl: url } = await client.send(command);
  if (url === undefined) throw new Error('the queue has no address');
  return url;
}

async function receive(client: SQSClient, url: string, most: number): Promise<Message[]> {
  const command = new ReceiveMessageCommand({
    QueueUrl: url,
    MaxNumberOfMessages: most,
    MessageSystemAttributeNames: ['All'],
  });
  return (await client.send(command)).Messages ?? [];
}

/** What a message says. */
export function bodyOf(message: Message | undefined): AdmissionMessage {
  return JSON.parse(message?.Body ?? 'null') as AdmissionMessage;
}
