import type { Messages } from '../en/index.ts';
import { about } from './say.ts';

export const web: Messages['web'] = {
  off: (why) =>
    `Der Web-Chat ist aus (${why}), und es gibt kein Passwort. Setze WEB_PASSWORD (8 Zeichen oder mehr), um ihn einzuschalten.`,
  elsewhere:
    'Dieser Prozess arbeitet Anfragen ab und hat keinen Web-Chat: Den hat ein Gateway (ROLE=gateway oder all).',
  notThisHost:
    'Unter dieser Adresse antwortet der Bot nicht. Öffne ihn da, wo er sagt, dass er lauscht, oder nenne diese Adresse in PUBLIC_URL.',
  proxied: 'Das kam durch einen Proxy. Setze PUBLIC_URL auf die Adresse, die Leute benutzen, und WEB_PASSWORD.',
  foreign:
    'Das kam von einer anderen Seite, darum ist nichts passiert. Öffne den Bot selbst; hinter einem Proxy muss PUBLIC_URL seine Adresse sein.',
  noOrigin: 'Sag mit einem Header Origin, woher das kommt: von der Adresse dieses Bots.',
  locked: 'Melde dich zuerst an.',
  password: 'Passwort',
  wrongPassword: 'Das ist nicht das Passwort.',
  tooManyTries: (waitMs) => `Zu viele falsche Passwörter. Versuch es in ${about(waitMs)} noch einmal.`,
  badKey: 'Die Anfrage braucht einen Schlüssel aus 8 bis 64 Buchstaben, Ziffern oder „-“.',
  badLastAt: 'lastAt sagt, bei welchem Byte der Daten das letzte Bild beginnt: eine ganze Zahl.',
  badBody: 'Der Inhalt dieser Anfrage ist nicht zu verstehen.',
  badType: 'Schick das Bild selbst, als application/octet-stream.',
  cutOff: 'Das Bild kam nicht ganz an. Schick es noch einmal.',
  stalled: 'Das Bild kam nicht weiter an. Schick es noch einmal.',
  tooSlow: 'Das Bild kommt zu langsam an. Schick es über eine bessere Verbindung noch einmal, oder ein kleineres.',
  busy: 'Gerade kommt zu viel auf einmal an. Versuch es gleich noch einmal.',
  tooFast: (waitMs) => `Das sind viele Clips auf einmal. Versuch es in ${about(waitMs)} noch einmal.`,
  tooManyWindows: 'Der Bot ist in zu vielen Fenstern offen. Schließ ein paar und lade neu.',
  notFound: 'Hier ist nichts.',
  noOtherPlace: 'Einen anderen Ort gibt es hier nicht. Teile die Datei oder den Link.',
  making: (file) => `${file} wird gemacht`,
  makingLoop: 'Die Schleife wird gemacht',
  recordDown:
    'Der Bot kann seinen Speicher gerade nicht benutzen. Von dem, was er versprochen hat, geht nichts verloren; versuch es später noch einmal.',
  broken:
    'Hier ging etwas schief, aber nicht wegen deiner Anfrage. Versuch es noch einmal; mehr steht im Log des Bots.',
};
