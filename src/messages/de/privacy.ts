import type { Messages } from '../en/index.ts';
import { counted, number, span, spanAfter } from './say.ts';

export const confirm: Messages['confirm'] = {
  over: 'Diese Frage ist zu alt oder schon beantwortet. Sag den Befehl noch einmal.',
  notYours: 'Gefragt war jemand anderes.',
};

export const privacy: Messages['privacy'] = (kept) =>
  [
    'Was ich von dir aufbewahre und wie lange:',
    `• Anfragen: dein Bild und deine Worte, dein Name und deine ID, wo du gefragt hast, und der Clip. Sie gehen ${spanAfter(kept.keepMs)} nach dem fertigen Clip; eine mit Stern bleibt, solange sie ihn hat.`,
    kept.service === undefined
      ? '• Clips entstehen auf diesem Rechner: Niemand sonst bekommt etwas davon.'
      : `• Clips macht ${kept.service}: Dorthin gehen das Bild und die Worte, aber nichts über dich.`,
    '• Was eine Bilddatei sonst noch verrät, etwa wo sie aufgenommen wurde, gebe ich nie weiter.',
    '• Sterne: deine ID beim Clip, bis du den Stern zurücknimmst oder der Clip verschwindet.',
    kept.hasLinks
      ? '• Links: Eine eigene Seite hat ein Clip nur, wenn du sie willst oder der Chat den Clip nicht annimmt, bis du sie zurücknimmst oder der Clip verschwindet.'
      : '• Clips haben hier keine Seiten im Web.',
    '• Offene Fragen, Formulare und Listen: einen Tag. Von den /settings eines Chats die letzten zehn Änderungen, und von wem sie sind.',
    `• Was ausgegeben wurde: Zahlen, mit deiner ID und dem Chat nur als Hash, ${span(kept.spendMs)} lang.`,
    '• Meine Nachrichten bleiben im Chat, bis jemand sie löscht. „Löschen“ unter einem Clip entfernt ihn überall.',
    'Mit /export bekommst du deine Anfragen und Sterne, mit /forget verschwinden sie. Nur was ausgegeben wurde bleibt, und eine Sperre durch die, die diesen Bot betreiben, mit deiner ID.',
  ].join('\n');

export const forget: Messages['forget'] = {
  label: 'Vergiss mich',
  asYourself: 'Schreib als du selbst, nicht als Kanal oder Gruppe, damit ich weiß, wen ich vergessen soll.',
  question: ({ isOnePerson, stays = '' }) =>
    isOnePerson
      ? 'Diese Seite weiß nicht, wer wer ist. Also verschwindet für immer alles, was hier gemacht wurde, egal von wem: Bilder, Anfragen und Clips, auch mit Stern, ihre Links, die Sterne von hier und was hier eingestellt ist. Was gerade gemacht wird, hört auf. Was ausgegeben wurde, bleibt eine Weile als Zahl, weil Grenzen es mitzählen.'
      : [
          'Soll ich alles von dir vergessen, in allen Chats?',
          'Deine Bilder, deine Anfragen und Clips, auch mit Stern, ihre Links, die Clips, die andere aus deinen Bildern gemacht haben, deine Sterne und was du für dich eingestellt hast, verschwinden für immer. Was gerade gemacht wird, hört auf.',
          `Meine Nachrichten mit deinen Clips verschwinden auch. ${stays}`.trim(),
          'Was du für einen Chat eingestellt hast, bleibt ohne deinen Namen; was ausgegeben wurde, bleibt ohne ihn eine Weile als Zahl, weil Grenzen es mitzählen; und eine Sperre durch die, die diesen Bot betreiben, bleibt.',
        ].join('\n'),
  done: 'Alles klar. In ein, zwei Minuten ist es erledigt; wo erst noch ein Dienst aufhören muss, in zehn.',
};

export const exported: Messages['exported'] = {
  text: (clips) =>
    `Was ich von dir aufbewahre: ${counted(clips, { one: 'Anfrage', other: 'Anfragen' })}, die neueste zuerst.`,
  cut: (clips) => `Es sind mehr als ${number(clips)}; die ältesten fehlen.`,
  nothing: 'Ich habe keine Anfragen oder Sterne von dir.',
  asYourself: 'Schreib als du selbst, nicht als Kanal oder Gruppe, damit ich weiß, was dir gehört.',
  tooSoon: 'Das hast du gerade erst verlangt. Frag in einer Minute noch einmal.',
};
