import type { Detour } from '../en/discord.ts';
import type { Messages } from '../en/index.ts';

const DETOURS: Record<Detour, string> = {
  'thread-locked': 'Su hilo está bloqueado, así que el clip llega aquí.',
  'too-many-threads': 'Este servidor tiene demasiados hilos abiertos, así que el clip llega aquí.',
  'too-large': 'Es demasiado grande para el lugar donde lo pediste, así que aquí tienes tu clip.',
  'place-gone': 'Ya no puedo escribir donde lo pediste, así que aquí tienes tu clip.',
};

export const discord: Messages['discord'] = {
  menu: 'Animar esta imagen',
  menuHelp: (name) => `Aplicaciones → ${name}, en el menú de un mensaje: hace un clip con una imagen que esté en él`,
  plainHelp:
    'O envíame una imagen y escribe qué quieres que pase en ella: por mensaje directo, o en cualquier lugar donde esté yo, mencionándome. Si respondes a un clip mío con otras palabras, hago otro.',
  askScene: '¿Qué quieres que pase en esta imagen?',
  say: 'Decir qué pasa',
  askOther: '¿Hago otro clip de esta imagen, con tus palabras?',
  checkOther: 'Revisar y enviar',
  sendPicture:
    'Envíame una imagen y escribe qué quieres que pase en ella: “llegan las olas, zoom lento”. Con /help te cuento más.',
  form: {
    title: 'Animar esta imagen',
    placeholder: 'llegan las olas, zoom lento',
    usual: 'por defecto',
    wordless: 'Déjalo vacío para que se mueva por sí sola',
    two: 'Añade una segunda y el clip terminará en ella',
    seedOf: (seed) => `Vacío: una nueva; ${seed} conserva la de este clip`,
  },
  taken: '¡Anotado! Abajo verás cómo va.',
  slow: 'Tengo tu pedido, pero todavía no está guardado. Este mensaje te dirá cuándo; si no lo hace, pídelo otra vez.',
  recordDown:
    'No logro acceder a la base de datos de este bot. Si en unos minutos no aparece aquí una tarjeta tuya, pídelo otra vez.',
  deletedSoon: 'Aquí ya está borrado. Sus mensajes se irán en cuanto Discord los quite; esta línea te lo dirá.',
  mayNotRemove: (missing) =>
    `No puedo quitarlo de aquí: ${missing.length > 0 ? `me falta ${missing.join(', ')}` : 'Discord no me deja'}. Lo seguiré intentando por un día; quienes moderan pueden quitarlo ya.`,
  stays: 'Aquí ya está borrado, pero Discord no me deja quitar sus mensajes. Quienes moderan ese lugar sí pueden.',
  pressAgain: 'Tardó demasiado. Prueba una vez más.',
  tooMany: 'Hay muchos pedidos a la vez. Prueba otra vez en un momento.',
  broken: 'Algo falló aquí, no en tu pedido. Prueba otra vez; el registro del bot dice más.',
  missing: (permissions, channel) =>
    `Me faltan estos permisos en ${channel}: ${permissions.join(', ')}. Quienes administran este servidor pueden dármelos.`,
  permissions: {
    ViewChannel: 'Ver canal',
    SendMessages: 'Enviar mensajes',
    SendMessagesInThreads: 'Enviar mensajes en hilos',
    AttachFiles: 'Adjuntar archivos',
    EmbedLinks: 'Insertar enlaces',
    ReadMessageHistory: 'Leer el historial de mensajes',
    CreatePublicThreads: 'Crear hilos públicos',
  },
  notMember: 'No soy miembro de este servidor, así que no podría publicar tu clip. Invítame otra vez, como bot.',
  noPicture: 'No veo ninguna imagen en este mensaje. Elige uno que tenga un JPEG, PNG, WebP, HEIC, AVIF o GIF.',
  foreignPicture: 'Esa imagen está fuera de Discord, y de ahí no las traigo. Guárdala y publícala aquí.',
  which: 'Este mensaje tiene varias imágenes. ¿Cuál?',
  choose: 'Elige una imagen',
  both: 'Las dos: de la imagen 1 a la 2',
  nth: (n) => `Imagen ${n}`,
  formGone: 'Este formulario ya es viejo. Empieza otra vez desde la imagen.',
  pictureAlt: 'La imagen que se está animando',
  clipThere: (url) => `[Aquí está el clip](${url})`,
  clipsThere: (urls) => `Aquí están: ${urls.map((url, n) => `[${n + 1}](${url})`).join(' · ')}`,
  noScene: 'Las palabras de esta escena no se pueden mostrar aquí.',
  thread: 'Clip',
  where: 'Elige un canal o un hilo',
  whereFromHere: 'Ve adonde quieras mostrarlo y escribe ahí /show: tus clips aparecen mientras escribes.',
  notThere: (channel) => `No puedes publicar archivos en ${channel}. Elige otro lugar.`,
  foreignPlace: 'Solo puedo mostrarlo en canales de texto e hilos de este servidor. Elige otro lugar.',
  showing: 'Lo publico aquí en un momento.',
  sharing: (channel) => `Va en camino a ${channel}.`,
  copying: 'Te lo envío por mensaje directo, si me dejas.',
  takeBack: 'Retirarlo',
  chooseClip: 'Mostrar uno aquí',
  coveredClip: 'Un clip oculto',
  detour: (why) => DETOURS[why],
};
