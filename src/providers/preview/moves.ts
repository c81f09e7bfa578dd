import type { CameraMove } from '../../task/understood.ts';

/** Languages whose words are understood, each scene in one of them. One more is a name here, and cells in the rows below. */
export const LANGUAGES = ['en', 'de', 'es', 'pt-BR', 'fr', 'ru', 'ja'] as const;
export type Language = (typeof LANGUAGES)[number];
/**
 * Words by language, with a space between them; in a phrase stands `_`. Without apostrophes, with е for ё; in Japanese, phrases
 * of what `tokens.ts` takes apart. A language without a cell says that in another row.
 */
export type Words = Readonly<Partial<Record<Language, string>>>;

/** What the camera does. */
export type Meaning = Pick<CameraMove, 'kind' | 'sign'>;
export type Way = 'in' | 'out' | 'left' | 'right' | 'up' | 'down' | 'clockwise' | 'counterclockwise';

/**
 * When words speak of the camera. After the camera's name, in the same clause, all of them do; else
 * - `always`: whoever acts ("auf das Gesicht zoomen");
 * - `way`: with a way, whoever acts (Japanese for "pan right"; without, it is bread);
 * - `anywhere`: nearly always ("the market at dawn zoom in");
 * - `order`: where nobody else acts and no object follows ("tilt up", "hold on her face"; not "hold hands");
 * - `next`: where nobody else acts, after a move, with a way ("zoom in, rotating clockwise"; not "spinning wheels");
 * - `end`: where nobody else acts and the clause ends with them ("keep still"; not "still lake");
 * - `camera`: never ("the camera drifts left"; not "leaves drift left").
 */
type When = 'always' | 'way' | 'anywhere' | 'order' | 'next' | 'end' | 'camera';

export interface MoveRow extends Words {
  when: When;
  /** With each way that may be named, and with none (`alone`). `shake` is a hand's, over the whole clip. */
  does: Readonly<Partial<Record<Way | 'alone', Meaning | 'shake'>>>;
}

const ZOOM = { in: { kind: 'zoom', sign: 1 }, out: { kind: 'zoom', sign: -1 } } as const;
const CLOSER = { ...ZOOM, up: ZOOM.in, down: ZOOM.in, alone: ZOOM.in };
const PAN = { left: { kind: 'pan', sign: -1 }, right: { kind: 'pan', sign: 1 } } as const;
const TILT = { up: { kind: 'tilt', sign: -1 }, down: { kind: 'tilt', sign: 1 } } as const;
const ROLL = { clockwise: { kind: 'roll', sign: 1 }, counterclockwise: { kind: 'roll', sign: -1 } } as const;
const TURN = { ...ROLL, left: ROLL.counterclockwise, right: ROLL.clockwise };
const SPIN = { ...TURN, alone: { kind: 'roll', sign: 0 } } as const;
const TURN_ROUND = { ...ROLL, ...PAN, alone: { kind: 'roll', sign: 0 } } as const;
const ORBIT = { ...PAN, alone: { kind: 'pan', sign: 0 } } as const;
const TRAVEL = { ...ZOOM, ...PAN, ...TILT, ...ROLL };
// Their way is often said once more: "la cámara sube hacia arriba".
const IN = { in: ZOOM.in, alone: ZOOM.in } as const;
const OUT = { out: ZOOM.out, alone: ZOOM.out } as const;
const UP = { up: TILT.up, alone: TILT.up } as const;
const DOWN = { down: TILT.down, alone: TILT.down } as const;
const HOLD = { alone: { kind: 'hold', sign: 0 } } as const;
const SHAKE = { alone: 'shake' } as const;

