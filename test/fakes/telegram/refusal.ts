/** How the Bot API says no: https://core.telegram.org/bots/api#making-requests */
export class Refusal extends Error {
  readonly code: number;
  readonly parameters: { retry_after?: number; migrate_to_chat_id?: number } | undefined;

  constructor(code: number, description: string, parameters?: Refusal['parameters']) {
    super(description);
    this.code = code;
    this.parameters = parameters;
  }

  toJSON() {
    return {
      ok: false,
      error_code: this.code,
      description: this.message,
      ...(this.parameters && { parameters: this.parameters }),
    };
  }
}

export const badRequest = (why: string, parameters?: Refusal['parameters']): Refusal =>
  new Refusal(400, `Bad Request: ${why}`, parameters);

export const forbidden = (why: string): Refusal => new Refusal(403, `Forbidden: ${why}`);

export const tooMany = (seconds: number): Refusal =>
  new Refusal(429, `Too Many Requests: retry after ${seconds}`, { retry_after: seconds });
