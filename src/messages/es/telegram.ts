import type { Messages } from '../en/index.ts';
import { countedCredits } from './say.ts';

export const telegram: Messages['telegram'] = {
  sendAgain: 'Enviar otra vez',
  back: 'Volver',
  forWhom: (name) => `Para ${name}`,

  description:
    'Envíame una foto y escribe junto a ella qué quieres que pase: “llegan las olas, zoom lento”. Te devuelvo un clip corto. En un grupo, responde a una foto con /animate y las mismas palabras.',
  shortDescription: 'Les doy vida a las imágenes: envía una foto y di qué quieres que pase.',

  help: 'Envíame una foto y escribe junto a ella qué quieres que pase, por ejemplo “llegan las olas, zoom lento”. También puedes poner duración=10, movimiento=7, semilla=42, tomas=3 para tres clips a la vez, el formato del clip (formato=vertical, o 9:16) y cómo ajustar la imagen: ajuste=crop, ajuste=pad o ajuste=strict.',
  helpInGroups: (bot, command) =>
    `Responde a una foto con “/${command} lo que quieres que pase”, o envía una cuyo texto empiece con /${command} o mencione a @${bot}. También puedes poner duración=10, movimiento=7, semilla=42, tomas=3, formato=vertical o ajuste=pad.`,
  helpTwo:
    'Con dos fotos hago un clip que va de la primera a la segunda: envíalas en un álbum con un texto como “del día a la noche”, o responde a una foto con la otra.',
  unknownCommand: (name, known) => `No conozco ${name}. Conozco ${known.map((each) => `/${each}`).join(', ')}.`,
  unknownPassed: (name) => `No conozco ${name}, así que tomé el resto como lo que quieres que pase.`,
  unknownAsked: (name) => `No conozco ${name}.`,
  hearts: ({ isPrivate }) =>
    `${isPrivate ? 'Una' : 'Donde soy admin, una'} reacción con ❤ o 🔥 a un clip también es una estrella.`,
  fileAlone: 'Te lo envié en privado.',
  fileNeedsStart: 'Esto es solo para ti: escríbeme primero en privado, y luego pídelo otra vez.',
  staysShown:
    'Telegram solo me deja quitar lo que publiqué en los últimos dos días: lo más viejo pierde sus botones, y puedes borrarlo tú.',
  seesAll: 'Aquí puedo leer todos los mensajes, y no hago caso de los que no son para mí.',
  seesAddressed: 'Aquí solo veo lo que es para mí: comandos, menciones y respuestas a mis mensajes.',

  askScene: ({ isPrivate, mayBeWordless }) => {
    const what = '¿Qué quieres que pase en esta imagen?';
    if (isPrivate) return `${what} Responde con una línea como “llegan las olas, zoom lento”.`;
    const how = 'Responde a este mensaje con una línea como “llegan las olas, zoom lento”';
    return `${what} ${how}${mayBeWordless ? ', o con “-” para que se mueva por sí sola' : ''}.`;
  },
  askOtherScene: (question, { isPrivate }) =>
    isPrivate ? `${question} Hasta ahora era:` : `${question} Responde a este mensaje. Hasta ahora era:`,
  captionEdited: 'Cambiaste tu texto cuando el clip ya había empezado. ¿Hago otro? Toca “Adelante”.',
  askOtherPicture: (question) =>
    `${question} Envíala aquí. Si escribes algo con ella, es otra escena; si no, sigue esta:`,
  askPictureInGroup: 'Envía otra imagen con este texto, o responde a una con él:',
  pictureFirst: 'Espero la otra imagen. Envíala aquí, o cierra mi pregunta con /cancel.',
  sayBack: ({ isPrivate }) =>
    isPrivate
      ? '¿Hago esto? Toca “Adelante”. Si quieres otras palabras, solo envíalas.'
      : '¿Hago esto? Toca “Adelante”. Si quieres otras palabras, responde a este mensaje.',
  choice: (option, value) => `${option}: ${value}`,
  go: 'Adelante',
  no: 'No',
  wordless: 'Que se mueva por sí sola',
  costs: (label, credits) => (credits > 0 ? `${label} (${countedCredits(credits)})` : label),
  closed: 'De acuerdo, no hago nada.',
  notAsked: 'Esto solo lo puede contestar la persona a quien le pregunté.',
  questionGone: 'Esta pregunta ya está cerrada.',
  replyToAnswer: 'No supe si eso contesta mi pregunta de arriba. Si es así, responde a la pregunta con eso.',
  scenePlaceholder: 'llegan las olas, zoom lento',
  albumRest: 'De un álbum tomo la primera imagen. Envía las demás una por una.',
  albumRestOfTwo: 'De este álbum tomo las dos primeras imágenes. Envía las demás una por una.',
  secondNeverCame:
    'La segunda imagen del álbum no me llegó. Responde a la primera con la segunda y con las mismas palabras.',
  pictureTooLarge: (foundBytes, mostBytes) =>
    `Este archivo pesa ${Math.ceil(foundBytes / (1024 * 1024))} MB, y Telegram da a los bots ${Math.floor(mostBytes / (1024 * 1024))} MB como máximo. Envíalo como foto, no como archivo.`,

  taken: 'Tu clip va en camino.',
  copyComes: 'Lo envío a nuestro chat privado.',
  copyNeedsStart: 'Toca “Iniciar” en nuestro chat privado, y llegará ahí.',
  takenAlready: 'Ya va en camino.',
  cardDone: 'Listo: tu clip está abajo.',
  clipReady: 'Tu clip está listo.',
  clipComes: 'Viene un clip.',
  clipElsewhere: 'Tu clip está listo. No se pudo enviar donde lo pediste, así que aquí lo tienes.',
  clipDeleted:
    'Borrado. Telegram deja a los bots retirar mensajes solo por 48 horas, así que el video se queda aquí hasta que lo borres.',
  deletedSoon: 'Aquí ya está borrado. Telegram todavía no quita el mensaje; se irá solo en un momento.',
  clipDoubtful: 'Telegram no dijo si aceptó tu clip. Si no aparece en un minuto, pide que se envíe otra vez.',
  sendingAgain: 'Lo envío otra vez.',
  sentAlready: 'Ya se envió otra vez.',
  notSent: 'No se pudo enviar. Prueba otra vez más tarde.',
  clipsAlone: 'Los envié a nuestro chat privado.',
  clipsNeedStart: 'Tus clips son solo para ti. Toca “Iniciar” en nuestro chat privado, y pídelos ahí.',
  clipsNotHere: 'Los clips de esa página no se hicieron aquí. Pídelos en nuestro chat privado.',
  notInChannels: 'En un canal no hago nada. Envíame una foto en nuestro chat privado, o en un grupo.',
  pressAgain: 'El clip acaba de llegar. Toca otra vez en un momento.',
  oldButton: 'Este botón ya es viejo.',

  inlineNew: 'Primero haz un clip',
};
