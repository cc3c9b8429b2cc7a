import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Context, LambdaFunctionURLEvent, StreamifyHandler } from "aws-lambda";

/**
 * A handler for a function URL that streams (RESPONSE_STREAM), so that an answer may be larger than the 6 MB of one in a piece. Only in Lambda's
 * runtime, which brings the global `awslambda`. Where `answer` rejects, the invocation fails.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/config-rs-write-functions.html
 */
export function streamed(answer: (request: Request, context: Context) => Promise<Response>): StreamifyHandler<LambdaFunctionURLEvent, void> {
  return awslambda.streamifyResponse<LambdaFunctionURLEvent>(async (event, stream, context) => {
    const { status, headers, body } = await answer(requestOf(event), context);
    const out = awslambda.HttpResponseStream.from(stream, { statusCode: status, headers: Object.fromEntries(headers) });
    // Status and headers go out with the first write, be it of nothing.
    out.write("");
    if (body === null) out.end();
    else await pipeline(Readable.fromWeb(body), out);
  });
}

/** The request as it came, its query undecoded. */
export function requestOf({ requestContext, rawPath, rawQueryString, headers, body, isBase64Encoded }: LambdaFunctionURLEvent): Request {
  const { domainName, http } = requestContext;
  const given = Object.entries(headers).flatMap(([name, value]): [string, string][] => (value === undefined ? [] : [[name, value]]));
  const hasBody = body !== undefined && http.method !== "GET" && http.method !== "HEAD";
  return new Request(`https://${domainName}${rawPath}${rawQueryString === "" ? "" : `?${rawQueryString}`}`, {
    method: http.method,
    headers: given,
    ...(hasBody ? { body: Buffer.from(body, isBase64Encoded ? "base64" : "utf8") } : {}),
  });
}
