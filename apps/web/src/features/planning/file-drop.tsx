'use client';

import { type DragEvent, type ReactNode, useRef, useState } from 'react';
import { Button } from '../../components/button.tsx';
import { classNames } from '../../design/class-names.ts';

/** Takes one file, dropped or chosen. */
export function FileDrop({
  accept,
  title,
  hint,
  action,
  onFile,
}: {
  readonly accept: string;
  readonly title: string;
  readonly hint?: string | undefined;
  readonly action: string;
  readonly onFile: (file: File) => void;
}): ReactNode {
  const input = useRef<HTMLInputElement>(null);
  const [isOver, setIsOver] = useState(false);
  const take = (files: FileList | null) => {
    const file = files?.[0];
    if (file !== undefined) onFile(file);
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setIsOver(false);
    take(event.dataTransfer.files);
  };
  return (
    <div
      onDragOver={(event) => {
        event.preventDefault();
        setIsOver(true);
      }}
      onDragLeave={() => setIsOver(false)}
      onDrop={drop}
      className={classNames(
        'grid justify-items-center gap-3 rounded-card border-2 border-dashed px-4 py-8 text-center',
        isOver ? 'border-accent bg-accent-soft' : 'border-edge bg-surface',
      )}
    >
      <p className="font-medium">{title}</p>
      {hint !== undefined && <p className="text-sm text-muted">{hint}</p>}
      <Button tone="secondary" onClick={() => input.current?.click()}>
        {action}
      </Button>
      <input
        ref={input}
        type="file"
        accept={accept}
        aria-label={action}
        tabIndex={-1}
        className="sr-only"
        onChange={(event) => {
          take(event.target.files);
          // The same file, corrected, is to be taken again.
          event.target.value = '';
        }}
      />
    </div>
  );
}
