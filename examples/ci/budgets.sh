#!/bin/sh
# Budgets for an agent's session, in a step of any pipeline: the report is made once and kept, then it is checked, and the
# step fails where a budget is not kept. The session of examples/debug-auth.db keeps them all.
#
#   sh budgets.sh [SESSION]
set -eu

sessionflame report "${1:-last}" --quiet -o sessionflame.html

# The page carries its figures: the session is not read again. Other budgets can stand in sessionflame.config.json.
check() {
  sessionflame check --from sessionflame.html --max-active 10m --max-cost 0.50 --max-tool-errors 10% "$@"
}

# For the pipeline's list of tests; whether the step fails is up to the last line, which prints the same as a table.
check --quiet --format junit -o sessionflame.xml || true
check
