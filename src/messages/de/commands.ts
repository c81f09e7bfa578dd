import { DURATIONS_SECONDS } from '../../task/options.ts';
import type { Messages } from '../en/index.ts';
import { countedCredits } from './say.ts';

export const commands: Messages['commands'] = {
  animate: {
    name: 'animate',
    description: 'Mach aus einem Bild einen Clip von ein paar Sekunden',
    options: {
      image: {
        name: 'bild',
        label: 'Bild',
        description: 'Das Bild: JPEG, PNG, WebP, HEIC, AVIF oder GIF',
        wrong: 'Dabei ist kein Bild. Schick eins mit oder antworte auf eins.',
      },
      last: {
        name: 'endbild',
        label: 'Endet mit',
        description: 'Ein zweites Bild, mit dem der Clip endet',
        wrong: 'Schick ein zweites Bild für das Ende des Clips oder lass es weg.',
      },
      scene: {
        name: 'szene',
        label: 'Was soll passieren?',
        description: 'Was passieren soll, zum Beispiel „Wellen rollen heran, langsamer Zoom“',
        wrong: 'Sag, was im Bild passieren soll, zum Beispiel „Wellen rollen heran, langsamer Zoom“.',
      },
      motion: {
        name: 'bewegung',
        label: 'Bewegung',
        description: 'Von 1 (bewegt sich kaum) bis 10 (bewegt sich stark)',
        wrong: 'Die Bewegung geht von 1 (kaum) bis 10 (stark).',
      },
      duration: {
        name: 'dauer',
        label: 'Länge',
        description: 'In Sekunden',
        choices: Object.fromEntries(DURATIONS_SECONDS.map((seconds) => [seconds, `${seconds} Sekunden`])),
        wrong: 'Ein Clip dauert 2–10 Sekunden.',
      },
      model: {
        name: 'modell',
        label: 'Modell',
        description: 'Welches Modell den Clip macht',
        wrong: 'So ein Modell gibt es nicht.',
      },
      sound: {
        name: 'ton',
        label: 'Ton',
        description: 'Ob der Clip Ton hat; das kostet mehr',
        choices: { on: 'mit Ton', off: 'stumm' },
        wrong: 'Ton ist on (an) oder off (aus).',
      },
      frame: {
        name: 'einzelbild',
        label: 'Bild steht',
        description: 'Ob der Clip mit deinem Bild beginnt oder endet',
        choices: { first: 'beginnt damit', last: 'endet damit' },
        wrong: 'Das Bild steht first (am Anfang) oder last (am Ende).',
      },
      seed: {
        name: 'seed',
        label: 'Seed',
        description: 'Derselbe Seed macht denselben Clip noch einmal',
        wrong: 'Ein Seed ist eine ganze Zahl von 0 bis 4294967295.',
      },
      shape: {
        name: 'format',
        label: 'Format',
        description: 'Das Format des Clips; automatisch: das dem Bild am nächsten ist',
        choices: {
          auto: 'automatisch',
          wide: 'breit (16:9)',
          tall: 'hoch (9:16)',
          square: 'quadratisch (1:1)',
          landscape: 'quer (4:3)',
          portrait: 'hochkant (3:4)',
          ultrawide: 'extrabreit (21:9)',
        },
        wrong: 'Das Format ist auto, wide, tall, square, landscape, portrait oder ultrawide.',
      },
      fit: {
        name: 'anpassung',
        label: 'Anpassung',
        description: 'Was mit einem Bild in einem anderen Format geschieht',
        choices: { crop: 'zuschneiden', pad: 'unscharfe Ränder ergänzen', strict: 'nichts ändern, sonst ablehnen' },
        wrong: 'Die Anpassung ist crop (zuschneiden), pad (Ränder ergänzen) oder strict (nichts ändern).',
      },
      focus: {
        name: 'fokus',
        description: 'Was bleibt, wenn das Bild beschnitten wird: Anteile von Breite und Höhe, etwa 0.3,0.6',
        wrong: 'Der Fokus sind zwei Zahlen von 0 bis 1, etwa 0.3,0.6: von links und von oben.',
      },
      takes: {
        name: 'versionen',
        label: 'Versionen',
        description: 'Wie viele Clips auf einmal, von 1 bis 4; jeder kostet so viel wie einer',
        wrong: 'Auf einmal gibt es 1 bis 4 Versionen.',
      },
      spoiler: {
        name: 'spoiler',
        description: 'Verdeckt Bild und Clip, bis jemand darauf tippt',
        wrong: 'Spoiler ist ja oder nein.',
      },
    },
  },
  clips: {
    name: 'clips',
    description: 'Die Clips von hier oder alle deine',
    options: {
      of: {
        name: 'von',
        label: 'Wessen',
        description: 'Die von hier oder alle deine',
        choices: { here: 'von hier', mine: 'alle meine' },
        wrong: 'Sag „here“ für die Clips von hier oder „mine“ für alle deine.',
      },
      words: { name: 'worte', description: 'Worte aus der Szene', wrong: 'Nimm höchstens 200 Zeichen.' },
      by: { name: 'person', description: 'Wessen Clips', wrong: 'Nenne die Person, deren Clips du sehen willst.' },
      starred: { name: 'stern', description: 'Nur die mit einem Stern', wrong: 'Stern ist ja oder nein.' },
    },
  },
  show: {
    name: 'show',
    description: 'Zeig einen deiner Clips oder einen von hier noch einmal',
    options: {
      clip: {
        name: 'clip',
        description: 'Worte aus seiner Szene oder seine ID',
        wrong: 'Sag, welcher Clip: Worte aus seiner Szene oder seine ID.',
      },
    },
  },
  settings: {
    name: 'settings',
    description: 'Für alle, die sich um diesen Chat kümmern: was hier gemacht wird und für wen',
    options: {},
  },
  quota: { name: 'quota', description: 'Wie viele Clips du noch bekommst', options: {} },
  privacy: { name: 'privacy', description: 'Was dieser Bot von dir aufbewahrt und wie lange', options: {} },
  export: { name: 'export', description: 'Hol dir als Datei, was dieser Bot von dir aufbewahrt', options: {} },
  forget: { name: 'forget', description: 'Lösche alles, was dieser Bot von dir aufbewahrt', options: {} },
  admin: {
    name: 'admin',
    description: 'Für alle, die diesen Bot betreiben: wie es ihm geht und was zu tun ist',
    options: {
      do: {
        name: 'tun',
        description: 'Was zu tun ist; ohne: wie es heute läuft',
        choices: {
          pause: 'pause: nichts Neues beginnen',
          resume: 'weitermachen',
          stop: 'Aufgabe stoppen',
          retry: 'Aufgabe wiederholen',
          block: 'Person sperren',
          unblock: 'Person entsperren',
          refuse: 'Wort ablehnen',
          allow: 'Wort wieder annehmen',
          park: 'Schlüssel pausieren',
          free: 'Schlüssel wieder benutzen',
        },
        wrong: 'Sag pause, resume, stop, retry, block, unblock, refuse, allow, park oder free.',
      },
      what: {
        name: 'was',
        description: 'Die ID der Aufgabe, die Person, das Wort oder der Schlüssel',
        wrong: 'Nimm höchstens 200 Zeichen.',
      },
    },
  },
  cancel: { name: 'cancel', description: 'Stoppe einen Clip, der hier für dich gemacht wird', options: {} },
  help: { name: 'help', description: 'Was dieser Bot kann und wie', options: {} },
};

