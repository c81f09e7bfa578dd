import type { Messages } from '../en/index.ts';
import { commands } from './commands.ts';
import { counted, number } from './say.ts';

export const settings: Messages['settings'] = {
  title: {
    server: 'Einstellungen dieses Servers',
    chat: 'Einstellungen dieses Chats',
    own: 'Deine Einstellungen hier',
  },
  rows: {
    isOn: { label: 'Macht hier Clips' },
    language: { label: 'Sprache', hint: 'In der ich hier alles sage', unset: 'für alle die eigene' },
    shape: {
      label: commands.animate.options.shape.label,
      hint: commands.animate.options.shape.description,
      values: commands.animate.options.shape.choices,
    },
    fit: {
      label: commands.animate.options.fit.label,
      hint: commands.animate.options.fit.description,
      values: commands.animate.options.fit.choices,
    },
    duration: { label: 'Länge', values: commands.animate.options.duration.choices },
    isCovered: { label: 'Alle Clips verdecken', hint: 'Bilder und Clips sieht man, wenn man darauf tippt' },
    reply: {
      label: 'Wo Clips hinkommen',
      values: { thread: 'in einen Thread an ihrer Karte', reply: 'als Antwort auf ihre Karte' },
    },
    perPerson: {
      label: 'Clips am Tag für jede Person',
      hint: 'In jedem Chat oder Kanal; was nichts kostet, zählt nicht',
      unset: 'ohne Grenze',
    },
    perChat: {
      label: 'Clips am Tag für alle zusammen',
      hint: 'In jedem Chat oder Kanal; was nichts kostet, zählt nicht',
      unset: 'ohne Grenze',
    },
    roles: { label: 'Wer Clips anfragen darf', hint: 'Wer eine dieser Rollen hat', unset: 'alle' },
    channels: {
      label: 'Wo man Clips anfragen darf',
      hint: 'Threads zählen zu ihrem Kanal',
      unset: 'überall',
    },
    toGallery: {
      label: 'In die Galerie dieses Bots',
      hint: 'Clips von hier mit vielen Sternen werden dort gezeigt',
    },
    gallery: {
      label: 'Eigene Galerie dieses Servers',
      hint: 'Clips von hier mit vielen Sternen kommen auch in diesen Kanal',
      unset: 'keine',
    },
    starsNeeded: { label: 'Sterne, bis er in die Galerie kommt' },
  },
  switches: { on: 'ja', off: 'nein' },
  several: {
    roles: (n) => counted(n, { one: 'Rolle', other: 'Rollen' }),
    channels: (n) => counted(n, { one: 'Ort', other: 'Orte' }),
  },
  asUsual: (value) => (value === undefined ? 'wie üblich' : `wie üblich (${value})`),
  line: (label, shown) => `${label}: ${shown}`,
  now: (shown) => `Jetzt: ${shown}`,
  chosen: (label) => `✓ ${label}`,
  range: (min, max) => `Von ${number(min)} bis ${number(max)}; leer: wie üblich`,
  choose: 'Was willst du ändern?',
  change: 'Ändern',
  back: 'Zurück',
  alsoHere: 'Auch in diesem Thema',
  onlyHere: 'Nur in diesem Thema',
  notHereAnyMore: 'Nicht mehr in diesem Thema',
  lately: 'Zuletzt geändert',
  changed: ({ who, what, to, ago }) => `${who}: ${what}, ${to} (${ago})`,

  notYours: 'Das kann nur, wer sich um diesen Chat kümmert.',
  unknown: 'Diese Einstellung gibt es nicht mehr. Sag /settings, dann siehst du die übrigen.',
  wrong: (label) => `„${label}“ nimmt diesen Wert nicht an. Wähl einen anderen.`,
  switchedOff: 'Wer sich um diesen Chat kümmert, hat Clips hier ausgeschaltet.',
  notHere: 'Hier kann man keine Clips anfragen. Wer sich um diesen Chat kümmert, weiß, wo es geht.',
  noRole: 'Clips sind hier nur für manche Rollen. Wer sich um diesen Server kümmert, weiß, für welche.',
};
