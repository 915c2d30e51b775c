# What exchange.sh tries, each in a database and a folder of its own name.
# shellcheck shell=sh

# Three stores write apart and end alike; repeating does nothing; streams do not mix.
converge() {
  new ada bob cy
  change ada one; change ada two; change bob three
  sync ada "$(at converge)" --dry-run || fail "dry run"
  says "send 3 events"
  is "$(sql converge "SELECT count(*) FROM pg_namespace WHERE nspname = 'nines'")" 0 "a dry run makes tables"
  syncs ada "$(at converge)"; syncs bob "$(at converge)"; syncs ada "$(at converge)"; syncs cy "$(at converge)"
  same ada bob cy
  before=$(sql converge "SELECT count(*), max(xmin::text::bigint) FROM nines.event")
  for name in ada bob cy ada; do
    syncs $name "$(at converge)"
    says "received 0 events, sent 0 events"
  done
  is "$(sql converge "SELECT count(*), max(xmin::text::bigint) FROM nines.event")" "$before" "an idle sync writes"
  in_store ada undo --yes >out 2>&1 || fail undo
  change cy four
  for name in ada bob cy ada bob; do syncs $name "$(at converge)"; done
  same ada bob cy
  syncs ada "$(at converge other)"
  says "received 0 events, sent"
  new dee
  change dee five
  syncs dee "$(at converge third)"
  says "received 0 events, sent 2 events"
}

# Everybody comes at once, to a database that holds nothing yet; and one replica's events come by two ways.
first_contact() {
  new a b c d
  for name in a b c d; do change $name "of $name"; done
  for name in a b c d; do
    in_store $name sync "$(at first_contact)" >"$name.out" 2>&1 &
    eval "pid_$name=\$!"
  done
  for name in a b c d; do
    eval "wait \$pid_$name" || { cp $name.out ../out; fail "first contact of $name"; }
  done
  is "$(sql first_contact "SELECT count(*) FROM nines.stream")" 1 "identities"
  is "$(sql first_contact "SELECT count(*) FROM nines.event")" 8 "events"
  for name in a b c d; do syncs $name "$(at first_contact)"; done
  same a b c d
  # b has a's events from elsewhere, and brings them to a new stream together with a.
  for name in a b; do in_store $name sync "$(at first_contact two)" >"$name.out" 2>&1 & done
  wait
  syncs a "$(at first_contact two)"; syncs b "$(at first_contact two)"
  is "$(sql first_contact "SELECT count(*), count(DISTINCT (replica, seq)) FROM nines.event WHERE stream = 'two'")" "8|8" \
    "events by two ways"
}

