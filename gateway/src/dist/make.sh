# shellcheck shell=bash
# Sourced by ./brain for "./brain dist": builds a folder with the gateway and its own Java runtime, and a tar.gz of it.

# The Java modules that the gateway and its libraries use; DistributionIT tests the result.
dist_modules=java.base,java.management,java.naming,java.net.http,java.sql,jdk.unsupported

make_dist() {
    need_java jdk
    build_if_stale
    local version name out folder
    version=$(sed -n 's:^  <version>\(.*\)</version>:\1:p' "$home/pom.xml")
    name=market-intel-brain-$version
    out=$home/gateway/target/dist
    folder=$out/$name
    rm -rf "$out"
    mkdir -p "$folder/app/native" "$folder/docs"
    cp -p "$jar" "$folder/app/"
    cp -pR "$home/gateway/target/lib" "$folder/app/lib"
    take_native_library "$folder/app"
    "$java_home/bin/jlink" --add-modules "$dist_modules" --output "$folder/runtime" \
        --strip-java-debug-attributes --no-header-files --no-man-pages --compress="${BRAIN_DIST_COMPRESS:-zip-6}" >&2
    cp -p "$home/gateway/src/dist/"{brain,jvm.options,Dockerfile,.dockerignore,market-intel-brain.service} "$folder/"
    cp -p "$home/gateway/src/dist/live.sh" "$folder/app/"
    cp -p "$home/gateway/src/main/resources/providers/index.tsv" "$folder/app/providers.tsv"
    cp -p "$home/.env.example" "$home/CHANGELOG.md" "$folder/"
    cp -p "$home/docs/"*.md "$folder/docs/"
    chmod -R go+rX,go-w "$folder"
    if [[ ${BRAIN_AOT:-on} != off ]]; then
        local gateway=("$folder/runtime/bin/java" "@$folder/jvm.options" "-Dorg.sqlite.lib.path=$folder/app/native"
            -jar "$folder/app/market-intel-brain.jar")
        train "$folder/brain.aot" "${gateway[@]}"
        train_live "$folder/brain-live.aot" "$folder/brain.aot" "${gateway[@]}"
    fi
    tar -C "$out" --owner=0 --group=0 --numeric-owner -czf "$out/$name.tar.gz" "$name"
    say "created $folder ($(size_of "$folder")) and $name.tar.gz ($(size_of "$out/$name.tar.gz"))"
}

size_of() { du -sh "$1" | cut -f1; }

# Extracts SQLite's native library for this system and removes the native libraries from the jar, so that the gateway
# needs no writable folder to unpack one at run time.
take_native_library() {
    local archive system machine work=$out/sqlite
    archive=$(echo "$1"/lib/sqlite-jdbc-*.jar)
    system=$(uname -s)
    machine=$(uname -m)
    if [[ $system == Darwin ]]; then system=Mac; fi
    if [[ $machine == arm64 ]]; then machine=aarch64; fi
    if [[ $system == Linux && -n $(echo /lib/ld-musl-*) && -e $(echo /lib/ld-musl-*) ]]; then system=Linux-Musl; fi
    mkdir -p "$work"
    (cd "$work" && "$java_home/bin/jar" --extract --file "$archive")
    if [[ ! -d $work/org/sqlite/native/$system/$machine ]]; then return 0; fi
    cp "$work/org/sqlite/native/$system/$machine/"* "$1/native/"
    rm -rf "$work/org/sqlite/native"
    (cd "$work" && "$java_home/bin/jar" --create --file "$archive" --manifest META-INF/MANIFEST.MF .)
    rm -rf "$work"
}
