#!/usr/bin/env bash
# Builds the house and runs every test, on SQLite and on a PostgreSQL of its own. The last line is "N passed, N failed".
# With EVERGREEN_TEST_POSTGRES set, that server is used instead; with EVERGREEN_TEST_SQLSERVER set, SQL Server is tested as well.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit 1

# Where the tests' databases and files lie: in memory where there is much of it, since thousands of them come and go and each of their commits waits for the disk.
place=${TMPDIR:-/tmp}
if [ -w /dev/shm ] && [ "$(df -Pk /dev/shm | awk 'NR == 2 { print $4 }')" -gt 10000000 ] && [ "$(awk '/^MemAvailable/ { print $2 }' /proc/meminfo)" -gt 16000000 ]; then place=/dev/shm; fi
scratch=$(mktemp -d "$place/evergreen-tests.XXXXXX") || exit 1
chmod 711 "$scratch"
results=$scratch/results
passed=0
failed=0
pg_data=""

say() { printf '\n== %s\n' "$*"; }

# Whatever happens, the database is stopped, the scratch folder goes, and the last line says how it went.
finish() {
  local status=$?
  trap - EXIT INT TERM
  stop_postgres
  rm -rf "$scratch"
  if [ "$status" -ne 0 ] && [ "$failed" -eq 0 ]; then failed=1; fi
  printf '\n%d passed, %d failed\n' "$passed" "$failed"
  [ "$failed" -eq 0 ] && [ "$passed" -gt 0 ] && exit 0
  exit 1
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# ---- what the run needs

prepare_environment() {
  # A home that cannot be written to (or none) must not stop the build.
  if [ -z "${HOME:-}" ] || [ ! -d "$HOME" ] || [ ! -w "$HOME" ]; then
    export HOME=$scratch/home
    mkdir -p "$HOME"
  fi
  export DOTNET_CLI_HOME=${DOTNET_CLI_HOME:-$HOME}
  export NUGET_PACKAGES=${NUGET_PACKAGES:-$HOME/.nuget/packages}
  export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_GENERATE_ASPNET_CERTIFICATE=false
  # The lock files hold the hash of every package: asking the certificates' issuers about each would only be slow, or hang.
  export NUGET_CERT_REVOCATION_MODE=${NUGET_CERT_REVOCATION_MODE:-offline}
  # Five programs share few processors: a thread that has nothing to do sleeps at once, and does not look around for work first.
  export DOTNET_ThreadPool_UnfairSemaphoreSpinLimit=0
  # Hundreds of programs are started and soon over: their code is written to memory that may be run as well, where else each piece of it is mapped twice.
  export DOTNET_EnableWriteXorExecute=0
  # No build server may outlive the run: it would hold the pipes of whoever called.
  export MSBUILDDISABLENODEREUSE=1 DOTNET_CLI_USE_MSBUILD_SERVER=0 UseSharedCompilation=false
  export TMPDIR=$scratch
  for dir in "${DOTNET_ROOT:-}" "$HOME/.dotnet" /usr/share/dotnet /usr/lib/dotnet; do
    command -v dotnet >/dev/null || { [ -n "$dir" ] && [ -x "$dir/dotnet" ] && export PATH="$dir:$PATH"; }
  done
  command -v dotnet >/dev/null || { echo "The .NET 10 SDK is missing: https://dotnet.microsoft.com/download"; return 1; }
  command -v npm >/dev/null || { echo "Node 20 or later with npm is missing (the build fetches the statements' typefaces with it): https://nodejs.org"; return 1; }
}

# The folder that holds initdb and pg_ctl: the newest of Debian's, or whatever is on the path.
postgres_bin() {
  local newest
  newest=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -t/ -k5 -n | tail -n 1)
  if [ -n "$newest" ] && [ -x "$newest/initdb" ]; then echo "$newest"; return; fi
  command -v initdb >/dev/null && dirname "$(readlink -f "$(command -v initdb)")"
}

