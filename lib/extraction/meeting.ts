import type { Gazetteer } from "../gazetteer/types.ts";
import type { MeetingKind, MeetingStatus } from "../reader/types.ts";
import type { Span, TextDocument } from "../text/types.ts";
import type { IsoDate } from "./calendar.ts";
import type { EntityTable } from "./entities.ts";
import type { WorkingMention } from "./mention.ts";
import type { WorkingStatement } from "./statements.ts";
import type { TimeExpression } from "./time.ts";
import type { EntityKey } from "./types.ts";

/** A meeting with UTF-16 offsets. */
export interface WorkingMeeting {
  kind: MeetingKind;
  status: MeetingStatus;
  participants: EntityKey[];
  place: EntityKey | null;
  host?: EntityKey;
  mediator?: EntityKey;
  count?: { readonly value: number; readonly atLeast: boolean };
  evidence: Span[];
  date: TimeExpression | undefined;
  confidence: number;
  readonly support: Map<EntityKey, Span[]>;
}

export interface MeetingContext {
  readonly document: TextDocument;
  readonly gazetteer: Gazetteer;
  readonly entities: EntityTable;
  readonly mentions: readonly WorkingMention[];
  readonly statements: readonly WorkingStatement[];
  /** The day relative times count from. */
  readonly reference: IsoDate | undefined;
}