export const MOVES: readonly MoveRow[] = [
  { when: 'anywhere', does: CLOSER, en: 'zoom zooms zoomed zooming dolly_zoom dolly_zooms' },
  { when: 'anywhere', does: { ...TILT, ...ORBIT }, en: 'pan pans panned panning' },
  { when: 'order', does: { ...TRAVEL, alone: ZOOM.in }, en: 'dolly dollies dollying' },
  { when: 'order', does: ZOOM, en: 'push pull' },
  { when: 'next', does: ZOOM, en: 'pushes pushing pulls pulling' },
  { when: 'order', does: { ...TILT, ...TURN }, en: 'tilt tilts tilted tilting' },
  { when: 'order', does: SPIN, en: 'spin rotate rotation roll twist' },
  { when: 'next', does: SPIN, en: 'spins spinning rotates rotating rolls rolling twists twisting' },
  { when: 'order', does: ORBIT, en: 'orbit' },
  { when: 'next', does: ORBIT, en: 'orbits orbiting' },
  { when: 'order', does: TRAVEL, en: 'move movement motion' },
  { when: 'camera', does: { ...TILT, alone: TILT.up }, en: 'crane cranes craning rise rises rising' },
  { when: 'camera', does: { ...TILT, alone: TILT.down }, en: 'descend descends descending' },
  { when: 'camera', does: TRAVEL, en: 'moves moving go goes going' },
  { when: 'camera', does: TRAVEL, en: 'track tracks tracking truck trucks trucking drift drifts drifting' },
  { when: 'camera', does: TRAVEL, en: 'glide glides gliding slide slides sliding fly flies flying' },
  { when: 'camera', does: TRAVEL, en: 'float floats floating travel travels travelling creep creeps creeping' },
  { when: 'camera', does: TRAVEL, en: 'sweep sweeps sweeping swing swings swinging' },
  { when: 'camera', does: TRAVEL, en: 'look looks looking turn turns turning' },
  { when: 'order', does: HOLD, en: 'hold freeze locked_off not_moving without_moving' },
  { when: 'end', does: HOLD, en: 'static still stationary fixed locked motionless' },
  { when: 'camera', does: HOLD, en: 'holds holding freezes freezing' },
  { when: 'anywhere', does: SHAKE, en: 'handheld hand_held shakycam' },
  { when: 'end', does: SHAKE, en: 'shaky' },
  { when: 'camera', does: SHAKE, en: 'shake shakes shaking wobble wobbles wobbling' },
  {
    when: 'always',
    does: CLOSER,
    de: 'zoom zooms zoome zoomt zoomen zoomend',
    es: 'zoom zum haz_zoom',
    'pt-BR': 'zoom dê_zoom',
    fr: 'zoom zoome zoomer zoomez zoomant',
    ru: 'зум зуми зумом зумирует',
    ja: 'ズーム',
  },
  {
    when: 'always',
    does: IN,
    de: 'heranzoomen ranzoomen hineinzoomen reinzoomen zoom_in',
    es: 'zoom_in dolly_in',
    'pt-BR': 'zoom_in dolly_in',
    fr: 'zoom_avant travelling_avant zoom_in',
    ru: 'наезд наездом',
    ja: 'ズームイン ズームアップ トラックイン ドリーイン',
  },
  {
    when: 'always',
    does: OUT,
    de: 'herauszoomen rauszoomen wegzoomen zoom_out',
    es: 'zoom_out dolly_out',
    'pt-BR': 'zoom_out dolly_out',
    fr: 'zoom_arrière travelling_arrière dézoome dézoomer dézoomez dézoom zoom_out',
    ru: 'отъезд отъездом',
    ja: 'ズームアウト ズームバック トラックアウト トラックバック ドリーアウト',
  },
  // Who is said to come closer is whoever looks.
  {
    when: 'always',
    does: IN,
    en: 'we_come_closer we_move_closer we_get_closer we_draw_closer',
    de: 'wir_kommen_näher wir_nähern_uns wir_gehen_näher_heran',
    es: 'nos_acercamos',
    'pt-BR': 'nos_aproximamos chegamos_mais_perto',
    fr: 'nous_nous_approchons nous_nous_rapprochons on_se_rapproche',
    ru: 'мы_приближаемся мы_подходим_ближе',
  },
  {
    when: 'always',
    does: OUT,
    en: 'we_move_away we_back_away we_pull_away',
    de: 'wir_entfernen_uns',
    es: 'nos_alejamos',
    'pt-BR': 'nos_afastamos',
    fr: 'nous_nous_éloignons on_s_éloigne',
    ru: 'мы_отдаляемся мы_удаляемся',
  },
  {
    when: 'order',
    does: IN,
    es: 'acerca acerque acércate acercamiento',
    'pt-BR': 'aproxime aproxima aproxime_se aproximação',
    fr: 'rapproche rapprochez approche approchez',
    ru: 'приблизь приблизься приблизить приближение приблизьте',
    ja: '寄る 寄って 寄り 接近',
  },
  {
    when: 'order',
    does: OUT,
    es: 'aleja aleje aléjate alejamiento',
    'pt-BR': 'afaste afasta afaste_se afastamento',
    fr: 'éloigne éloignez recule reculez',
    ru: 'отдали отдались отдалить отдаление отдалите',
    ja: '引く 引いて 引き',
  },
  {
    when: 'camera',
    does: IN,
    es: 'avanza acercándose',
    'pt-BR': 'avança aproximando',
    fr: 'avance avançant',
    ru: 'приближается наезжает',
    ja: '前進 近づく 近づいて 近づき',
  },
  {
    when: 'camera',
    does: OUT,
    es: 'retrocede alejándose',
    'pt-BR': 'recua afastando',
    fr: 'reculant éloignant',
    ru: 'отдаляется удаляется отъезжает',
    ja: '後退 離れる 離れて 遠ざかる 遠ざかって',
  },
  {
    when: 'camera',
    does: UP,
    de: 'steigt',
    es: 'sube asciende',
    'pt-BR': 'sobe',
    fr: 'monte',
    ru: 'поднимается',
    ja: '上昇 上がる 上がって',
  },
  {
    when: 'camera',
    does: DOWN,
    de: 'sinkt senkt',
    es: 'baja desciende',
    'pt-BR': 'desce',
    fr: 'descend',
    ru: 'опускается',
    ja: '下降 下がる 下がって',
  },
  { when: 'always', does: UP, ja: 'ティルトアップ チルトアップ パンアップ' },
  { when: 'always', does: DOWN, ja: 'ティルトダウン チルトダウン パンダウン' },
  {
    when: 'always',
    does: { ...TILT, ...ORBIT },
    de: 'kameraschwenk',
    es: 'paneo panea panear',
    'pt-BR': 'panning',
    ru: 'панорамирует панорамируй панорамирование',
    ja: 'パン_する パン_して パン_し パンニング',
  },
  { when: 'way', does: { ...TILT, ...ORBIT }, ja: 'パン' },
  {
    when: 'order',
    does: { ...TILT, ...ORBIT },
    de: 'schwenk schwenke schwenken',
    es: 'panorámica barrido',
    'pt-BR': 'panorâmica pan',
    fr: 'panoramique panoramiques',
    ru: 'панорама проводка облет',
  },
  { when: 'camera', does: { ...TILT, ...ORBIT }, de: 'schwenkt schwenkend' },
  {
    when: 'order',
    does: { ...TILT, ...TURN },
    de: 'neige neigen neigung kippe kippen tilt',
    es: 'inclina incline inclinación tilt',
    'pt-BR': 'incline inclina inclinação tilt',
    fr: 'incline inclinez inclinaison tilt',
    ru: 'наклони наклон наклоните наклонить',
    ja: 'ティルト チルト',
  },
  { when: 'camera', does: { ...TILT, ...TURN }, de: 'neigt kippt', ru: 'наклоняется' },
  {
    when: 'order',
    does: TURN_ROUND,
    de: 'drehe dreh drehen drehung rotiere rotieren rotation',
    es: 'gira gire rota rote girar rotar rotación giro',
    'pt-BR': 'gire gira rotacione girar rotação giro',
    fr: 'tourne tournez pivote pivotez rotation',
    ru: 'поверни поверните вращай вращение поворот',
    ja: '回転 回して',
  },
  { when: 'camera', does: TURN_ROUND, de: 'dreht rotiert', ru: 'вращается поворачивается', ja: '回る 回って' },
  {
    when: 'camera',
    does: ORBIT,
    de: 'umkreist umrundet kreist',
    es: 'orbita rodea',
    'pt-BR': 'orbita contorna circunda',
    fr: 'orbite contourne',
    ru: 'облетает',
    ja: '周回 回り込む 回り込んで オービット',
  },
  {
    when: 'order',
    does: TRAVEL,
    de: 'fahre fahr kamerafahrt fahrt bewege bewegung',
    es: 'mueve mueva movimiento travelling desplaza',
    'pt-BR': 'mova mover movimento travelling desloque',
    fr: 'travelling déplace déplacez mouvement bouge',
    ru: 'двигай двигайте движение сдвинь проезд',
    ja: '移動',
  },
  {
    when: 'camera',
    does: TRAVEL,
    de: 'fährt bewegt gleitet fliegt schwebt zieht geht wandert',
    es: 'desliza vuela va viaja flota',
    'pt-BR': 'desliza move voa vai viaja flutua',
    fr: 'glisse vole va flotte',
    ru: 'движется двигается едет плывет летит скользит смещается уходит',
    ja: '動く 動いて 動き 進む 進んで スライド',
  },
  {
    when: 'order',
    does: HOLD,
    de: 'keine_kamerabewegung ohne_kamerabewegung',
    es: 'sin_movimiento sin_mover',
    'pt-BR': 'sem_movimento sem_mover',
    fr: 'sans_mouvement sans_bouger',
    ru: 'без_движения без_движений',
    ja: '動き_なし 動かさない 動かさず',
  },
  {
    when: 'end',
    does: HOLD,
    de: 'statisch statische statischer feste fest unbewegt',
    es: 'fija fijo estática estático quieta inmóvil',
    'pt-BR': 'fixa fixo estática estático parada imóvel',
    fr: 'fixe statique immobile',
    ru: 'неподвижна неподвижная неподвижный неподвижно статичная статичный статично статика',
    ja: '固定 静止',
  },
  {
    when: 'camera',
    does: HOLD,
    de: 'still ruhig steht bewegt_sich_nicht',
    es: 'no_se_mueve',
    'pt-BR': 'não_se_move não_se_mexe',
    fr: 'ne_bouge_pas',
    ru: 'стоит не_движется не_двигается замерла',
    ja: '動かない',
  },
  {
    when: 'always',
    does: SHAKE,
    de: 'handkamera wackelkamera aus_der_hand',
    es: 'cámara_en_mano',
    'pt-BR': 'câmera_na_mão',
    fr: 'caméra_à_l_épaule caméra_épaule caméra_portée caméra_à_la_main',
    ru: 'ручная_камера ручной_камерой съемка_с_рук',
    ja: '手持ち',
  },
  {
    when: 'camera',
    does: SHAKE,
    de: 'wackelt zittert',
    es: 'tiembla',
    'pt-BR': 'treme',
    fr: 'tremble',
    ru: 'трясется дрожит',
    ja: '揺れる 揺れて 手ブレ',
  },
  // What only sounds like a move.
  {
    when: 'camera',
    does: {},
    fr: 'vue_panoramique vues_panoramiques écran_panoramique',
    es: 'vista_panorámica foto_panorámica',
    'pt-BR': 'vista_panorâmica foto_panorâmica',
    ja: '手持ち_花火 の_上 の_下 の_前 の_後ろ の_左 の_右',
  },
  { when: 'camera', does: {}, en: 'frying_pan hot_pan sauce_pan cooking_pan pan_of pan_pizza pan_flute peter_pan' },
  { when: 'camera', does: {}, en: 'a_roll_on a_roll_and a_roll_with a_twist_on the_roll_of' },
];

