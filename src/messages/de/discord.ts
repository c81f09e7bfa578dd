import type { Detour } from '../en/discord.ts';
import type { Messages } from '../en/index.ts';

const DETOURS: Record<Detour, string> = {
  'thread-locked': 'Sein Thread ist gesperrt, darum kommt der Clip hierher.',
  'too-many-threads': 'Dieser Server hat zu viele offene Threads, darum kommt der Clip hierher.',
  'too-large': 'Für den Ort, an dem du ihn wolltest, ist er zu groß, darum ist dein Clip hier.',
  'place-gone': 'Wo du ihn wolltest, kann ich nicht mehr schreiben, darum ist dein Clip hier.',
};

export const discord: Messages['discord'] = {
  menu: 'Dieses Bild animieren',
  menuHelp: (name) => `Apps → ${name}, im Menü einer Nachricht: macht einen Clip aus einem Bild darin`,
  plainHelp:
    'Oder schick mir ein Bild und schreib dazu, was darin passieren soll: als Direktnachricht oder überall, wo ich bin, wenn du mich erwähnst. Antworte mit neuen Worten auf einen Clip von mir, dann mache ich noch einen.',
  askScene: 'Was soll in diesem Bild passieren?',
  say: 'Sag, was passiert',
  askOther: 'Soll ich aus diesem Bild noch einen Clip machen, mit deinen Worten?',
  checkOther: 'Ansehen und abschicken',
  sendPicture:
    'Schick mir ein Bild und schreib dazu, was darin passieren soll: „Wellen rollen heran, langsamer Zoom“. Mehr sagt /help.',
  form: {
    title: 'Dieses Bild animieren',
    placeholder: 'Wellen rollen heran, langsamer Zoom',
    usual: 'wie üblich',
    wordless: 'Leer lassen, dann bewegt es sich von selbst',
    two: 'Kommt ein zweites dazu, endet der Clip damit',
    seedOf: (seed) => `Leer: ein neuer; ${seed} behält den dieses Clips`,
  },
  taken: 'Alles klar. Wie weit es ist, steht unten.',
  slow: 'Deine Anfrage ist da, aber noch nicht gesichert. Sobald sie es ist, steht es hier; wenn nicht, frag noch einmal.',
  recordDown:
    'Der Speicher dieses Bots ist gerade nicht erreichbar. Wenn hier in ein paar Minuten keine Karte von dir steht, frag noch einmal.',
  deletedSoon: 'Hier ist es gelöscht. Die Nachrichten verschwinden, sobald Discord sie wegnimmt; dann steht es hier.',
  mayNotRemove: (missing) =>
    `Ich darf es hier nicht entfernen: ${missing.length > 0 ? `Mir fehlt ${missing.join(', ')}` : 'Discord lässt mich nicht'}. Einen Tag lang versuche ich es weiter; die Moderation kann es jetzt schon entfernen.`,
  stays: 'Hier ist es gelöscht, aber Discord lässt mich die Nachrichten nicht wegnehmen. Die Moderation dort kann es.',
  pressAgain: 'Das hat zu lange gedauert. Versuch es noch einmal.',
  tooMany: 'Gerade ist viel los. Versuch es gleich noch einmal.',
  broken:
    'Hier ging etwas schief, aber nicht wegen deiner Anfrage. Versuch es noch einmal; mehr steht im Log des Bots.',
  missing: (permissions, channel) =>
    `Mir fehlen in ${channel} diese Rechte: ${permissions.join(', ')}. Wer den Server verwaltet, kann sie mir geben.`,
  permissions: {
    ViewChannel: 'Kanal ansehen',
    SendMessages: 'Nachrichten senden',
    SendMessagesInThreads: 'Nachrichten in Threads senden',
    AttachFiles: 'Dateien anhängen',
    EmbedLinks: 'Links einbetten',
    ReadMessageHistory: 'Nachrichtenverlauf anzeigen',
    CreatePublicThreads: 'Öffentliche Threads erstellen',
  },
  notMember:
    'Ich bin auf diesem Server nicht Mitglied und könnte deinen Clip nicht posten. Lade mich noch einmal ein, als Bot.',
  noPicture: 'In dieser Nachricht sehe ich kein Bild. Nimm eine mit einem JPEG, PNG, WebP, HEIC, AVIF oder GIF.',
  foreignPicture:
    'Dieses Bild liegt außerhalb von Discord, und von dort hole ich keine. Speichere es und poste es hier.',
  which: 'In dieser Nachricht sind mehrere Bilder. Welches?',
  choose: 'Wähl ein Bild',
  both: 'Beide: von Bild 1 zu Bild 2',
  nth: (n) => `Bild ${n}`,
  formGone: 'Dieses Formular ist zu alt. Fang noch einmal beim Bild an.',
  pictureAlt: 'Das Bild, das animiert wird',
  clipThere: (url) => `[Hier ist der Clip](${url})`,
  clipsThere: (urls) => `Hier sind sie: ${urls.map((url, n) => `[${n + 1}](${url})`).join(' · ')}`,
  noScene: 'Die Worte dieser Szene dürfen hier nicht stehen.',
  thread: 'Clip',
  where: 'Wähl einen Kanal oder Thread',
  whereFromHere: 'Geh dorthin, wo er gezeigt werden soll, und sag dort /show: Beim Tippen siehst du deine Clips.',
  notThere: (channel) => `In ${channel} darfst du keine Dateien posten. Wähl einen anderen Ort.`,
  foreignPlace: 'Zeigen kann ich ihn nur in Textkanälen und Threads dieses Servers. Wähl einen anderen Ort.',
  showing: 'Ich poste ihn gleich hier.',
  sharing: (channel) => `Er ist unterwegs nach ${channel}.`,
  copying: 'Ich schicke ihn dir als Direktnachricht, wenn du mich lässt.',
  takeBack: 'Zurücknehmen',
  chooseClip: 'Einen hier zeigen',
  coveredClip: 'Ein verdeckter Clip',
  detour: (why) => DETOURS[why],
};
