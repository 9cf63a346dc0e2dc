#!/bin/sh
# SPDX-License-Identifier: ISC
# usage: embed.sh NAME FILE...
# Writes a C file with the files as bytes: `const struct embedded NAME[]`.
set -u

name=$1
shift
printf '/* Written by embed.sh. */\n#include "base/embed.h"\n'
printf 'extern const struct embedded %s[];\n' "$name"
n=0
for file; do
	n=$((n + 1))
	printf 'static const char file_%d[] = {\n' "$n"
	od -An -v -tx1 "$file" | sed "s/ \(..\)/'\\\\x\1',/g" || exit 1
	printf '0 };\n'
done
printf 'const struct embedded %s[] = {\n' "$name"
n=0
for file; do
	n=$((n + 1))
	printf '\t{ "%s", file_%d, sizeof(file_%d) - 1 },\n' \
	    "${file##*/}" "$n" "$n"
done
printf '\t{ 0 }\n};\n'