/** Ways to go: who pans "from the left" pans right. */
export const WAYS: readonly (Words & { way: Way })[] = [
  {
    way: 'in',
    en: 'in into inward inwards closer forward forwards',
    de: 'heran ran hinein rein näher vorwärts nach_vorn nach_vorne nach_innen',
    es: 'adelante delante adentro dentro más_cerca',
    'pt-BR': 'frente dentro mais_perto',
    fr: 'avant plus_près',
    ru: 'вперед ближе',
    ja: '前 前方',
  },
  {
    way: 'out',
    en: 'out outward outwards back backward backwards away',
    de: 'heraus raus weg zurück rückwärts nach_hinten nach_außen',
    es: 'atrás afuera fuera más_lejos',
    'pt-BR': 'trás fora mais_longe',
    fr: 'arrière plus_loin',
    ru: 'назад дальше',
    ja: '後ろ 後方',
  },
  {
    way: 'left',
    en: 'left leftward leftwards from_right from_the_right',
    de: 'links nach_links von_rechts',
    es: 'izquierda de_derecha desde_la_derecha',
    'pt-BR': 'esquerda da_direita',
    fr: 'gauche de_droite de_la_droite',
    ru: 'влево налево справа',
    ja: '左 左側 左方向 右_から',
  },
  {
    way: 'right',
    en: 'right rightward rightwards from_left from_the_left',
    de: 'rechts nach_rechts von_links',
    es: 'derecha de_izquierda desde_la_izquierda',
    'pt-BR': 'direita da_esquerda',
    fr: 'droite de_gauche de_la_gauche',
    ru: 'вправо направо слева',
    ja: '右 右側 右方向 左_から',
  },
  {
    way: 'up',
    en: 'up upward upwards',
    de: 'hoch nach_oben aufwärts hinauf',
    es: 'arriba',
    'pt-BR': 'cima',
    fr: 'haut',
    ru: 'вверх наверх',
    ja: '上 上方 上方向',
  },
  {
    way: 'down',
    en: 'down downward downwards',
    de: 'runter herunter nach_unten abwärts hinunter',
    es: 'abajo',
    'pt-BR': 'baixo',
    fr: 'bas',
    ru: 'вниз',
    ja: '下 下方 下方向',
  },
  {
    way: 'clockwise',
    en: 'clockwise cw',
    de: 'im_uhrzeigersinn',
    es: 'horario en_sentido_horario en_el_sentido_de_las_agujas_del_reloj',
    'pt-BR': 'horário no_sentido_horário',
    fr: 'horaire dans_le_sens_horaire dans_le_sens_des_aiguilles_d_une_montre',
    ru: 'по_часовой по_часовой_стрелке',
    ja: '時計回り 右回り',
  },
  {
    way: 'counterclockwise',
    en: 'counterclockwise counter_clockwise anticlockwise anti_clockwise ccw',
    de: 'gegen_den_uhrzeigersinn entgegen_dem_uhrzeigersinn',
    es: 'antihorario en_sentido_antihorario en_sentido_contrario_a_las_agujas_del_reloj',
    'pt-BR': 'antihorário anti_horário no_sentido_anti_horário',
    fr: 'antihoraire dans_le_sens_antihoraire dans_le_sens_inverse_des_aiguilles_d_une_montre',
    ru: 'против_часовой против_часовой_стрелки',
    ja: '反時計回り 左回り',
  },
];

