/** How an object is shown to whoever opens its address. */
export interface Shown {
  type: string;
  /** As `Content-Disposition` has it; absent: `inline`. */
  disposition?: string;
  forSeconds: number;
}
