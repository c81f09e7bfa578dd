import { BadPicture } from '../../media/pictures/bad-picture.ts';
import type { Decoder } from '../../media/pictures/decoder/decoder.ts';
import type { Failure } from '../../task/failure.ts';
import { type AdapterLog, asWord, createOnce } from '../adapter-log.ts';
import { checkInput } from '../check-input.ts';
import { capabilitiesOf } from '../models.ts';
import type { Provider, SubmitInput, Submitted, Verdict } from '../provider.ts';
import { type CallLimits, createHttp, type HttpOptions } from './client.ts';
import { type ClipDownloadOptions, downloadClip } from './clip-download.ts';
import { toDataUri } from './data-uri.ts';
import type { Answered } from './exchange.ts';
import { fitToShow } from './fit-to-show.ts';
import { createKeyRing, jobIdOf, type Key, readJobId } from './key-ring.ts';
import { inDoubt, refused, rendering, unreachable, withoutAnswer } from './outcome.ts';
import type { JobStatus, ProviderProtocol } from './protocol.ts';
import { withoutScene } from './without-scene.ts';

/** The way to a service, and the parts of it that tests replace. */
export interface HttpProviderOptions extends HttpOptions {
  /** The keys themselves. */
  secrets: readonly string[];
  decoder: Pick<Decoder, 'convert'>;
  log: AdapterLog;
  /** `trustedOrigins`: where else than at `baseUrl` the operator lets clips lie as they like. */
  clips?: Partial<ClipDownloadOptions>;
}