/** How much of a move's usual extent a word asks for. */
export const SPEEDS: readonly (Words & { extent: number })[] = [
  {
    extent: 0.6,
    en: 'slow slowly gentle gently subtle subtly slight slightly small soft softly gradual gradually lazy lazily',
    de: 'langsam langsame langsamer langsames langsamen sanft sanfte sanfter sanften leicht leichte leichter behutsam',
    es: 'lento lenta lentamente despacio suave suavemente gradual gradualmente ligero ligera ligeramente',
    'pt-BR': 'lento lenta lentamente devagar suave suavemente gradual gradualmente leve levemente',
    fr: 'lent lente lentement doux douce doucement léger légère légèrement progressif progressivement',
    ru: 'медленно медленный медленная медленное медленным плавно плавный плавная плавное мягко постепенно слегка',
    ja: 'ゆっくり 徐々に 少し そっと じわじわ スロー',
  },
  {
    extent: 1.5,
    en: 'fast quick quickly rapid rapidly swift swiftly sudden suddenly dramatic dramatically big strong whip crash',
    de: 'schnell schnelle schneller schnelles schnellen rasch rasant plötzlich',
    es: 'rápido rápida rápidamente deprisa brusco bruscamente',
    'pt-BR': 'rápido rápida rapidamente depressa brusco',
    fr: 'vite rapide rapidement brusque brusquement',
    ru: 'быстро быстрый быстрая быстрое быстрым резко резкий',
    ja: '速く 素早く 一気に 急に 激しく',
  },
];

