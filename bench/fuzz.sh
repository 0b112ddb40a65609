#!/usr/bin/env bash
# Searches for inputs that break a parser, with Jazzer, a coverage-guided fuzzer: bench/fuzz.sh json|http [MINUTES]
# The seeds are in gateway/src/test/resources/fuzz, what it finds and its corpus in gateway/target/fuzz.
set -euo pipefail
cd "$(dirname "$0")/.."

JAZZER=0.30.0
case "${1:-}" in
    json) target=io.marketbrain.json.JsonReaderFuzzTest ;;
    http) target=io.marketbrain.http.HttpParserFuzzTest ;;
    *) echo "usage: bench/fuzz.sh json|http [MINUTES]" >&2; exit 2 ;;
esac
minutes=${2:-10}
out=$PWD/gateway/target/fuzz
mkdir -p "$out/corpus-$1"

./brain build
JAVA_HOME=$(sed -n 2p gateway/target/brain.java)
export JAVA_HOME
mvn -q -B -ntp -pl gateway -am test-compile dependency:build-classpath \
    -Dmain.checks=-g -Dtest.checks=-g -Dmdep.outputFile="$out/classpath"
for artifact in jazzer jazzer-api; do
    mvn -q -B -ntp dependency:copy -Dartifact="com.code-intelligence:$artifact:$JAZZER" -DoutputDirectory="$out"
done

"$JAVA_HOME/bin/java" -Xmx1g --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow -cp "$out/jazzer-$JAZZER.jar:$out/jazzer-api-$JAZZER.jar:gateway/target/test-classes:gateway/target/classes:$(cat "$out/classpath")" \
    com.code_intelligence.jazzer.Jazzer --target_class="$target" --instrumentation_includes='io.marketbrain.**' \
    -max_total_time=$((60 * minutes)) -max_len=16384 -rss_limit_mb=3000 -artifact_prefix="$out/" \
    "$out/corpus-$1" "gateway/src/test/resources/fuzz/$1"