missing_packages() {
  command -v git >/dev/null || echo git
  command -v qpdf >/dev/null || echo qpdf
  command -v pdftotext >/dev/null || echo poppler-utils
  command -v strace >/dev/null || echo strace
  command -v java >/dev/null || echo default-jre-headless
  # They judge the journals that are exported.
  command -v hledger >/dev/null || echo hledger
  command -v ledger >/dev/null || echo ledger
  command -v bean-check >/dev/null || echo beancount
  # Names are searched without their accents, which takes ICU; this package has the same name in every release of Debian.
  ldconfig -p 2>/dev/null | grep -q libicuuc || echo libicu-dev
  command -v chromium-headless-shell >/dev/null || command -v chromium >/dev/null || command -v google-chrome >/dev/null || [ -n "${EVERGREEN_TEST_BROWSER:-}" ] || echo chromium-headless-shell
  # In any case: one test starts a server that it kills.
  [ -n "$(postgres_bin)" ] || echo postgresql
}

install_packages() {
  local packages
  packages=$(missing_packages | tr '\n' ' ')
  [ -n "${packages// /}" ] || return 0
  local command="apt-get update && apt-get install -y --no-install-recommends ${packages% }"
  if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
    echo "The tests need programs that are not here. On Debian, as root:"
    echo "  $command"
    return 1
  fi
  say "Installing $packages"
  # Older releases of Debian have the browser only whole.
  DEBIAN_FRONTEND=noninteractive bash -c "$command || apt-get install -y --no-install-recommends ${packages/chromium-headless-shell/chromium}" >"$scratch/apt.log" 2>&1 || { tail -n 20 "$scratch/apt.log"; return 1; }
  packages=$(missing_packages | tr '\n' ' ')
  [ -z "${packages// /}" ] || { echo "Still missing: $packages"; return 1; }
}

# ---- a PostgreSQL for the length of the run

# PostgreSQL refuses to run as root.
as_postgres() {
  if [ "$(id -u)" -ne 0 ]; then "$@"
  elif command -v runuser >/dev/null; then runuser -u "$pg_user" -- "$@"
  else setpriv --reuid "$pg_user" --regid "$(id -g "$pg_user")" --clear-groups -- "$@"
  fi
}

