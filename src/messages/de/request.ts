import type { Messages } from '../en/index.ts';
import { about, countedClips, countedCredits, number, plural } from './say.ts';

/** "3 weitere Clips", in the accusative. */
const more = (n: number): string => `${number(n)} ${plural(n, { one: 'weiteren Clip', other: 'weitere Clips' })}`;

export const request: Messages['request'] = {
  noScene: 'Sag, was im Bild passieren soll, zum Beispiel „Wellen rollen heran, langsamer Zoom“.',
  sceneTooLong: (found, most) => `Die Szene ist zu lang (${number(found)} Zeichen). Nimm höchstens ${number(most)}.`,
  notAllowed: ({ here, person, manages }) => {
    const named = 'Dieser Bot macht Clips nur für Orte und Leute, die beim Einrichten genannt wurden.';
    if (manages)
      return `${named} Wenn du ihn betreibst: ALLOW=${here} ist für alle hier, ALLOW=${person} für dich allein.`;
    const ids = here === person ? person : `${person} (du) oder ${here} (alle hier)`;
    return `${named} Schick dies für ALLOW an die, die ihn betreiben: ${ids}.`;
  },
  budgetSpent:
    'Das Budget für Clips ist für heute aufgebraucht. Um Mitternacht UTC geht es weiter; dieser hat nichts gekostet.',
  personHadEnough: (clips, { isShared }) =>
    isShared
      ? `Alle, die hier als Kanal oder als Gruppe schreiben, hatten heute zusammen schon ${countedClips(clips)}. Schreib als du selbst oder nach Mitternacht UTC.`
      : `Du hattest heute schon ${countedClips(clips)}. Um Mitternacht UTC geht es von vorn los.`,
  tooManyWaiting: (clips, { isShared }) =>
    isShared
      ? `Alle, die hier als Kanal oder als Gruppe schreiben, haben zusammen schon ${countedClips(clips)} in Arbeit. Schreib als du selbst, oder frag wieder, wenn einer fertig ist.`
      : `Du hast schon ${countedClips(clips)} in Arbeit. Frag wieder, wenn einer fertig ist.`,
  chatHadEnough: (clips) =>
    `Dieser Chat hatte heute schon ${countedClips(clips)}. Um Mitternacht UTC geht es von vorn los.`,
  chatTooManyWaiting: (clips) =>
    `Dieser Chat hat schon ${countedClips(clips)} in Arbeit. Frag wieder, wenn einer fertig ist.`,
  left: {
    person: (clips, { isShared }) => {
      if (clips > 0)
        return isShared
          ? `Alle, die hier als Kanal oder als Gruppe schreiben, haben heute noch ${more(clips)}.`
          : `Du hast heute noch ${more(clips)}.`;
      return isShared
        ? 'Alle, die hier als Kanal oder als Gruppe schreiben, hatten damit ihren letzten Clip für heute.'
        : 'Das war dein letzter Clip für heute.';
    },
    chat: (clips) =>
      clips === 0 ? 'Das war der letzte Clip dieses Chats für heute.' : `Dieser Chat hat heute noch ${more(clips)}.`,
    budget: (clips) =>
      clips === 0
        ? 'Das war der letzte Clip aus dem Budget von heute.'
        : `Das Budget von heute reicht noch für ${more(clips)}.`,
  },
  fewerTakes: (most, takes) =>
    `Du willst ${takes} Versionen, und gerade ist noch Platz für ${more(most)}. Nimm weniger Versionen, oder frag später noch einmal.`,
  takesCost: (takes, cost) => `${takes} Versionen kosten ${countedCredits(cost)}.`,
  tooManyShown: (clips) => `Du hast gerade ${countedClips(clips)} gezeigt. Zeig den nächsten in einer Minute.`,
  tooManyConverted: 'Gerade werden mehrere Clips in andere Dateien umgewandelt. Frag in einer Minute noch einmal.',
  tooManyReported: 'Du hast gerade mehrere Clips gemeldet. Melde den nächsten in einer Minute.',
  diskNearlyFull:
    'Die Festplatte des Rechners, auf dem dieser Bot läuft, ist fast voll, darum nehme ich nichts an. Frag später noch einmal, oder sag denen Bescheid, die ihn betreiben.',
  moderationPause: (ms) =>
    `Der Dienst hat mehrere deiner Anfragen nach seinen Regeln abgelehnt. In ${about(ms)} kannst du wieder fragen.`,
  tooLate: 'Zu spät: Dieser Clip ist schon fertig.',
  notYours: 'Das kann nur, wer diesen Clip angefragt hat.',
  gone: 'Dieser Clip ist nicht mehr hier.',
  bothGone:
    'Auch das andere Bild dieser Anfrage ist nicht hier. Frag noch einmal nach dem Clip und schick beide Bilder.',
  cancelHeard: 'Alles klar. Wie es ausgeht, steht in seiner Nachricht.',
  nothingToCancel: 'Von dir ist hier gerade kein Clip in Arbeit.',
  cancelWhich: 'Von dir sind hier mehrere Clips in Arbeit. Welcher soll aufhören?',
  coveredScene: (ageMs) => `eine verdeckte Szene, angefragt vor ${about(ageMs)}`,
  noDoubt: 'Das ist schon geklärt.',
  retrying: 'Ich versuche es noch einmal.',
  leaving: 'Es bleibt, wie es ist.',
  underWay: 'Dieser Clip ist noch in Arbeit: Brich ihn erst ab, oder warte, bis er fertig ist.',
  takesBegin: 'Die anderen Versionen fangen mit dem Bild von dieser gerade erst an. Versuch es gleich noch einmal.',
  deleted: 'Gelöscht.',
  deletedBefore: 'Was du hier wolltest, ist gelöscht. Für einen weiteren Clip schick das Bild noch einmal.',
};