# A transaction that began earlier ends later: who has read meanwhile must not pass over it.
cursor_trap() {
  new slow quick reader
  change slow late; change quick early
  syncs slow "$(at cursor_trap elsewhere)"
  syncs quick "$(at cursor_trap)"
  mkfifo statements
  server_program psql -X -q -v ON_ERROR_STOP=1 -h "$server" -p "$port" -U nines cursor_trap <statements >slow.out 2>&1 &
  writer=$!
  exec 9>statements
  for table in replica event body; do
    columns=$(sql cursor_trap "SELECT string_agg(column_name, ', ' ORDER BY ordinal_position) FROM
      information_schema.columns WHERE table_schema = 'nines' AND table_name = '$table' AND column_name <> 'stream'")
    [ $table != replica ] || echo "BEGIN;" >&9
    echo "INSERT INTO nines.$table (stream, $columns) SELECT 'main', $columns FROM nines.$table
      WHERE stream = 'elsewhere';" >&9
  done
  echo "SELECT 'written';" >&9
  tries=0
  until grep -q written slow.out; do
    tries=$((tries + 1)); [ $tries -lt 200 ] || fail "the slow transaction does not get on: $(cat slow.out)"
    sleep 0.05
  done
  change quick later
  syncs quick "$(at cursor_trap)"
  syncs reader "$(at cursor_trap)"
  is "$(seen reader | tr '\n' ' ')" "early later " "what is committed"
  echo "COMMIT;" >&9
  exec 9>&-
  wait $writer || fail "the slow transaction fails: $(cat slow.out)"
  syncs reader "$(at cursor_trap)"
  says "received 2 events"
  is "$(seen reader | tr '\n' ' ')" "early late later " "what was committed late"
}

put_back() {  # put_back STORE: an old copy in the very same file, as a restored disk is
  rm -f "$1"/.nines/nines.db-wal "$1"/.nines/nines.db-shm
  cat "$1.old" >"$1/.nines/nines.db"
}
keep() { sqlite3 "$1/.nines/nines.db" "PRAGMA wal_checkpoint(TRUNCATE)" >/dev/null; cp "$1/.nines/nines.db" "$1.old"; }

# A copy that went on writing under its original's name.
fork() {
  new ada bob
  change ada one; keep ada
  change ada two; syncs ada "$(at fork)"; syncs bob "$(at fork)"
  before=$(sql fork "SELECT md5(string_agg(hash::text, '' ORDER BY seq)) FROM nines.event")
  put_back ada
  change ada other
  refused 4 "FORK" ada "$(at fork)"
  change ada longer
  refused 4 "FORK" ada "$(at fork)"
  is "$(sql fork "SELECT md5(string_agg(hash::text, '' ORDER BY seq)) FROM nines.event")" "$before" "the place"
  # Without one of its own it goes on: what it lost comes back, and it takes a new name.
  put_back ada
  syncs ada "$(at fork)"
  says "under a new one"
  change ada after
  syncs ada "$(at fork)"; syncs bob "$(at fork)"
  same ada bob
  # The place was emptied and made anew under the same address.
  sql fork "DROP SCHEMA nines CASCADE" 2>/dev/null
  refused 4 "OTHER_REMOTE" bob "$(at fork)" --dry-run
  refused 4 "OTHER_REMOTE" bob "$(at fork)"
}

# What a replica saw at the place is held against what is there.
witnesses() {
  new ada bob
  change ada one; keep ada
  change ada two; change ada three
  syncs ada "$(at witnesses)"; syncs bob "$(at witnesses)"
  id=$(replica ada)
  last=$(sql witnesses "SELECT max(seq) FROM nines.event WHERE replace(replica::text, '-', '') = '$id'")
  cut="DELETE FROM nines.event WHERE replace(replica::text, '-', '') = '$id' AND seq = $last"
  sql witnesses "BEGIN; ${cut}; DELETE FROM nines.body WHERE replace(replica::text, '-', '') = '$id' AND seq = $last; COMMIT"
  new cy
  syncs cy "$(at witnesses)"
  says "its tail was cut off"
  in_store cy audit verify --against "$(at witnesses nothing)" >out 2>&1
  is $? 3 "audit verify against nothing"
  against cy "its tail was cut off"
  # Whoever has the tail brings it back.
  syncs bob "$(at witnesses)"
  says "sent 1 event"
  # Rewritten: the place lost the tail again, and ada comes with another one.
  sql witnesses "BEGIN; DELETE FROM nines.event WHERE replace(replica::text, '-', '') = '$id' AND seq > 2;
    DELETE FROM nines.body WHERE replace(replica::text, '-', '') = '$id' AND seq > 2; COMMIT"
  put_back ada
  change ada rewritten; change ada again
  sync ada "$(at witnesses)"
  new dee
  sync dee "$(at witnesses)"
  says "history was rewritten"
  against dee "history was rewritten"
  refused 4 "FORK" bob "$(at witnesses)"
  # A replica that is missing in the middle is named, and nothing after it is taken.
  sql witnesses "DELETE FROM nines.event WHERE replace(replica::text, '-', '') = '$id' AND seq = 2"
  new eve
  refused 65 "SEGMENT_MISSING" eve "$(at witnesses)"
}

# What is erased here is gone there, and stays so.
erasure() {
  new ada bob
  change ada one; change ada secret-matter
  syncs ada "$(at erasure)"
  is "$(sql erasure "SELECT count(*) FROM nines.body WHERE body LIKE '%secret-matter%'")" 1 "the body"
  in_store ada audit erase 3 --because 'asked to' --yes >out 2>&1 || fail "audit erase"
  syncs ada "$(at erasure)"
  is "$(sql erasure "SELECT count(*) FROM nines.body WHERE body LIKE '%secret-matter%'")" 0 "an erased body"
  is "$(sql erasure "SELECT count(*) FROM nines.event WHERE seq = 3")" 1 "its event"
  syncs bob "$(at erasure)"
  in_store bob audit verify >out 2>&1 || fail "bob's log"
  syncs bob "$(at erasure)"; syncs ada "$(at erasure)"
  is "$(sql erasure "SELECT count(*) FROM nines.body WHERE body LIKE '%secret-matter%'")" 0 "an erased body"
}

# The measurements of an import travel beside its event.
measurements() {
  write_measured
  new ada bob
  in_store ada slo apply slos.yaml --because test -q >out 2>&1 || fail "slo apply"
  in_store ada slo import requests.csv --source requests -q >out 2>&1 || fail "slo import"
  syncs ada "$(at measurements)"
  says "sent 1 import"
  syncs bob "$(at measurements)"
  says "received 1 import"
  measured() {
    in_store "$1" slo status --now 2026-11-23T10:00:00Z -o json | grep -E '"(good|bad|total|sli)":' | tr -d ' \n'
  }
  is "$(measured bob | cut -c1-31)" '"good":50,"bad":10,"total":60,"' "what bob counts"
  is "$(measured bob)" "$(measured ada)" "what ada and bob count"
  in_store bob doctor --full >out 2>&1 || fail "bob is damaged"
  syncs ada "$(at measurements)"
  ! grep -q import out || fail "measurements travel twice"
}

# Roles of two teams, given one stream each.
teams() {
  new ada bob
  change ada payments-only; change bob search-only
  sql postgres "CREATE ROLE payments LOGIN; CREATE ROLE search LOGIN; CREATE ROLE bob LOGIN IN ROLE search" || fail roles
  # A role that may make nothing says what is to be done.
  role=payments
  refused 78 "tables.sql" ada "$(at teams payments)"
  unset role
  for file in tables streams streams; do
    server_program psql -X -q -1 -v ON_ERROR_STOP=1 -h "$server" -p "$port" -U nines -f "$SCHEMAS/$file.sql" teams \
      >out 2>&1 || fail "$file.sql"
  done
  sql teams "INSERT INTO nines.member (role, stream) VALUES ('payments', 'payments'), ('search', 'search'), ('gone', 'x')"
  role=payments
  syncs ada "$(at teams payments)"
  syncs ada "$(at teams payments)"
  says "sent 0 events"
  refused 78 "NO_ACCESS" ada "$(at teams search)"
  role=bob
  syncs bob "$(at teams search)"
  for table in stream replica event body statement measurement; do
    is "$(sql teams "SELECT count(*) FROM nines.$table WHERE stream <> 'search'")" 0 "rows of $table that search sees"
  done
  is "$(sql teams "SELECT string_agg(stream, ',') FROM nines.member")" search "whose streams search sees"
  for statement in "UPDATE nines.event SET header = '{}'" "DELETE FROM nines.event" "TRUNCATE nines.event" \
    "INSERT INTO nines.member (role, stream) VALUES ('search', 'payments')" "DELETE FROM nines.stream" \
    "INSERT INTO nines.event (stream, replica, seq, hash, header) SELECT 'payments', replica, seq, hash, header FROM nines.event"; do
    ! sql teams "$statement" >out 2>&1 || fail "search may: $statement"
  done
  sql teams "DELETE FROM nines.body WHERE stream = 'payments'"
  unset role
  is "$(sql teams "SELECT stream, count(*) FROM nines.body GROUP BY 1 ORDER BY 1" | tr '\n' ' ')" "payments|2 search|2 " \
    "what is there"
  role=payments
  in_store ada audit erase 2 --because 'asked to' --yes >out 2>&1 || fail "audit erase"
  syncs ada "$(at teams payments)"
  unset role
  is "$(sql teams "SELECT count(*) FROM nines.body WHERE stream = 'payments'")" 2 "bodies after an erasure"
}

# Rows that somebody changed, and tables of another nines.
damage() {
  new ada bob
  change ada one; change ada two
  syncs ada "$(at damage)"
  for change in "header = header || ' '" "header = replace(header, 'kv\":1', 'kv\":2')" "hash = decode(repeat('ab', 32), 'hex')"; do
    sql damage "BEGIN; CREATE TABLE kept AS SELECT * FROM nines.event; UPDATE nines.event SET $change; COMMIT"
    sync bob "$(at damage)" && fail "bob takes events with $change"
    is "$(seen bob | wc -l)" 0 "rows of bob"
    sql damage "BEGIN; DELETE FROM nines.event; INSERT INTO nines.event SELECT * FROM kept; DROP TABLE kept; COMMIT"
  done
  sql damage "CREATE TABLE kept AS SELECT * FROM nines.body; UPDATE nines.body SET body = '{}'"
  sync bob "$(at damage)" && fail "bob takes changed bodies"
  sql damage "DELETE FROM nines.body"
  refused 65 "BODY_MISSING" bob "$(at damage)"
  sql damage "INSERT INTO nines.body SELECT * FROM kept"
  syncs bob "$(at damage)"
  same ada bob
  sql damage "INSERT INTO nines.schema_version (version) VALUES (2)"
  refused 78 "install the newer nines" bob "$(at damage)"
  sql damage "DROP TABLE nines.body; DELETE FROM nines.schema_version WHERE version = 2"
  change bob three
  refused 78 "NO_REMOTE" bob "$(at damage)"
  sql postgres "CREATE DATABASE narrow ENCODING 'SQL_ASCII' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0"
  refused 78 "UTF-8" bob "$(at narrow)"
  refused 3 "NO_REMOTE" bob "$(at nowhere)"
}

# Passwords come by file or variable, and are never shown; what leaves the machine is encrypted.
secrets() {
  new ada
  change ada one
  sql postgres "CREATE ROLE keeper LOGIN PASSWORD 's3cret-word' SUPERUSER"
  unprivileged sh -c "sed -i '1i local all keeper scram-sha-256' '$server/data/pg_hba.conf'"
  sql postgres "SELECT pg_reload_conf()" >/dev/null
  role=keeper
  refused 78 "NO_ACCESS" ada "$(at secrets)"
  for place in "postgres://keeper:s3cret-word@/secrets?host=$server" "$(at secrets)&password=s3cret-word" \
    "$(at secrets)&pass%77ord=s3cret-word" "postgres://keeper:s3cret/word@127.0.0.1/secrets"; do
    refused 2 "PGPASSFILE" ada "$place"
    ! grep -q "s3cret" out || fail "a password is shown"
  done
  PGPASSWORD=wr0ng-word; export PGPASSWORD
  refused 78 "NO_ACCESS" ada "$(at secrets)"
  ! grep -q "wr0ng" out || fail "a password is shown"
  unset PGPASSWORD
  echo "*:*:*:keeper:s3cret-word" >passwords && chmod 600 passwords
  PGPASSFILE=$PWD/passwords; export PGPASSFILE
  syncs ada "$(at secrets)"
  unset PGPASSFILE
  printf '[hub]\nhost=%s\nport=%s\nuser=keeper\npassword=s3cret-word\ndbname=secrets\n' "$server" "$port" >services
  PGSERVICEFILE=$PWD/services; export PGSERVICEFILE
  syncs ada "postgres://?service=hub"
  says "sent 0 events"
  unset PGSERVICEFILE role
  ! grep -rq "s3cret" ada || fail "a password is kept in the store"
  # 0.0.0.0 is this machine by a name that does not say so; this server offers no TLS.
  refused 78 "TLS_REQUIRED" ada "postgres://nines@0.0.0.0:$port/secrets"
  refused 78 "TLS_REQUIRED" ada "postgres://nines@127.0.0.1:$port,db.invalid:5432/secrets"
  syncs ada "postgres://nines@0.0.0.0:$port/secrets?sslmode=disable"
  syncs ada "postgres://nines@127.0.0.1:$port/secrets"
  refused 75 "UNREACHABLE" ada "postgres://nines@127.0.0.1:1/secrets"
  NINES_LIBEXEC=/nowhere; export NINES_LIBEXEC
  refused 78 "NO_COMPANION" ada "$(at secrets)"
  unset NINES_LIBEXEC
}