free_port() {
  local port
  for _ in $(seq 50); do
    port=$((20000 + RANDOM % 30000))
    (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || { echo "$port"; return; }
  done
  return 1
}

start_postgres() {
  [ -z "${EVERGREEN_TEST_POSTGRES:-}" ] || return 0
  local bin port password attempt
  bin=$(postgres_bin)
  pg_user=postgres
  id "$pg_user" >/dev/null 2>&1 || pg_user=nobody
  say "Starting PostgreSQL from $bin"
  password=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
  mkdir "$scratch/postgres"
  printf '%s' "$password" >"$scratch/postgres/password"
  [ "$(id -u)" -ne 0 ] || chown -R "$pg_user" "$scratch/postgres"
  pg_bin=$bin
  as_postgres "$bin/initdb" -D "$scratch/postgres/data" --username=evergreen --pwfile="$scratch/postgres/password" \
    --auth=scram-sha-256 --encoding=UTF8 --locale=C.UTF-8 >"$scratch/initdb.log" 2>&1 || { cat "$scratch/initdb.log"; return 1; }
  # Nothing here is to outlive a power cut, so nothing waits for the disk. What a killed program or a killed server had committed is there all the same: synchronous_commit stays on.
  as_postgres tee -a "$scratch/postgres/data/postgresql.conf" >/dev/null <<CONF
listen_addresses = '127.0.0.1'
fsync = off
full_page_writes = off
unix_socket_directories = ''
max_connections = 300
shared_buffers = 256MB
max_wal_size = 512MB
CONF
  for attempt in 1 2 3 4 5; do
    port=$(free_port) || return 1
    if as_postgres "$bin/pg_ctl" -D "$scratch/postgres/data" -w -t 60 -l "$scratch/postgres/log" -o "-p $port" start >/dev/null; then
      pg_data=$scratch/postgres/data
      export EVERGREEN_TEST_POSTGRES="Host=127.0.0.1;Port=$port;Username=evergreen;Password=$password;Database=postgres"
      return 0
    fi
  done
  cat "$scratch/postgres/log"
  return 1
}

stop_postgres() {
  [ -z "$pg_data" ] || as_postgres "$pg_bin/pg_ctl" -D "$pg_data" -m immediate -w -t 30 stop >/dev/null 2>&1
  pg_data=""
}

# ---- build and test

build() {
  say "Building"
  local locked=()
  [ "${CI:-}" = true ] && locked=(--locked-mode)
  dotnet restore Evergreen.sln --verbosity quiet ${locked[@]+"${locked[@]}"} &&
    dotnet build Evergreen.sln --configuration Release --no-restore --verbosity quiet -warnaserror
}

# Compiles to machine code what every program of the run loads, once and not at each of hundreds of starts. The code is the same, and what fails to compile so is compiled as it always is.
compile_ahead() {
  local compiler framework from list target file
  compiler=$(ls -d "$NUGET_PACKAGES"/microsoft.netcore.app.crossgen2.linux-*/*/tools/crossgen2 2>/dev/null | sort -V | tail -n 1)
  [ -x "$compiler" ] || { echo "Compiling ahead is left out: there is no compiler for this machine."; return 0; }
  framework=$(dotnet --list-runtimes | sed -n 's/^Microsoft\.NETCore\.App \(10\.[^ ]*\) \[\(.*\)\]$/\2\/\1/p' | sort -V | tail -n 1)
  from=tests/Evergreen.Web.Tests/bin/Release/net10.0
  mkdir "$scratch/ahead"
  list='^(Evergreen\.(Application|Web|Domain|Documents|Client|Migrations\.(Sqlite|PostgreSql))|evergreen|Microsoft\.EntityFrameworkCore(\.Relational|\.Sqlite|\.Abstractions)?|Npgsql.*|Microsoft\.Data\.Sqlite|SQLitePCLRaw\..*'
  list+='|AngleSharp|Microsoft\.Playwright|nunit\.framework|System\.CommandLine|Spectre\.Console.*|OpenIddict\.(Server|Core|Abstractions|EntityFrameworkCore|Validation).*|Microsoft\.IdentityModel\..*|SkiaSharp|HarfBuzzSharp|Microsoft\.Extensions\..*)\.dll$'
  ls "$from" | grep -E "$list" | xargs -P 2 -I{} "$compiler" "$from/{}" -o "$scratch/ahead/{}" -O -r "$from/*.dll" -r "$framework/*.dll" -r "${framework/NETCore/AspNetCore}/*.dll" >"$scratch/ahead.log" 2>&1
  for target in src/Evergreen.Cli tests/Evergreen.Worker tests/Evergreen.Application.Tests "${from%/bin/*}"; do
    for file in "$scratch"/ahead/*.dll; do
      # Only where it is the same assembly: another project may bring another version of a library. The folder it was compiled from comes last.
      cmp -s "$target/bin/Release/net10.0/${file##*/}" "$from/${file##*/}" && cp "$file" "$target/bin/Release/net10.0/"
    done
  done
}

# One attribute of the counters in a result file.
counter() { sed -n "s/.*<Counters [^>]*\\b$2=\"\\([0-9]*\\)\".*/\\1/p" "$1" | head -n 1; }

# Runs one project's tests, or those of it that a filter names; what it says is kept until they have ended, because some run side by side.
test_project() {
  local name filter=()
  name=$(basename "$1")${2:+.$2}
  [ -z "${3:-}" ] || filter=(--filter "$3")
  # The assembly and not the project: nothing is to be built, and so nothing to be asked about the build.
  dotnet test "$1/bin/Release/net10.0/$(basename "$1").dll" ${filter[@]+"${filter[@]}"} \
    --logger "trx;LogFileName=$name.trx" --logger "console;verbosity=minimal" --results-directory "$results" >"$scratch/$name.log" 2>&1
  echo $? >"$scratch/$name.status"
}

# What did not pass has failed, skipped tests too; a project that ran and left no result counts as one failure.
count_project() {
  local name trx total good status
  name=$(basename "$1")${2:+.$2}
  trx=$results/$name.trx
  say "$name"
  cat "$scratch/$name.log"
  status=$(cat "$scratch/$name.status" 2>/dev/null || echo 1)
  total=0 good=0
  [ -f "$trx" ] && total=$(counter "$trx" total) && good=$(counter "$trx" passed)
  total=${total:-0} good=${good:-0}
  passed=$((passed + good))
  failed=$((failed + total - good))
  if [ "$total" -eq 0 ]; then
    echo "$name produced no result"
    failed=$((failed + 1))
  elif [ "$status" -ne 0 ] && [ "$total" -eq "$good" ]; then
    echo "$name ended with code $status"
    failed=$((failed + 1))
  fi
}

holds_tests() { grep -rqE '\[(Test|TestCase|TestCaseSource|Theory)\b' --include='*.cs' --exclude-dir=obj --exclude-dir=bin "$1"; }

prepare_environment || exit 1
install_packages || exit 1
start_postgres || exit 1
build || exit 1
compile_ahead
# The long ones go side by side in parts, and the short ones behind the shortest of them; after them what measures times, and so wants the machine to itself.
# A part is a project, a name, and the filter that picks its tests; together the filters of a project pick all of them.
parts=(
  "Evergreen.Application.Tests kills FullyQualifiedName~.Reliability.Killed|FullyQualifiedName~.Reliability.ServerKilled"
  "Evergreen.Application.Tests reliability FullyQualifiedName~.Reliability.&FullyQualifiedName!~.Reliability.Killed&FullyQualifiedName!~.Reliability.ServerKilled"
  "Evergreen.Application.Tests money FullyQualifiedName~.Dividends.|FullyQualifiedName~.Equity.|FullyQualifiedName~.Patronage.|FullyQualifiedName~.Payments.|FullyQualifiedName~.Statements."
  "Evergreen.Application.Tests rest FullyQualifiedName!~.Reliability.&FullyQualifiedName!~.Dividends.&FullyQualifiedName!~.Equity.&FullyQualifiedName!~.Patronage.&FullyQualifiedName!~.Payments.&FullyQualifiedName!~.Statements."
  "Evergreen.Web.Tests proofs FullyQualifiedName~.Pages.Proofs."
  "Evergreen.Web.Tests rest FullyQualifiedName!~.Pages.Proofs.&FullyQualifiedName!~.Cli.&FullyQualifiedName!~.TimeTellsNothingTests."
)
shortest="Evergreen.Web.Tests commands FullyQualifiedName~.Cli."
alone="Evergreen.Web.Tests times FullyQualifiedName~.TimeTellsNothingTests."
short=()
for project in tests/*.Tests; do
  [[ " ${parts[*]} $shortest " == *" $(basename "$project") "* ]] || ! holds_tests "$project" || short+=("$(basename "$project")")
done
test_part() {
  local name label filter
  read -r name label filter <<<"$1"
  test_project "tests/$name" "$label" "$filter"
}
say "Testing"
mkdir -p "$results"
running=()
for part in "${parts[@]}"; do test_part "$part" & running+=($!); done
{ for part in "$shortest" "${short[@]}"; do test_part "$part"; done } & running+=($!)
wait "${running[@]}"
test_part "$alone"
for part in "${parts[@]}" "$shortest" "${short[@]}" "$alone"; do
  read -r name label filter <<<"$part"
  count_project "tests/$name" "$label"
done
[ "$failed" -eq 0 ]
