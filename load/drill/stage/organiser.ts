import { callRoute, type CallInput, type CallResult } from '@urr/contracts/call-route.ts';
import { changePassword, logIn, setRole, register } from '@urr/contracts/auth.ts';
import { createEvent, importHall, publishEvent } from '@urr/contracts/catalog.ts';
import type { EventInput } from '@urr/contracts/catalog-shapes.ts';
import type { AnswerOf, RouteContract } from '@urr/contracts/route-contract.ts';
import { hallCsv, hallPrices } from './hall-csv.ts';

/** Admin's way in. */
export interface AdminLogin {
  readonly email: string;
  readonly password: string;
  /** True for a one-time password, which must be replaced before anything else. */
  readonly isOneTime: boolean;
}

/** The sale to be prepared. */
interface SalePlan {
  readonly name: string;
  readonly seats: number;
  readonly standing: number;
  readonly capacity: number;
  readonly ratePerSecond: number;
  readonly limitPerAccount: number;
  readonly slotSeconds: number;
  readonly opensAt: Date;
}

/** An organiser who is signed in. */
export interface Organiser {
  readonly accessToken: string;
  prepareHall(plan: Pick<SalePlan, 'name' | 'seats'>): Promise<void>;
  /** Creates and publishes the event and answers its id. */
  openSale(plan: SalePlan): Promise<string>;
}

const address = '10.255.255.1';

/** Makes an organiser's account with the admin's help. */
export async function becomeOrganiser(
  gatewayUrl: string,
  admin: AdminLogin,
  name: string,
): Promise<Organiser> {
  const adminToken = await signInAdmin(gatewayUrl, admin);
  const credentials = { email: `${name}@drill.example`, password: `drill-${name}-password` };
  const registered = await call(gatewayUrl, register, { body: credentials });
  const params = { accountId: registered.account.accountId };
  await call(gatewayUrl, setRole, { params, body: { role: 'organiser' } }, adminToken);
  const signedIn = await call(gatewayUrl, logIn, { body: credentials });
  const { accessToken } = signedIn;
  let grades: readonly string[] = [];
  return {
    accessToken,
    prepareHall: async (plan) => {
      const body = { slug: plan.name, name: bilingual(plan.name), csv: hallCsv(plan.seats) };
      const report = await call(gatewayUrl, importHall, { query: {}, body }, accessToken);
      grades = report.grades.map((count) => count.grade);
    },
    openSale: async (plan) => {
      const created = await call(gatewayUrl, createEvent, { body: eventOf(plan, grades) }, accessToken);
      const published = await call(
        gatewayUrl,
        publishEvent,
        { params: { eventId: created.eventId } },
        accessToken,
      );
      if (published.organiser?.inventory !== 'ready')
        throw new Error(`The event's places did not reach ticket-service: ${published.organiser?.inventory}`);
      return created.eventId;
    },
  };
}

/** Signs the admin in and answers an access token; a one-time password is replaced first. */
export async function signInAdmin(gatewayUrl: string, admin: AdminLogin): Promise<string> {
  const { email, password } = admin;
  const signedIn = await call(gatewayUrl, logIn, { body: { email, password } });
  if (!admin.isOneTime) return signedIn.accessToken;
  const body = { currentPassword: password, newPassword: `${password}-replaced` };
  const changed = await call(gatewayUrl, changePassword, { body }, signedIn.accessToken);
  return changed.accessToken;
}

function eventOf(plan: SalePlan, grades: readonly string[]): EventInput {
  const dayMs = 86_400_000;
  const inDays = (days: number) => new Date(plan.opensAt.getTime() + days * dayMs).toISOString();
  return {
    slug: plan.name,
    title: bilingual(`Drill ${plan.name}`),
    description: bilingual('A sale that nobody will remember.'),
    artist: { slug: 'drill-band', name: bilingual('The Drills') },
    venue: {
      ...(plan.standing === 0 && { hall: plan.name }),
      name: bilingual('Drill hall'),
      address: bilingual('Somewhere'),
    },
    startsAt: inDays(30),
    sale: {
      opensAt: plan.opensAt.toISOString(),
      endsAt: inDays(29),
      lobbyMinutes: 30,
      capacity: plan.capacity,
      ratePerSecond: plan.ratePerSecond,
      threshold: 0,
      limitPerAccount: plan.limitPerAccount,
      slotSeconds: plan.slotSeconds,
    },
    ...(plan.standing === 0 ? { prices: pricesOf(grades) } : { pools: poolsOf(plan.standing) }),
    ageLimit: 0,
    runningMinutes: 120,
    poster: { palette: ['#101820', '#f2aa4c'] },
  };
}

function pricesOf(grades: readonly string[]): Record<string, number> {
  return Object.fromEntries(Object.entries(hallPrices).filter(([grade]) => grades.includes(grade)));
}

function poolsOf(standing: number): NonNullable<EventInput['pools']> {
  const front = Math.ceil(standing * 0.4);
  return [
    { name: bilingual('Front'), grade: 'STANDING-A', quantity: front, price: 132_000 },
    ...(standing > front
      ? [{ name: bilingual('Back'), grade: 'STANDING-B', quantity: standing - front, price: 99_000 }]
      : []),
  ];
}

function bilingual(text: string) {
  return { ko: text, en: text };
}

async function call<Contract extends RouteContract>(
  gatewayUrl: string,
  contract: Contract,
  input: CallInput<Contract>,
  accessToken?: string,
): Promise<AnswerOf<Contract>> {
  const headers = {
    'x-forwarded-for': address,
    ...(contract.idempotent === true && { 'idempotency-key': crypto.randomUUID() }),
    ...(accessToken !== undefined && { authorization: `Bearer ${accessToken}` }),
  };
  const result: CallResult<Contract> = await callRoute(contract, input, {
    baseUrl: gatewayUrl,
    headers,
    deadlineMs: 30_000,
  });
  if (result.ok) return result.body;
  throw new Error(`${contract.name} was refused: ${JSON.stringify(result.problem)}`);
}
