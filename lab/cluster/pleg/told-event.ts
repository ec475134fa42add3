/** A pod lifecycle event as one of two generators told it. */
export interface ToldEvent {
  /** Unix ms. */
  readonly at: number;
  readonly podUid: string;
  readonly containerId: string;
  readonly type: string;
}
