import type { Messages } from '../en/index.ts';
import { countedCredits } from './say.ts';

export const telegram: Messages['telegram'] = {
  sendAgain: 'Noch mal schicken',
  back: 'Zurück',
  forWhom: (name) => `Für ${name}`,

  description:
    'Schick mir ein Foto und schreib dazu, was darin passieren soll: „Wellen rollen heran, langsamer Zoom“. Du bekommst einen kurzen Clip zurück. In einer Gruppe antworte auf ein Foto mit /animate und denselben Worten.',
  shortDescription: 'Ich erwecke Bilder zum Leben: Schick ein Foto und sag, was darin passieren soll.',

  help: 'Schick mir ein Foto und schreib dazu, was darin passieren soll, zum Beispiel „Wellen rollen heran, langsamer Zoom“. Dazu gehen auch dauer=10, bewegung=7, seed=42, versionen=3 für drei Clips auf einmal, das Format des Clips (format=hoch, oder 9:16), und wie das Bild hineinpasst: anpassung=crop, anpassung=pad oder anpassung=strict.',
  helpInGroups: (bot, command) =>
    `Antworte auf ein Foto mit „/${command} was passieren soll“, oder schick eins, dessen Text mit /${command} beginnt oder @${bot} erwähnt. Dazu gehen auch dauer=10, bewegung=7, seed=42, versionen=3, format=hoch oder anpassung=pad.`,
  helpTwo:
    'Aus zwei Fotos wird ein Clip vom ersten zum zweiten: Schick sie als Album, mit „von Tag zu Nacht“ oder Ähnlichem dazu, oder antworte auf ein Foto mit dem anderen.',
  unknownCommand: (name, known) => `${name} kenne ich nicht. Ich kenne ${known.map((each) => `/${each}`).join(', ')}.`,
  unknownPassed: (name) => `${name} kenne ich nicht, darum nehme ich den Rest als das, was passieren soll.`,
  unknownAsked: (name) => `${name} kenne ich nicht.`,
  hearts: ({ isPrivate }) =>
    isPrivate
      ? 'Eine Reaktion mit ❤ oder 🔥 auf einen Clip ist auch ein Stern.'
      : 'Wo ich Admin bin, ist eine Reaktion mit ❤ oder 🔥 auf einen Clip auch ein Stern.',
  fileAlone: 'Ich habe es dir privat geschickt.',
  fileNeedsStart: 'Das ist nur für dich: Schreib mir zuerst privat, dann frag noch einmal danach.',
  staysShown:
    'Telegram lässt mich nur wegnehmen, was ich in den letzten zwei Tagen gepostet habe: Älteres verliert seine Knöpfe, und du kannst es selbst löschen.',
  seesAll: 'Ich kann hier alle Nachrichten lesen, und lasse die in Ruhe, die nicht an mich gehen.',
  seesAddressed: 'Ich sehe hier nur, was an mich geht: Befehle, Erwähnungen und Antworten an mich.',

  askScene: ({ isPrivate, mayBeWordless }) => {
    const what = 'Was soll in diesem Bild passieren?';
    if (isPrivate) return `${what} Antworte mit einer Zeile wie „Wellen rollen heran, langsamer Zoom“.`;
    const how = 'Antworte auf diese Nachricht mit einer Zeile wie „Wellen rollen heran, langsamer Zoom“';
    return `${what} ${how}${mayBeWordless ? ', oder mit „-“, dann bewegt es sich von selbst' : ''}.`;
  },
  askOtherScene: (question, { isPrivate }) =>
    isPrivate ? `${question} Bisher war es:` : `${question} Antworte auf diese Nachricht. Bisher war es:`,
  captionEdited: 'Dein Text hat sich geändert, als der Clip schon begonnen war. Soll ich noch einen machen? Drück Los.',
  askOtherPicture: (question) => `${question} Schick es hierher. Worte dabei sind eine andere Szene; ohne bleibt sie:`,
  askPictureInGroup: 'Schick ein anderes Bild mit diesem Text dabei, oder antworte damit auf eins:',
  pictureFirst: 'Ich warte auf das andere Bild. Schick es hierher, oder schließ meine Frage mit /cancel.',
  sayBack: ({ isPrivate }) =>
    isPrivate
      ? 'Soll ich das machen? Drück Los. Andere Worte schick einfach.'
      : 'Soll ich das machen? Drück Los. Mit anderen Worten antworte auf diese Nachricht.',
  choice: (option, value) => `${option}: ${value}`,
  go: 'Los',
  no: 'Nein',
  wordless: 'Von selbst bewegen lassen',
  costs: (label, credits) => (credits > 0 ? `${label} (${countedCredits(credits)})` : label),
  closed: 'Alles klar, daraus wird nichts.',
  notAsked: 'Antworten kann hier nur, wer gefragt wurde.',
  questionGone: 'Diese Frage ist geschlossen.',
  replyToAnswer:
    'Ich war nicht sicher, ob das meine Frage oben beantwortet. Wenn ja, antworte damit direkt auf die Frage.',
  scenePlaceholder: 'Wellen rollen heran, langsamer Zoom',
  albumRest: 'Von einem Album nehme ich das erste Bild. Schick die anderen einzeln.',
  albumRestOfTwo: 'Von diesem Album nehme ich die ersten zwei Bilder. Schick die anderen einzeln.',
  secondNeverCame:
    'Das zweite Bild des Albums kam nicht bei mir an. Antworte auf das erste mit dem zweiten und schreib dasselbe dazu.',
  pictureTooLarge: (foundBytes, mostBytes) =>
    `Diese Datei hat ${Math.ceil(foundBytes / (1024 * 1024))} MB, und Telegram gibt Bots höchstens ${Math.floor(mostBytes / (1024 * 1024))} MB. Schick sie als Foto statt als Datei.`,

  taken: 'Dein Clip ist unterwegs.',
  copyComes: 'Ich schicke ihn in unseren privaten Chat.',
  copyNeedsStart: 'Drück in unserem privaten Chat auf Start: Dann kommt er dorthin.',
  takenAlready: 'Er ist schon unterwegs.',
  cardDone: 'Fertig: Dein Clip ist unten.',
  clipReady: 'Dein Clip ist fertig.',
  clipComes: 'Gleich kommt ein Clip.',
  clipElsewhere: 'Dein Clip ist fertig. Dahin, wo du ihn wolltest, ließ er sich nicht schicken, darum ist er hier.',
  clipDeleted:
    'Gelöscht. Telegram lässt Bots Nachrichten nur 48 Stunden lang zurückholen, darum bleibt das Video hier, bis du es löschst.',
  deletedSoon:
    'Hier ist es gelöscht. Telegram hat die Nachricht noch nicht weggenommen; sie verschwindet gleich von selbst.',
  clipDoubtful:
    'Telegram hat nicht gesagt, ob es deinen Clip angenommen hat. Wenn er in einer Minute nicht da ist, lass ihn noch mal schicken.',
  sendingAgain: 'Ich schicke ihn noch mal.',
  sentAlready: 'Er wurde schon noch mal geschickt.',
  notSent: 'Er ließ sich nicht schicken. Versuch es später noch einmal.',
  clipsAlone: 'Ich habe sie in unseren privaten Chat geschickt.',
  clipsNeedStart: 'Deine Clips sind nur für dich. Drück in unserem privaten Chat auf Start und frag dort danach.',
  clipsNotHere: 'Die Clips auf dieser Seite sind nicht von hier. Frag in unserem privaten Chat danach.',
  notInChannels: 'In einem Kanal mache ich nichts. Schick mir ein Foto in unserem privaten Chat oder in einer Gruppe.',
  pressAgain: 'Der Clip ist gerade erst da. Drück gleich noch einmal.',
  oldButton: 'Dieser Knopf ist zu alt.',

  inlineNew: 'Erst einen Clip machen',
};