/** A provider over HTTP with keys: picture and scene up, job id back, polled until there is the address of a clip. */
export function createHttpProvider(
  protocol: ProviderProtocol,
  { baseUrl, secrets, decoder, log, network, timeouts, clips: given }: HttpProviderOptions,
): Provider {
  const { name: provider, capabilities } = protocol;
  const ring = createKeyRing(secrets);
  const http = createHttp({ baseUrl, timeouts, network });
  const trustedOrigins = [new URL(baseUrl).origin, ...(given?.trustedOrigins ?? [])];
  const downloads = { network, ...given, trustedOrigins };
  const once = createOnce();

  const find = (jobId: string): Job | undefined => {
    const ids = readJobId(jobId);
    return ids && { ...ids, secret: ring.byName(ids.key)?.secret };
  };
  const ask = (path: string, secret: string, signal?: AbortSignal) =>
    http.call({ method: 'GET', path, headers: protocol.headers(secret) }, { signal });
  /** The verdict of an answer that is about no job: it is gone, or its key is refused. */
  function withoutJob(answer: Answered, key: string): Unseen | undefined {
    const { status } = answer;
    if (status === 404) return LOST;
    if (status !== 401 && status !== 403) return undefined;
    once(`refused ${key}`, () => log.error({ provider, key, status }, 'a key that has jobs under way is refused'));
    return unseen(`the key ${key} is refused (HTTP ${status})`, answer);
  }

  /** A job as the service tells of it, or the verdict where it tells nothing. */
  async function look(job: Job | undefined, signal?: AbortSignal): Promise<JobStatus | Unseen> {
    if (!job) return LOST; // no service gave such an id
    const { key, secret, externalId } = job;
    if (secret === undefined) return unseen(`the key ${key} is not configured any more`);
    const answer = await ask(protocol.job(externalId), secret, signal);
    if (answer.outcome === 'nothing') return unseen(answer.reason);
    const refusal = withoutJob(answer, key);
    if (refusal) return refusal;
    const { status } = answer;
    if (status < 200 || status >= 300) return unseen(`HTTP ${status}`, answer);
    const seen = protocol.readJob(answer.json, externalId);
    if (!seen) return unseen(`an answer that cannot be read (HTTP ${status})`, answer);
    // A clip of another person's is worse than none.
    if (seen.id && seen.id.toLowerCase() !== externalId.toLowerCase()) return unseen('an answer about another job');
    if (seen.type !== 'ended' || !protocol.result) return seen;
    const ended = await ask(protocol.result.path(externalId), secret, signal);
    if (ended.outcome === 'nothing') return unseen(ended.reason);
    // A job's own failure may come with a status that is otherwise said of keys and jobs.
    const told = protocol.result.read(ended) ?? withoutJob(ended, key);
    return told ?? unseen(`a result that cannot be read (HTTP ${ended.status})`, ended);
  }

  function verdictOf(seen: JobStatus, scene: string): Verdict {
    switch (seen.type) {
      case 'waiting':
        return { outcome: 'waiting' };
      case 'rendering':
        return rendering(seen.progress);
      case 'odd': {
        const status = asWord(seen.status);
        once(`status ${status}`, () => log.warn({ provider, status }, 'an unknown status, taken for rendering'));
        return rendering(seen.progress);
      }
      case 'done': {
        const { url, credits } = seen;
        if (!url || !URL.canParse(url)) return unreachable('success without the address of a clip');
        const { host } = new URL(url);
        return { outcome: 'succeeded', host, credits, open: (signal) => downloadClip(url, signal, downloads) };
      }
      case 'failed': {
        const code = asWord(String(seen.code ?? ''));
        if (!seen.failure) once(`code ${code}`, () => log.warn({ provider, code }, 'an unknown code of failure'));
        // An unknown code is not tried again by itself: it may cost each time.
        return { outcome: 'failed', failure: failureOf(seen, scene), credits: seen.credits };
      }
      case 'gone':
        return { outcome: 'lost' };
      case 'ended':
        return unreachable('an end without a result');
    }
  }

  /** The picture as the service takes it, or why nothing was sent. */
  async function imageOf(picture: Uint8Array, which?: 'last'): Promise<string | Submitted> {
    try {
      return await toDataUri(picture, { maxChars: protocol.maxImageChars, decoder });
    } catch (error) {
      if (error instanceof BadPicture)
        return { outcome: 'refused', failure: { type: 'bad-picture', picture: error.problem, which } };
      log.error({ provider, err: error }, 'a picture could not be made ready');
      return refused('transient');
    }
  }

  async function submit(input: SubmitInput, key: Key, limits: CallLimits): Promise<Submitted> {
    const image = await imageOf(input.picture);
    if (typeof image !== 'string') return image;
    const last = input.lastPicture && (await imageOf(input.lastPicture, 'last'));
    if (typeof last === 'object') return last;
    const call = protocol.submit(input, image, last);
    if (!call) return refused('bad-input');
    const called = await http.call({ method: 'POST', headers: protocol.headers(key.secret), ...call }, limits);
    if (called.outcome === 'nothing') return withoutAnswer(called);
    const { status } = called;
    if (status >= 200 && status < 300) {
      const externalId = protocol.readAccepted(called.json, input);
      if (externalId === undefined) return inDoubt(called, 'an answer that cannot be read');
      const credits = protocol.readEstimate?.(called.json);
      return { outcome: 'accepted', jobId: jobIdOf(key.name, externalId), credits };
    }
    const failure = protocol.readRefusal(called, input.scene);
    if (failure === undefined) return inDoubt(called, 'an answer that leaves open whether it was taken');
    if (failure === 'no-model')
      log.error(
        { provider, model: input.model ?? protocol.model },
        `the service does not have this model: set ${protocol.modelSetting}`,
      );
    if (failure === 'broken' || failure === 'bad-input')
      log.error({ provider, key: key.name, status, failure }, 'a submit was refused as wrong');
    if (failure !== 'bad-input' && failure !== 'moderation') return refused(failure, called);
    const about = protocol.readFault(called.json);
    const reason = fitToShow(withoutScene(protocol.readSaid?.(called.json), input.scene));
    return { outcome: 'refused', failure: { type: failure, about, reason } };
  }

  /**
   * Looks first, because the call that stops a job deletes the clip of one that has just ended. A job whose status is not
   * understood is left alone for the same reason.
   */
  async function cancel(job: Job | undefined): Promise<void> {
    const seen = await look(job);
    if (seen.type === 'unseen' ? seen.verdict.outcome === 'lost' : OVER.includes(seen.type)) return;
    if (protocol.cancel && job?.secret !== undefined && seen.type !== 'unseen' && seen.type !== 'odd') {
      const { method, path } = protocol.cancel;
      const call = { method, path: path(job.externalId), headers: protocol.headers(job.secret) };
      const answer = await http.call(call);
      if (answer.outcome === 'answer' && (answer.status < 300 || answer.status === 404)) return;
    }
    log.warn({ provider, key: job?.key }, 'a job could not be cancelled; it goes on there');
  }

  return {
    name: provider,
    model: protocol.model,
    models: protocol.models,
    capabilities,
    keys: ring.names,
    credits: protocol.credits,
    jobOfCallback: capabilities.callbacks
      ? (externalId, key, model) =>
          jobIdOf(key ?? ring.names[0] ?? '', protocol.jobCalled?.(externalId, model) ?? externalId)
      : undefined,
    async submit(input, signal, mayStart) {
      checkInput(input, capabilitiesOf(protocol, input.model), ring.names);
      if (signal.aborted) return refused('transient');
      const key = ring.byName(input.key ?? ring.names[0] ?? '');
      return key ? submit(input, key, { signal, mayStart }) : refused('auth');
    },
    async poll(jobId, signal, scene = '') {
      const seen = await look(find(jobId), signal);
      return seen.type === 'unseen' ? seen.verdict : verdictOf(seen, scene);
    },
    cancel: protocol.cancel ? (jobId) => cancel(find(jobId)) : undefined,
    close: () => http.close(),
  };
}

function failureOf(
  { failure: type = 'try-another', about, said }: Extract<JobStatus, { type: 'failed' }>,
  scene: string,
): Failure {
  if (type !== 'moderation' && type !== 'bad-input' && type !== 'try-another') return { type };
  return { type, about, reason: fitToShow(withoutScene(said, scene)) };
}

const OVER: readonly JobStatus['type'][] = ['done', 'failed', 'gone'];

/** The service said nothing of the job: the verdict for that. */
interface Unseen {
  type: 'unseen';
  verdict: Verdict;
}

const LOST: Unseen = { type: 'unseen', verdict: { outcome: 'lost' } };

const unseen = (reason: string, after?: Answered): Unseen => ({ type: 'unseen', verdict: unreachable(reason, after) });

/** A job as it can be asked for; without a secret where its key is not configured any more. */
interface Job {
  key: string;
  externalId: string;
  secret: string | undefined;
}
