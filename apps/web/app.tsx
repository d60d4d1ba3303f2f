import { lazy, Suspense, type ReactNode } from 'react';
import { LanguageProvider } from './i18n/language-provider.tsx';
import { InvalidRoomPage } from './landing/invalid-room-page.tsx';
import { LandingPage } from './landing/landing-page.tsx';
import { PageBoundary } from './page/page-boundary.tsx';
import { BrokenPage } from './page/broken-page.tsx';
import { readPageQuery } from './page/page-query.ts';
import type { Route } from './page/room-url.ts';

// Apart from the landing page: what makes calls is a hundred times its size.
const RoomPage = lazy(async () => ({ default: (await import('./room/room-page.tsx')).RoomPage }));

export function App({ route }: { readonly route: Route }): ReactNode {
  return (
    <LanguageProvider>
      <PageBoundary fallback={<BrokenPage />}>
        <Suspense fallback={null}>
          <PageOf route={route} />
        </Suspense>
      </PageBoundary>
    </LanguageProvider>
  );
}

function PageOf({ route }: { readonly route: Route }): ReactNode {
  switch (route.page) {
    case 'landing':
      return <LandingPage />;
    case 'room':
      return <RoomPage room={route.room} query={readPageQuery(window.location.search)} />;
    case 'invalid-room':
      return <InvalidRoomPage problem={route.problem} />;
  }
}