export const actions: Messages['actions'] = {
  cancel: { label: 'Abbrechen' },
  cancelAll: { label: 'Alle abbrechen' },
  again: { label: 'Noch mal', help: 'eine weitere Version' },
  edit: {
    label: 'Szene ändern',
    help: 'eine Version mit anderen Worten',
    title: 'Andere Szene',
    question: 'Was soll stattdessen passieren?',
  },
  crop: { label: 'Zuschneiden' },
  shorten: { label: 'Kürzere Szene' },
  picture: {
    label: 'Anderes Bild',
    title: 'Anderes Bild',
    question: 'Welches Bild soll es stattdessen sein?',
  },
  star: {
    label: '⭐',
    help: 'ein Stern; Clips mit Stern bleiben',
    counted: (stars) => (stars === 0 ? '⭐' : `⭐ ${stars}`),
    on: 'Der Clip hat jetzt deinen Stern.',
    off: 'Dein Stern ist zurückgenommen.',
  },
  share: { label: 'Teilen', help: 'zeigt ihn woanders', question: 'Wo soll dieser Clip gezeigt werden?' },
  link: {
    label: 'Link',
    help: 'eine eigene Seite für alle, die die Adresse haben',
    text: (url) => `Wer diese Adresse hat, kann den Clip sehen:\n${url}`,
    nowhere: 'Dieser Bot ist von außen nicht erreichbar, darum haben seine Clips keine eigenen Seiten.',
  },
  unlink: { label: 'Link zurücknehmen', done: 'Die Seite dieses Clips ist weg.' },
  copy: {
    label: 'Kopie an mich',
    nowhere: 'Schreib mir zuerst privat, dann kann ich dir dort eine Kopie schicken.',
  },
  continue: {
    label: 'Fortsetzen',
    help: 'geht weiter, wo der Clip endet; beide kommen als einer',
    title: 'Clip fortsetzen',
    question: ({ seconds, credits }) =>
      credits > 0 ? `Wie geht es weiter? (${seconds} s: ${countedCredits(credits)})` : 'Wie geht es weiter?',
    tooLong: (n) => `Ein fortgesetzter Clip dauert höchstens ${n} Sekunden, und dieser würde länger.`,
  },
  loop: {
    label: 'Schleife',
    help: 'vor und zurück, zum endlosen Abspielen',
    silent: 'Die Schleife hat keinen Ton.',
  },
  gif: { label: 'Als GIF speichern' },
  webp: { label: 'Als WebP speichern' },
  story: {
    label: 'Verlauf',
    help: 'alle Versionen seines Bildes',
    text: 'Alle Versionen dieses Bildes, die erste zuerst:',
  },
  report: {
    label: 'Melden',
    help: 'sagt denen Bescheid, die sich um diesen Chat kümmern',
    done: 'Danke. Wer sich um diesen Chat kümmert, weiß jetzt Bescheid und kann den Clip entfernen.',
    own: 'Das ist dein eigener Clip: Mit „Löschen“ ist er weg.',
  },
  more: { label: 'Mehr', text: 'Was soll mit diesem Clip passieren?' },
  show: { label: 'Hier zeigen' },
  delete: { label: 'Löschen', help: 'entfernt ihn' },
  details: { label: 'Details', help: 'Seed, Kosten und Zeiten' },
  retry: { label: 'Noch mal versuchen' },
  leave: { label: 'So lassen' },
};

export const help: Messages['help'] = {
  intro:
    'Aus einem Bild und einer Zeile Text wird ein Clip von ein paar Sekunden: „Wellen rollen heran, langsamer Zoom“.',
  command: (name, description) => `/${name}: ${description}`,
  under: 'Unter einem Clip:',
  action: (label, does) => `${label}: ${does}`,
  pictures: (maxMegabytes, minSide) =>
    `Bilder sind JPEG, PNG, WebP, HEIC oder AVIF, bis ${maxMegabytes} MB, jede Seite mindestens ${minSide} Pixel.`,
  free: 'Clips sind hier Vorschauen ohne KI: Eine Kamera fährt über das Bild. Sie kosten nichts.',
  paid: (credits) => `Ein Clip kostet die, die diesen Bot betreiben, ${countedCredits(credits)}.`,
};