/** What stands around moves. Any other word is somebody in the picture, who acts. */
export const AROUND = [
  {
    role: 'camera',
    en: 'camera cameras cam shot shots frame lens view viewpoint pov footage picture image',
    de: 'kamera aufnahme einstellung bild bildausschnitt kameraeinstellung',
    es: 'cámara camara toma plano encuadre imagen',
    'pt-BR': 'câmera câmara camera tomada plano enquadramento imagem',
    fr: 'caméra camera plan cadre image objectif',
    ru: 'камера камеру камерой камеры кадр кадра план объектив картинку изображение',
    ja: 'カメラ カメラワーク 視点 画面 画像 ショット カット 映像',
  },
  {
    role: 'not', // rules out the move after it
    en: 'no not without dont doesnt never avoid isnt wont cannot',
    de: 'nicht kein keine keinen ohne nie',
    es: 'no sin ni nunca',
    'pt-BR': 'não sem nem nunca',
    fr: 'ne n sans aucun jamais pas',
    ru: 'не без нет никаких',
  },
  { role: 'notAfter', de: 'nicht', fr: 'pas', ja: 'なし ない しない せず しないで 不要' }, // the move right before it
  {
    role: 'then', // ends a clause, as a comma does
    en: 'then next finally afterward afterwards followed_by before',
    de: 'dann danach anschließend schließlich',
    es: 'luego después entonces finalmente',
    'pt-BR': 'depois então em_seguida finalmente',
    fr: 'puis ensuite enfin',
    ru: 'затем потом после наконец',
    ja: 'そして 次に その後 それから 最後に',
  },
  {
    role: 'while', // so does this, and what follows happens at the same time
    en: 'while whilst as with',
    de: 'während wobei gleichzeitig',
    es: 'mientras a_la_vez',
    'pt-BR': 'enquanto ao_mesmo_tempo',
    fr: 'pendant_que tandis_que tout_en en_même_temps',
    ru: 'пока одновременно',
    ja: 'ながら しながら 同時に',
  },
  // Goes on with who moved last: "the camera pans over the crowd and tilts up".
  { role: 'and', en: 'and again', de: 'und', es: 'y e', 'pt-BR': 'e', fr: 'et', ru: 'и', ja: 'と' },
  { role: 'actor', ja: 'が は も' }, // stands after whoever acts
  { role: 'theirs', en: 'into up down away back forward forwards' }, // ways of others: "a jet zooms into the sky"
  {
    role: 'where', // after an order; anything else there is its object: "hold hands"
    en: 'on onto to toward towards at over across from until for through along around past above behind under below between and again there steady still degrees',
    de: 'auf zu zum zur über bis durch entlang vorbei an am in ins hinter um und von',
    es: 'a al hacia sobre en hasta por entre alrededor y desde',
    'pt-BR': 'a ao à para em no na sobre até pelo pela entre e desde',
    fr: 'sur vers à au aux dans jusqu jusque le_long autour et depuis',
    ru: 'к ко на до в по вокруг через и от с',
    ja: 'と',
  },
  {
    role: 'filler', // says nothing of who acts
    en: 'a an the this that our we i it its lets let please want have make do does is be should will now also just very really so bit little any to of by all way side across around over start starts starting begin begins beginning end ends ending finish finishing continue continues keep keeps stay stays remain remains completely perfectly directly straight cinematic smooth smoothly steady steadily final long wide medium establishing aerial low high angle simple beautiful elegant epic majestic calm',
    de: 'der die das den dem des ein eine einen einer eines sich mal bitte etwas ganz sehr nun jetzt wird soll es wir ist bleibt nach wieder völlig filmisch filmische lange weite schöne schöner mit seite seitlich seitliche seitlicher',
    es: 'a al el la los las un una de del se haz hace hacer que está por_favor muy poco un_poco hacia mantén queda permanece cinematográfico con lado bien sentido lateral',
    'pt-BR':
      'o a os as um uma de do da se faça faz fazer que está por_favor muito pouco um_pouco para mantenha fica permanece cinematográfico com lado sentido lateral',
    fr: 'à en le la les un une de du des l d s se fais fait faire on que est toi vous s_il_te_plaît très peu un_peu vers reste cinématographique avec côté sens latéral latérale',
    ru: 'это мы чуть очень пусть сделай пожалуйста будет весь вся остается в кадре сторону',
    ja: 'が は を に へ で も の から まで する して します した し て ください よ ね 方 方向 ように こと ワーク',
  },
] as const satisfies readonly (Words & { role: string })[];
