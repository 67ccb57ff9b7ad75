import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Toaster } from 'sonner';
import 'sonner/dist/styles.css';
import '../ui/tokens.css';
import '../ui/base.css';
import '../ui/controls.css';
import { ClockContext } from '../ui/elapsed';
import { queryClient } from './api/query-client';
import { serverNow } from './api/server-clock';
import { router } from './app/router';
import { SignedIn } from './app/signed-in';
import { startWords } from './i18n/i18n';

// Whoever puts a style into the page by script shows the nonce of this answer: it is what radix-ui looks for.
const nonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce;
Object.assign(globalThis, { __webpack_nonce__: nonce });

await startWords();

const place = document.getElementById('app');
if (!place) throw new Error('The page has no place for the panel.');
createRoot(place).render(
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <ClockContext.Provider value={serverNow}>
        <SignedIn>
          <RouterProvider router={router} />
        </SignedIn>
        <Toaster position="bottom-right" closeButton />
      </ClockContext.Provider>
    </QueryClientProvider>
  </StrictMode>,
);
