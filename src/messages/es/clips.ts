import type { Messages } from '../en/index.ts';
import { ago } from './say.ts';

export const clips: Messages['clips'] = {
  title: 'Clips hechos aquí',
  mine: 'Tus clips',
  none: 'No hay clips.',
  asYourself: 'Escribe con tu propia cuenta, no como canal ni como grupo, y verás todos tus clips.',
  over: 'Esta lista ya es vieja. Pídela otra vez.',
  notYours: 'Esta lista es de otra persona. Pide la tuya con /clips.',
  notFound: 'No hay ningún clip así entre los tuyos ni entre los hechos aquí.',
  by: (name) => `de ${name}`,
  ago: (ms) => (ms < 60_000 ? 'ahora mismo' : ago(ms)),
  pageBefore: 'Página anterior',
  nextPage: 'Página siguiente',
};
