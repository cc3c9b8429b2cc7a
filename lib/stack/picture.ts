/** What is drawn of a CloudFormation template. */
export interface DrawnTemplate {
  readonly Resources: Readonly<Record<string, { readonly Type: string; readonly Properties?: Readonly<Record<string, unknown>> }>>;
}

/** The resources that a picture shows: the shape of each kind, around its name. */
const SHAPES: Readonly<Record<string, readonly [before: string, after: string]>> = {
  "AWS::S3::Bucket": ["[(", ")]"],
  "AWS::SQS::Queue": ["[[", "]]"],
  "AWS::Events::Rule": ["{{", "}}"],
  "AWS::Lambda::Function": ["(", ")"],
  "AWS::StepFunctions::StateMachine": ["[/", "/]"],
  "AWS::CloudFront::Distribution": ["([", "])"],
};

/**
 * A stack as a Mermaid flow chart: who rings, sends, reads and writes whom. It is drawn from the template alone (event sources,
 * targets, origins, policies), so that it shows what is deployed and not what was meant. The same template gives the same text.
 */
export function pictureOf({ Resources }: DrawnTemplate): string {
  const resources = Object.entries(Resources).map(([id, { Type, Properties = {} }]) => ({ id, type: Type, properties: Properties }));
  const drawn = resources.filter(({ id, type }) => Object.hasOwn(SHAPES, type) && !id.startsWith("CustomCDK"));
  const names = new Map(drawn.map(({ id }) => [id, nameOf(id)]));
  const withRole = new Map(drawn.flatMap(({ id, properties }) => referred(properties["Role"] ?? properties["RoleArn"]).map((role): [string, string] => [role, id])));
  const behindUrl = new Map(resources.filter(({ type }) => type === "AWS::Lambda::Url").map(({ id, properties }): [string, string] => [id, referred(properties["TargetFunctionArn"])[0] ?? ""]));
  const edges = new Set<string>();
  const draw = (from: string | undefined, arrow: string, to: string | undefined): void => {
    const [tail, head] = [names.get(from ?? ""), names.get(to ?? "")];
    if (tail !== undefined && head !== undefined) edges.add(`${tail} ${arrow} ${head}`);
  };
  for (const { id, type, properties } of resources) {
    if (type === "AWS::Events::Rule") {
      for (const bucket of referred(properties["EventPattern"])) draw(bucket, "-- came or went -->", id);
      for (const { Arn } of list(properties["Targets"])) for (const target of referred(Arn)) draw(id, "-->", target);
    } else if (type === "AWS::SQS::Queue") {
      for (const dead of referred(properties["RedrivePolicy"])) draw(id, "-. failed .->", dead);
    } else if (type === "AWS::Lambda::EventSourceMapping") {
      for (const source of referred(properties["EventSourceArn"])) draw(source, `-- by ${String(properties["BatchSize"])} -->`, referred(properties["FunctionName"])[0]);
    } else if (type === "AWS::CloudFront::Distribution") {
      for (const origin of referred((properties["DistributionConfig"] as Record<string, unknown>)["Origins"])) draw(behindUrl.get(origin) ?? origin, "-->", id);
    } else if (type === "AWS::IAM::Policy") {
      for (const role of referred(properties["Roles"])) {
        for (const { Action, Resource } of list((properties["PolicyDocument"] as Record<string, unknown>)["Statement"])) {
          const actions = [Action].flat();
          for (const target of referred(Resource)) {
            if (actions.includes("sqs:SendMessage") || actions.includes("s3:PutObject")) draw(withRole.get(role), "-->", target);
            else if (actions.includes("s3:GetObject")) draw(target, "-->", withRole.get(role));
          }
        }
      }
    }
  }
  const nodes = drawn.map(({ id, type }) => {
    const [before, after] = SHAPES[type] ?? ["[", "]"];
    return `${names.get(id)}${before}"${labelOf(names.get(id) ?? "")}"${after}`;
  });
  return ["flowchart LR", ...[...nodes.sort(), ...[...edges].sort()].map((line) => `  ${line}`), ""].join("\n");
}

/** `IntakeConvertFunction368F30B1` without its construct, its kind and its hash. */
function nameOf(id: string): string {
  return id.replace(/[0-9A-F]{8}$/, "").replace(/^(?:Storage|Intake|Endpoint|Delivery)(?=[A-Z])/, "").replace(/(?<=.)(?:Function|StateMachine)$/, "");
}

function labelOf(name: string): string {
  return name.replace(/(?<=[a-z])(?=[A-Z])/g, " ").toLowerCase();
}

function list(value: unknown): readonly Readonly<Record<string, unknown>>[] {
  const items: readonly unknown[] = Array.isArray(value) ? value : [value ?? []].flat();
  return items as readonly Readonly<Record<string, unknown>>[];
}

/** Ids of the resources that a value names. */
function referred(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(referred);
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, content]) => {
    if (name === "Ref") return [String(content)];
    if (name === "Fn::GetAtt" && Array.isArray(content)) return [String(content[0])];
    return referred(content);
  });
}
