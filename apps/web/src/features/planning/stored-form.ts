import { fieldRules } from './event-fields.ts';
import type { EventForm } from './event-form.ts';

/** Where an unsaved form stays over a reload or a sign-in: `sessionStorage`, as far as it is needed here. */
export interface FormStore {
  getItem(name: string): string | null;
  setItem(name: string, value: string): void;
  removeItem(name: string): void;
}

const prefix = 'urr.event-form.';
const poolFields = ['nameKo', 'nameEn', 'grade', 'quantity', 'price'];

/** Keeps what is typed. A browser may forbid it: then it lives as long as the page. */
export function storeForm(store: FormStore, name: string, form: EventForm): void {
  quietly(() => store.setItem(prefix + name, JSON.stringify(form)));
}

/** Forgets it: it is saved, or not wanted. */
export function forgetForm(store: FormStore, name: string): void {
  quietly(() => store.removeItem(prefix + name));
}

/** What was typed and not saved; `undefined` when there is nothing, or it is of another release. */
export function storedForm(store: FormStore, name: string): EventForm | undefined {
  const value: unknown = quietly(() => JSON.parse(store.getItem(prefix + name) ?? 'null'));
  return isForm(value) ? value : undefined;
}

function isForm(value: unknown): value is EventForm {
  if (!isRecord(value) || !isRecord(value['texts']) || !isRecord(value['prices'])) return false;
  const { texts, prices, places, pools, palette } = value;
  return (
    Object.keys(fieldRules).every((path) => typeof texts[path] === 'string') &&
    Object.values(prices).every((price) => typeof price === 'string') &&
    (places === 'seats' || places === 'standing') &&
    Array.isArray(pools) &&
    pools.every(isPool) &&
    Array.isArray(palette) &&
    palette.every((colour) => typeof colour === 'string')
  );
}

function isPool(value: unknown): boolean {
  return (
    isRecord(value) &&
    typeof value['key'] === 'number' &&
    poolFields.every((name) => typeof value[name] === 'string')
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function quietly<Value>(act: () => Value): Value | undefined {
  try {
    return act();
  } catch {
    return undefined;
  }
}
