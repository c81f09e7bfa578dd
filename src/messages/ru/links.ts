import type { Messages } from '../en/index.ts';

export const links: Messages['links'] = {
  title: (scene) => `${scene} · Kinora`,
  by: 'Автор:',
  clip: (scene) => `Клип: ${scene}`,
  covered: 'Этот клип скрыт. Нажми здесь, чтобы его увидеть.',
  save: 'Сохранить клип',
  made: 'Картинка, которую оживила Kinora',
  gone: 'Этого клипа здесь больше нет',
  goneWhy: 'Ссылку отозвали, клип удалили, или адрес неполный.',
  tooMany: (waitMs) =>
    `Из твоей сети сейчас смотрят слишком много клипов. Попробуй снова через ${Math.ceil(waitMs / 1000)} с.`,
  badOEmbed: 'Укажи url=<адрес клипа> и format=json.',
  notNow: 'Сейчас не получилось',
};
