import { render } from 'preact';
import { Admin } from './admin-page.tsx';
import { byId } from './dom.ts';

render(<Admin />, byId('admin'));
