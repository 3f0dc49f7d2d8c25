import { after, before, describe, test } from 'node:test';
import { createInProcessBus } from './event-bus.ts';
import { eventBusGuarantees } from './event-bus-suite.fixture.ts';
import { type EventStage, openEventStage } from './event-stage.fixture.ts';

describe('domain events in one process', () => {
  let stage: EventStage;
  before(async () => {
    stage = await openEventStage();
  });
  after(() => stage.close());

  const open = async () => ({ bus: createInProcessBus(), start: () => {}, stop: async () => {} });
  for (const [guarantee, prove] of Object.entries(eventBusGuarantees))
    test(guarantee, () => prove({ stage, open }));
});
