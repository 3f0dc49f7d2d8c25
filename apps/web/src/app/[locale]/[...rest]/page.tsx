import { notFound } from 'next/navigation';

/** Every address nothing else answers: shows the page that says so, in the language of the address. */
export default function UnknownPage(): never {
  notFound();
}
