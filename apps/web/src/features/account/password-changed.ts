const key = 'urr.password-changed';

type Notes = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/** Leaves word for the page that follows. */
export function notePasswordChanged(notes: Notes): void {
  notes.setItem(key, '1');
}

/** Whether the password was changed on the way here; says so once. */
export function takePasswordChanged(notes: Notes): boolean {
  const isNoted = notes.getItem(key) !== null;
  notes.removeItem(key);
  return isNoted;
}
