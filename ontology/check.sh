#!/bin/sh
# Checks the ontology with independent tools: syntax (Jena), OWL 2 DL profile and consistency (ROBOT with HermiT), alone,
# with the alignments, and with the vocabularies aligned to that HermiT can read. Needs Java 11+, Maven and npm, and the
# Maven and npm registries. Usage: ontology/check.sh [WORK_FOLDER]
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
work=${1:-$(mktemp -d)}
mkdir -p "$work"
work=$(CDPATH='' cd -- "$work" && pwd)

fetch() { # name group artifact version
  [ -d "$work/$1" ] && return
  mkdir -p "$work/$1.new"
  cat > "$work/$1.new/pom.xml" <<POM
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>check</groupId><artifactId>$1</artifactId><version>1</version>
  <dependencies>
    <dependency><groupId>$2</groupId><artifactId>$3</artifactId><version>$4</version></dependency>
  </dependencies>
</project>
POM
  mvn -q -B -f "$work/$1.new/pom.xml" dependency:copy-dependencies -DoutputDirectory=lib
  mv "$work/$1.new" "$work/$1"
}
fetch robot org.obolibrary.robot robot-command 1.9.8
fetch jena org.apache.jena jena-cmds 5.6.0
robot() { java -cp "$work/robot/lib/*" org.obolibrary.robot.CommandLineInterface "$@"; }
riot() { java -cp "$work/jena/lib/*" riotcmd.riot "$@" 2>> "$work/riot.log"; }

echo "Syntax"
for file in communique alignments shapes shapes-sparql; do
  riot --validate "$here/$file.ttl"
  echo "  $file.ttl: valid"
done

echo "Profile and consistency"
robot validate-profile --profile DL --input "$here/communique.ttl" --output "$work/profile.txt"
echo "  communique.ttl: OWL 2 DL"
robot merge --input "$here/communique.ttl" --input "$here/alignments.ttl" --output "$work/both.ttl"
robot validate-profile --profile DL --input "$work/both.ttl" --output "$work/profile.txt"
robot reason --reasoner hermit --input "$work/both.ttl" --output "$work/reasoned.ttl"
echo "  with alignments.ttl: OWL 2 DL, consistent, every class satisfiable"

npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$work/vocabularies" \
  @vocabulary/prov@1.0.6 @vocabulary/org@1.0.6 @vocabulary/foaf@1.0.6
# Out goes what OWL 2 DL does not allow there: imports that cannot be fetched, FOAF's inverse functional data properties.
for name in prov org foaf; do
  sed -E 's# <[^>]*> \.$# .#' "$work/vocabularies/node_modules/@vocabulary/$name/$name.nq" |
    grep -vE 'owl#imports|InverseFunctionalProperty|owl#equivalentProperty' > "$work/$name.nt"
  riot --output=turtle "$work/$name.nt" > "$work/$name.ttl"
done
robot merge --input "$work/both.ttl" --input "$work/prov.ttl" --input "$work/org.ttl" --input "$work/foaf.ttl" \
  reason --reasoner hermit --output "$work/reasoned-all.ttl"
echo "  with PROV-O, ORG and FOAF: consistent, every class satisfiable"
