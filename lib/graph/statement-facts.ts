import type { NamedNode } from "n3";
import type { Statement } from "../extraction/types.ts";
import type { ArticleContext } from "./article-context.ts";
import { PartList, writeInvolvements } from "./involvements.ts";
import { date, decimal, text } from "./literals.ts";
import { cq, prov, schema } from "./vocabulary.ts";

/** What stands between the pieces of a discontinuous content in `cq:text`. */
const GAP = " … ";

/** Who says or thinks what, as the article has it. */
export function writeStatements(context: ArticleContext): void {
  context.extraction.statements.forEach((statement, index) => writeStatement(context, statement, index));
}

function writeStatement(context: ArticleContext, statement: Statement, index: number): void {
  const { iris, facts, evidence, spans, words } = context;
  const iri = iris.statement(index);
  facts.type(iri, ...classesOf(statement));
  facts.add(iri, statement.kind === "direct" ? prov.wasQuotedFrom : prov.wasDerivedFrom, iris.article);
  facts.addAll(iri, cq.speaker, statement.speakers.map((key) => iris.entity(key)));
  if (statement.reportedBy !== null) facts.add(iri, cq.reportedBy, iris.entity(statement.reportedBy));
  if (statement.addressee !== null) facts.add(iri, cq.addressee, iris.entity(statement.addressee));
  facts.addAll(iri, cq.about, statement.about.map((key) => iris.entity(key)));
  if (statement.date !== undefined) facts.add(iri, cq.date, date(statement.date));
  if (statement.content.length > 0) facts.add(iri, cq.text, text(statement.content.map(words).join(GAP)));
  facts.add(iri, cq.confidence, decimal(statement.confidence));
  facts.addAll(iri, cq.contentSpan, spans.iris(statement.content));
  facts.addAll(iri, cq.cueSpan, spans.iris(statement.cue));
  facts.addAll(iri, cq.sourceSpan, spans.iris(statement.source));

  const parts = new PartList();
  parts.add(cq.speaking, evidence, statement.speakers);
  parts.add(cq.reporting, evidence, [statement.reportedBy]);
  parts.add(cq.addressing, evidence, [statement.addressee]);
  writeInvolvements(context, iri, parts.parts, statement.support);
}

/** Only what the article puts in quotation marks is a quotation; an attitude is what somebody thinks, however told. */
function classesOf({ kind, mode }: Statement): readonly NamedNode[] {
  if (mode === "attitude") return [cq.Attitude];
  switch (kind) {
    case "direct":
      return [cq.Statement, cq.DirectStatement, schema.Quotation];
    case "mixed":
      return [cq.Statement, cq.MixedStatement, schema.Quotation];
    case "indirect":
      return [cq.Statement, cq.IndirectStatement];
  }
}
