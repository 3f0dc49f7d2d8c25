const scriptAddress = 'https://accounts.google.com/gsi/client';

/** The part of Google Identity Services that is used. */
export interface GoogleIdentity {
  initialize(settings: {
    readonly client_id: string;
    readonly callback: (answer: { readonly credential: string }) => void;
    readonly ux_mode: 'popup';
  }): void;
  renderButton(
    place: HTMLElement,
    look: {
      readonly theme: 'outline';
      readonly size: 'large';
      readonly width: number;
      readonly locale: string;
    },
  ): void;
}

let loading: Promise<GoogleIdentity> | undefined;

/** Loads Google's script, once; nothing of Google's is asked for before. Rejects when it cannot be had. */
export function loadGoogleIdentity(): Promise<GoogleIdentity> {
  loading ??= load().catch((cause: unknown) => {
    loading = undefined;
    throw cause;
  });
  return loading;
}

function load(): Promise<GoogleIdentity> {
  return new Promise((resolve, reject) => {
    const script = document.createElement('script');
    script.src = scriptAddress;
    script.async = true;
    script.addEventListener('load', () => {
      const { google } = globalThis as { google?: { accounts: { id: GoogleIdentity } } };
      if (google === undefined) reject(new Error('Google sign-in did not start'));
      else resolve(google.accounts.id);
    });
    script.addEventListener('error', () => reject(new Error('Google sign-in cannot be loaded')));
    document.head.append(script);
  });
}
