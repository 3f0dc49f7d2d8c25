import { pagesAreGood } from './pages-are-good.ts';

pagesAreGood('ko');
