import { faultOf, slugOf } from '../planning/event-fields.ts';

/** What a hall is called. */
export interface HallNaming {
  readonly slug: string;
  readonly nameKo: string;
  readonly nameEn: string;
}

/** Text of a fault, by its name among the texts of an import. */
export type NamingFaults = { readonly [Field in keyof HallNaming]?: 'required' | 'notSlug' | 'tooLong' };

/** The slug a file's name suggests. */
export function slugOfFile(name: string): string {
  return slugOf(name.replace(/\.[^.]*$/, ''));
}

/** What is wrong with a hall's names. */
export function namingFaults(naming: HallNaming): NamingFaults {
  const slug = slugFault(naming.slug);
  const nameKo = nameFault(naming.nameKo);
  const nameEn = nameFault(naming.nameEn);
  return { ...(slug && { slug }), ...(nameKo && { nameKo }), ...(nameEn && { nameEn }) };
}

/** Whether a hall may be asked for by this name. */
export function slugFault(slug: string): 'required' | 'notSlug' | undefined {
  const code = faultOf({ kind: 'slug' }, slug)?.code;
  if (code === undefined) return undefined;
  return code === 'required' ? 'required' : 'notSlug';
}

function nameFault(name: string): 'required' | 'tooLong' | undefined {
  const code = faultOf({ kind: 'line', most: 120 }, name)?.code;
  if (code === undefined) return undefined;
  return code === 'required' ? 'required' : 'tooLong';
}
