'use client';

import { type ReactNode, useState } from 'react';
import { Button } from '../../components/button.tsx';
import type { Messages } from '../../messages/messages.ts';
import { useBrowserAbility } from './use-browser-ability.ts';

/** A command to copy. */
export function CommandLine({
  command,
  texts,
}: {
  readonly command: string;
  readonly texts: Messages['line']['draw']['command'];
}): ReactNode {
  const canCopy = useBrowserAbility(hasClipboard, false);
  const [isCopied, setIsCopied] = useState(false);
  const copy = async () => {
    // Refused is not copied, and the command can be selected anyway.
    setIsCopied(
      await navigator.clipboard.writeText(command).then(
        () => true,
        () => false,
      ),
    );
  };
  return (
    <section aria-labelledby="command" className="grid gap-2">
      <h2 id="command" className="text-xl">
        {texts.title}
      </h2>
      <p className="text-muted">{texts.lead}</p>
      <code className="block rounded-control bg-sunken px-3 py-3 text-sm break-all select-all">
        {command}
      </code>
      {canCopy && (
        <div>
          <Button tone="secondary" onClick={() => void copy()}>
            <span aria-live="polite">{isCopied ? texts.copied : texts.copy}</span>
          </Button>
        </div>
      )}
    </section>
  );
}

// Browsers lend their clipboard to secure pages alone.
function hasClipboard(): boolean {
  return 'clipboard' in navigator;
}
