import type { Messages } from '../en/index.ts';

export const links: Messages['links'] = {
  title: (scene) => `${scene} · Kinora`,
  by: 'por',
  clip: (scene) => `Clipe: ${scene}`,
  covered: 'Este clipe está oculto. Toque aqui para ver.',
  save: 'Salvar o clipe',
  made: 'Uma imagem parada que ganhou vida com o Kinora',
  gone: 'Este clipe não está mais aqui',
  goneWhy: 'O link foi tirado, o clipe foi apagado, ou o endereço não está completo.',
  tooMany: (waitMs) =>
    `Há clipes demais sendo vistos da sua rede agora. Tente de novo em ${Math.ceil(waitMs / 1000)} s.`,
  badOEmbed: 'Peça com url=<o endereço de um clipe>, e format=json.',
  notNow: 'Desta vez não deu certo',
};
