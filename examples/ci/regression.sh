#!/bin/sh
# A session must not take over 10 % more than an earlier one, of which the report was kept: a page, or its JSON. For GitHub
# Actions: what went beyond is an annotation, and the step fails. That of examples/parcels.db fails beside
# examples/debug-auth.html: more of its tool calls failed.
#
#   sh regression.sh BASELINE [SESSION]
set -eu

sessionflame report "${2:-last}" --quiet -o sessionflame.html
sessionflame check --from sessionflame.html --baseline "$1" --max-regression 10% --format github
