import type { Locator } from 'playwright-core';
import type { TextKey } from '../stage/texts.ts';
import type { Visitor } from '../stage/visitor.ts';

/** A hall as its organiser names it. */
export interface HallName {
  readonly ko: string;
  readonly en: string;
}

/** A hall's file as a spreadsheet would save it. */
export interface HallFile {
  readonly name: string;
  readonly csv: string;
}

/** Chooses a hall's file on the page of imports, which must be open. */
export async function chooseHallFile(visitor: Visitor, file: HallFile): Promise<void> {
  const picker = visitor.page.getByLabel(/./).and(visitor.page.locator('input[type=file]'));
  const buffer = Buffer.from(file.csv);
  await picker.setInputFiles({ name: file.name, mimeType: 'text/csv', buffer });
}

/** Names the hall whose file was chosen and found good, and imports it. */
export async function importHall(visitor: Visitor, { ko, en }: HallName): Promise<void> {
  await visitor.page.getByText(visitor.says('halls.import.goodTitle')).waitFor();
  await writeIn(visitor, { 'halls.import.nameKo': ko, 'halls.import.nameEn': en });
  await visitor.press('button', 'halls.import.send');
  await visitor.page.getByText(visitor.says('halls.import.doneTitle')).waitFor();
}

/** Types into fields by their labels. */
export async function writeIn(
  visitor: Visitor,
  texts: Readonly<Partial<Record<TextKey, string>>>,
): Promise<void> {
  for (const [label, text] of Object.entries(texts))
    await visitor.hand.write(visitor.find('textbox', label as TextKey), text);
}

/** Publishes the draft whose page is open and waits until its places can be sold. */
export async function publish(visitor: Visitor): Promise<void> {
  await visitor.press('button', 'planning.own.publish');
  await visitor.hand.press(dialogButton(visitor, 'planning.own.confirmPublish'));
  await visitor.page.getByText(visitor.says('planning.own.inventory.readyTitle')).waitFor();
}

/** Opens the sale whose control room is open. */
export async function openNow(visitor: Visitor): Promise<void> {
  await visitor.press('button', 'control.action.open');
  await visitor.hand.press(dialogButton(visitor, 'control.ask.open.confirm'));
  await visitor.find('button', 'control.action.pause').waitFor();
}

/** Pauses admission in the control room that is open, with the words that stand there for fans. */
export async function pauseAdmission(visitor: Visitor): Promise<void> {
  await visitor.press('button', 'control.action.pause');
  await visitor.hand.press(dialogButton(visitor, 'control.ask.pause.confirm'));
  await visitor.find('button', 'control.action.resume').waitFor();
}

/** Goes on with it. */
export async function resumeAdmission(visitor: Visitor): Promise<void> {
  await visitor.press('button', 'control.action.resume');
  await visitor.hand.press(dialogButton(visitor, 'control.ask.resume.confirm'));
  await visitor.find('button', 'control.action.pause').waitFor();
}

/** Wants another capacity in the control room that is open; `isLeap`: so many more that it is asked about first. */
export async function changeCapacity(
  visitor: Visitor,
  { from, to, isLeap }: { readonly from: number; readonly to: number; readonly isLeap: boolean },
): Promise<void> {
  const form = visitor.page.locator('form').filter({
    has: visitor.page.getByRole('heading', { name: visitor.says('control.pace.capacity.title') }),
  });
  await visitor.hand.write(form.getByRole('textbox'), String(to));
  await visitor.hand.press(form.getByRole('button', { name: visitor.says('control.pace.apply') }));
  if (isLeap) {
    const dialog = visitor.page.getByRole('dialog');
    for (const value of [from, to])
      await dialog
        .getByText(visitor.says('control.pace.capacity.value', { value: value.toLocaleString('en') }))
        .waitFor();
    const after = to.toLocaleString('en');
    await visitor.hand.press(dialogButton(visitor, 'control.pace.capacity.leapConfirm', { after }));
  }
  await form.getByText(visitor.says('control.pace.unchanged')).waitFor();
}

function dialogButton(
  visitor: Visitor,
  key: TextKey,
  values?: Readonly<Record<string, string | number>>,
): Locator {
  return visitor.page.getByRole('dialog').getByRole('button', { name: visitor.says(key, values) });
}
