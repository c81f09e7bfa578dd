import type { Messages } from '../en/index.ts';
import { about } from './say.ts';

export const web: Messages['web'] = {
  off: (why) =>
    `O chat web está desligado (${why}) e não há senha. Defina WEB_PASSWORD (8 caracteres ou mais) para ligar.`,
  elsewhere: 'Este processo cuida dos pedidos e não tem chat web: quem tem é um gateway (ROLE=gateway ou all).',
  notThisHost:
    'O bot não responde neste endereço. Abra onde ele disse que escuta, ou ponha este endereço em PUBLIC_URL.',
  proxied: 'Isto veio por um proxy. Ponha em PUBLIC_URL o endereço que as pessoas usam, e defina WEB_PASSWORD.',
  foreign:
    'Isto veio de outro site, então não fiz nada. Abra o próprio bot; atrás de um proxy, PUBLIC_URL precisa ser o endereço dele.',
  noOrigin: 'Diga com um cabeçalho Origin de onde isto vem: o endereço deste bot.',
  locked: 'Entre primeiro.',
  password: 'Senha',
  wrongPassword: 'Essa não é a senha.',
  tooManyTries: (waitMs) => `Senhas erradas demais. Tente de novo em ${about(waitMs)}.`,
  badKey: 'O pedido precisa de uma chave de 8 a 64 letras, dígitos ou “-”.',
  badLastAt: 'lastAt diz em que byte dos dados começa a última imagem: um número inteiro.',
  badBody: 'Não dá para entender o conteúdo deste pedido.',
  badType: 'Envie a própria imagem, como application/octet-stream.',
  cutOff: 'A imagem não chegou inteira. Mande de novo.',
  stalled: 'A imagem parou de chegar. Mande de novo.',
  tooSlow: 'A imagem está chegando devagar demais. Mande de novo com uma conexão melhor, ou mande uma menor.',
  busy: 'Está chegando coisa demais ao mesmo tempo. Tente de novo daqui a pouco.',
  tooFast: (waitMs) => `São muitos clipes de uma vez. Tente de novo em ${about(waitMs)}.`,
  tooManyWindows: 'O bot está aberto em janelas demais. Feche algumas e recarregue.',
  notFound: 'Não há nada aqui.',
  noOtherPlace: 'Não há outro lugar aqui. Compartilhe o arquivo ou o link.',
  making: (file) => `Fazendo o ${file}`,
  makingLoop: 'Fazendo o loop',
  recordDown:
    'O bot não consegue usar o banco de dados no momento. Nada do que ele prometeu se perde; tente de novo mais tarde.',
  broken: 'Algo deu errado aqui, não no seu pedido. Tente de novo; o log do bot diz mais.',
};
