/** Where messages are sent. Delivery is at least once and in no order. */
export interface Queue {
  /**
   * Sends all of `bodies`, or throws: some may have been sent then, and sending all of them again does no harm. Attributes, for
   * people, go with each.
   */
  send(bodies: readonly string[], attributes?: Readonly<Record<string, string>>): Promise<void>;
}

/** What of a delivered message says when its turn is. */
export interface Delivered {
  readonly messageId: string;
  readonly body: string;
  /** How often it was delivered, this time included. */
  readonly receives: number;
}
