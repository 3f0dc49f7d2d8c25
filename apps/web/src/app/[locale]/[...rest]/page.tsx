import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { generateMetadata as describeNotFound } from '../not-found.tsx';

export function generateMetadata(): Promise<Metadata> {
  return describeNotFound();
}

/** Every address nothing else answers: shows the page that says so, in the language of the address. */
export default function UnknownPage(): never {
  notFound();
}
