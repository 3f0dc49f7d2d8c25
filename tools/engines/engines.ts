import path from 'node:path';
import { AWS_STANDIN_DIRECTORY } from '@urr/testkit/aws-standin.ts';
import { kafkaFolder } from '@urr/testkit/kafka-jars.ts';
import type { JarEngine } from './fetch-jars.ts';

const here = (file: string) => path.join(import.meta.dirname, file);

/** Apache Kafka, as its servers need it at run time. */
export const kafkaEngine: JarEngine = {
  name: 'Apache Kafka',
  project: here('kafka.pom.xml'),
  checksums: here('kafka.sha256'),
  folder: kafkaFolder,
};

/**
 * What plays SQS and S3 in tests: ElasticMQ, because it alone remembers a deduplication id after its message is gone, as SQS
 * does, and S3Mock.
 */
export const awsEngine: JarEngine = {
  name: 'ElasticMQ and S3Mock',
  project: here('aws-standin.pom.xml'),
  checksums: here('aws-standin.sha256'),
  folder: AWS_STANDIN_DIRECTORY,
};
