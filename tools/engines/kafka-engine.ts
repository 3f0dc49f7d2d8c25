import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { kafkaFolder, kafkaVersion } from '@urr/testkit/kafka-jars.ts';

/** Apache Kafka as its servers need it at run time, for Maven. */
export const kafkaProject = `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>urr</groupId>
  <artifactId>kafka-engine</artifactId>
  <version>1</version>
  <dependencies>
    <dependency>
      <groupId>org.apache.kafka</groupId>
      <artifactId>kafka_2.13</artifactId>
      <version>${kafkaVersion}</version>
    </dependency>
    <dependency>
      <groupId>org.apache.logging.log4j</groupId>
      <artifactId>log4j-slf4j-impl</artifactId>
      <version>2.24.3</version>
    </dependency>
  </dependencies>
</project>
`;

/** Where this repository keeps the jars, and what they must be. */
export const kafkaJars = {
  folder: kafkaFolder,
  checksums: path.join(import.meta.dirname, 'kafka-jars.sha256'),
};

/** Every way in which the jars of a folder differ from the list; empty when they are what they must be. */
export function jarFaults(folder: string, list: string): string[] {
  const wanted = new Map(linesOf(list).map(([sum = '', name = '']) => [name, sum]));
  const there = new Map(linesOf(checksumsOf(folder)).map(([sum = '', name = '']) => [name, sum]));
  const missing = [...wanted.keys()].filter((name) => !there.has(name)).map((name) => `${name} is missing`);
  const others = [...there]
    .filter(([name, sum]) => wanted.get(name) !== sum)
    .map(([name]) => `${name} ${wanted.has(name) ? 'has another content' : 'is not on the list'}`);
  return [...missing, ...others];
}

/** The jars of a folder as `sha256sum` lists them. */
export function checksumsOf(folder: string): string {
  const names = readdirSync(folder)
    .filter((name) => name.endsWith('.jar'))
    .sort();
  const sumOf = (name: string) =>
    createHash('sha256')
      .update(readFileSync(path.join(folder, name)))
      .digest('hex');
  return names.map((name) => `${sumOf(name)}  ${name}\n`).join('');
}

function linesOf(list: string): string[][] {
  return list
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => line.split(/\s+/));
}
