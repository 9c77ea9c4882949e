#!/bin/sh
# Makes and starts a PostgreSQL server in the folder $1 with the programs in $2 and the options $3,
# says "ready", and waits for the end of its input: the pipe that the test holds, which ends with
# the test however that ends. Then it stops the server and removes the folder.
#
# The one who starts it is the one who stops it, so a test that is killed half-way through the
# start leaves nothing either.
folder=$1 programs=$2 options=$3

# Where the test is gone already, saying "ready" to nobody must not end this.
trap : PIPE

# PostgreSQL refuses to run as root.
as_owner() {
  if [ "$(id -u)" = 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi
}

cd "$folder" || exit 1
[ "$(id -u)" = 0 ] && chown -R postgres "$folder"
as_owner "$programs/initdb" -D "$folder/data" -U app -A trust -E UTF8 --locale=C --no-sync \
  >"$folder/initdb.log" 2>&1 </dev/null &&
  as_owner "$programs/pg_ctl" -w -D "$folder/data" -l "$folder/server.log" -o "$options" start \
    >"$folder/start.log" 2>&1 </dev/null &&
  echo ready || { cat "$folder"/*.log >&2; echo failed; }
cat >/dev/null
as_owner "$programs/pg_ctl" -D "$folder/data" -m immediate stop >/dev/null 2>&1 </dev/null
cd / && rm -rf "$folder"
