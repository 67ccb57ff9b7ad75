import { createRootRoute } from '@tanstack/react-router';
import { Frame } from './frame';
import { NotFoundPage } from './not-found-page';

/** What every address of the panel has around it. */
export const rootRoute = createRootRoute({ component: Frame, notFoundComponent: NotFoundPage });
