import { createContext } from 'react';

/** Where the Save bar goes: below the page that scrolls, so that it never covers a field. */
export const SaveSlot = createContext<HTMLElement | null>(null);
