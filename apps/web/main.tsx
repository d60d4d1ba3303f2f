import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { routeOf } from './page/room-url.ts';
import './styles/tokens.css';
import './styles/base.css';

const root = document.querySelector('#app');
if (root === null) throw new Error('the page has no #app');

createRoot(root).render(<App route={routeOf(window.location)} />);
