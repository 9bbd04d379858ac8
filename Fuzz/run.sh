#!/bin/sh
# Fuzzes one parser for some seconds: Fuzz/run.sh NAME [SECONDS]. NAME is a file here without "Fuzz.swift".
# The parser's sources and the fuzz file become one module with libFuzzer in it; finds are left in .build/fuzz/NAME.
# Each find becomes a test of two lines before it is mended.
set -eu
name=${1:?usage: Fuzz/run.sh NAME [SECONDS]}
seconds=${2:-60}
cd "$(dirname "$0")/.."
build=.build/fuzz
mkdir -p "$build/$name/corpus"

flags="-parse-as-library -swift-version 6 -O -package-name sallyport -enable-upcoming-feature InternalImportsByDefault"
build_keys() {
    swiftc $flags -emit-module -emit-module-path "$build/OpenSSHKeys.swiftmodule" -module-name OpenSSHKeys -wmo \
        -I Sources/COpenSSL -emit-object -o "$build/OpenSSHKeys.o" $(find Sources/OpenSSHKeys -name '*.swift')
}

# What is told of lines is all that the other modules take from it.
build_guard() {
    swiftc $flags -emit-module -emit-module-path "$build/Guard.swiftmodule" -module-name Guard -wmo \
        -emit-object -o "$build/Guard.o" Sources/Guard/Lines/*.swift
}

build_terminal_stream() {
    swiftc $flags -emit-module -emit-module-path "$build/TerminalStream.swiftmodule" -module-name TerminalStream -wmo \
        -emit-object -o "$build/TerminalStream.o" $(find Sources/TerminalStream -name '*.swift')
}

build_re2() {
    mkdir -p "$build/CRE2"
    printf 'module CRE2 { header "%s" export * }\n' "$PWD/Sources/CRE2/include/CRE2.h" > "$build/CRE2/module.modulemap"
    clang++ -O1 -c -ISources/CRE2/include -o "$build/CRE2/CRE2.o" Sources/CRE2/CRE2.cpp
}

case $name in
    SessionRequest | MonitorReply)
        build_keys
        build_terminal_stream
        build_guard
        mkdir -p "$build/CSystem"
        printf 'module CSystem { header "%s" export * }\n' "$PWD/Sources/CSystem/include/CSystem.h" > "$build/CSystem/module.modulemap"
        for file in Sources/CSystem/*.c; do clang -O1 -c -ISources/CSystem/include -o "$build/CSystem/$(basename "$file" .c).o" "$file"; done
        swiftc $flags -emit-module -emit-module-path "$build/SFTP.swiftmodule" -module-name SFTP -wmo -I "$build" -I Sources/COpenSSL \
            -emit-object -o "$build/SFTP.o" $(find Sources/SFTP -name '*.swift')
        swiftc $flags -sanitize=fuzzer -module-name MonitorProtocol -wmo -I "$build" -I "$build/CSystem" -I Sources/COpenSSL \
            -o "$build/$name/fuzz" $(find Sources/MonitorProtocol -name '*.swift') "Fuzz/${name}Fuzz.swift" \
            "$build/OpenSSHKeys.o" "$build/TerminalStream.o" "$build/SFTP.o" "$build/Guard.o" "$build"/CSystem/*.o -lcrypto -lseccomp
        ;;
    AccessRules | DaemonSettings | PolicyRules)
        yams=.build/checkouts/Yams/Sources
        test -d "$yams" || swift package resolve
        for file in "$yams"/CYaml/src/*.c; do clang -O1 -c -I"$yams/CYaml/include" -o "$build/$(basename "$file" .c).o" "$file"; done
        swiftc -parse-as-library -swift-version 5 -O -DSWIFT_PACKAGE -emit-module -emit-module-path "$build/Yams.swiftmodule" -module-name Yams -wmo \
            -I "$yams/CYaml/include" -emit-object -o "$build/Yams.o" "$yams"/Yams/*.swift
        build_re2
        build_terminal_stream
        build_guard
        for module in OpenSSHKeys Policy; do
            swiftc $flags -emit-module -emit-module-path "$build/$module.swiftmodule" -module-name $module -wmo \
                -I "$build" -I "$build/CRE2" -I Sources/COpenSSL -emit-object -o "$build/$module.o" $(find "Sources/$module" -name '*.swift')
        done
        swiftc $flags -sanitize=fuzzer -module-name Configuration -wmo -I "$build" -I "$build/CRE2" -I Sources/COpenSSL -I "$yams/CYaml/include" \
            -o "$build/$name/fuzz" $(find Sources/Configuration -name '*.swift') "Fuzz/${name}Fuzz.swift" \
            "$build/OpenSSHKeys.o" "$build/TerminalStream.o" "$build/Guard.o" "$build/Policy.o" "$build/Yams.o" \
            $(for file in "$yams"/CYaml/src/*.c; do echo "$build/$(basename "$file" .c).o"; done) "$build/CRE2/CRE2.o" -lcrypto -lre2 -lstdc++
        test -n "$(ls "$build/$name/corpus")" || cp Config/*.yaml "$build/$name/corpus"
        ;;
    SFTP)
        build_keys
        swiftc $flags -sanitize=fuzzer -module-name SFTP -wmo -I "$build" -I Sources/COpenSSL \
            -o "$build/$name/fuzz" $(find Sources/SFTP -name '*.swift') "Fuzz/${name}Fuzz.swift" "$build/OpenSSHKeys.o" -lcrypto
        ;;
    ShellGrammar | TypedLine)
        build_keys
        build_re2
        build_terminal_stream
        build_guard
        swiftc $flags -sanitize=fuzzer -module-name Policy -wmo -I "$build" -I "$build/CRE2" -I Sources/COpenSSL \
            -o "$build/$name/fuzz" $(find Sources/Policy -name '*.swift') "Fuzz/${name}Fuzz.swift" "$build/OpenSSHKeys.o" "$build/TerminalStream.o" \
            "$build/Guard.o" "$build/CRE2/CRE2.o" -lcrypto -lre2 -lstdc++
        ;;
    Emulator)
        swiftc $flags -sanitize=fuzzer -module-name TerminalStream -wmo -o "$build/$name/fuzz" \
            $(find Sources/TerminalStream/Decoding Sources/TerminalStream/Emulator -name '*.swift') "Fuzz/${name}Fuzz.swift"
        ;;
    Masking | Playback)
        swiftc $flags -sanitize=fuzzer -module-name TerminalStream -wmo -o "$build/$name/fuzz" \
            $(find Sources/TerminalStream -name '*.swift') "Fuzz/${name}Fuzz.swift"
        ;;
    Guard)
        build_terminal_stream
        # What SwiftPM makes of the shells' texts, which nothing here reads.
        printf 'enum PackageResources {\n%s}\n' "$(for text in bash_sh fish_fish start_sh zsh_zsh; do
            printf 'static let %s: [UInt8] = []\n;' "$text"; done)" > "$build/PackageResources.swift"
        swiftc $flags -sanitize=fuzzer -module-name Guard -wmo -I "$build" -o "$build/$name/fuzz" \
            $(find Sources/Guard -name '*.swift') "$build/PackageResources.swift" "Fuzz/${name}Fuzz.swift" "$build/TerminalStream.o"
        ;;
    Desk)
        build_terminal_stream
        swiftc $flags -sanitize=fuzzer -module-name Desk -wmo -I "$build" -o "$build/$name/fuzz" \
            $(find Sources/Desk -name '*.swift') "Fuzz/${name}Fuzz.swift" "$build/TerminalStream.o"
        ;;
    SQL)
        swiftc $flags -sanitize=fuzzer -module-name SQL -wmo -o "$build/$name/fuzz" \
            $(find Sources/Policy/SQL Sources/Policy/Commands -name '*.swift') "Fuzz/${name}Fuzz.swift"
        ;;
    *)
        echo "Fuzz/run.sh does not know $name" >&2
        exit 2
        ;;
esac
"$build/$name/fuzz" -max_total_time="$seconds" -max_len=140000 -len_control=20 -artifact_prefix="$build/$name/" -print_final_stats=1 \
    "$build/$name/corpus" $(test -d "Fuzz/corpus/$name" && echo "Fuzz/corpus/$name")
