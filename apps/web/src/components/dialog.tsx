'use client';

import { type ReactNode, useEffect, useId, useRef } from 'react';

/** A question above the page; Escape and the backdrop close it, focus returns to where it was. */
export function Dialog({
  isOpen,
  title,
  onClose,
  children,
}: {
  readonly isOpen: boolean;
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
}): ReactNode {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    const element = dialog.current;
    if (element === null) return;
    if (isOpen && !element.open) element.showModal();
    if (!isOpen && element.open) element.close();
  }, [isOpen]);
  return (
    <dialog
      ref={dialog}
      aria-labelledby={id}
      onClose={onClose}
      closedby="any"
      className="m-auto w-[min(32rem,calc(100vw-2rem))] rounded-card border border-rule bg-surface p-0 text-ink shadow-card backdrop:bg-black/50"
    >
      <div className="grid gap-4 p-6">
        <h2 id={id} className="text-xl">
          {title}
        </h2>
        {isOpen && children}
      </div>
    </dialog>
  );
}
