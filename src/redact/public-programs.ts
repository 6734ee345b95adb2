/** Programs that everybody has: to say that one ran tells nothing of whoever ran it. */
const PROGRAMS = words(`
  ansible apk apt apt-get awk aws az base64 basename bash biome brew bun bunx bundle cargo cat cd chmod chown
  clang clear cmake cmp comm composer cp curl cut cypress date deno df diff dig dirname docker docker-compose
  dotnet du echo elixir env esbuild eslint export false fd ffmpeg file find flake8 g++ gcc gem gh git glab go
  gofmt gradle grep gunzip gzip head helm hostname htop id java javac jest jq just kill kubectl less ln ls lsof
  make man md5sum mix mkdir mocha more mv mvn mypy mysql nano nc next node npm npx nuxt nvim opencode openssl php
  ping pip pip3 pkill playwright pnpm poetry prettier printf prisma ps psql pwd pytest python python3 rails rake
  read redis-cli rg rm rmdir rsync ruby ruff rustc rustup scp sed seq set sh sha256sum shasum sleep sort source
  sqlite3 ssh stat sudo swift systemctl tail tar tee terraform test time timeout top touch tr tree true tsc tsx
  uname uniq unzip uv uvx vi vim vite vitest wait watch wc webpack wget which whoami xargs xcodebuild xxd yarn yq
  zip zsh
`);

/** Words by which such programs are told what to do. */
const SUBCOMMANDS = words(`
  add apply audit bisect blame branch build bump check checkout cherry-pick ci clean clippy clone commit compose
  config create delete deploy describe dev diff doc down exec export fetch fmt format get grep help images import
  info init inspect install issue link lint list log login logs ls ls-files merge migrate mod mv outdated pack
  plan pr ps publish pull push rebase remote remove reset restart restore rev-parse revert rm run serve show start
  stash status stop switch sync tag test tree typecheck uninstall up update upgrade version vet view watch why
  worktree
`);

export function isPublicProgram(word: string): boolean {
  return PROGRAMS.has(word);
}

export function isPublicSubcommand(word: string): boolean {
  return SUBCOMMANDS.has(word);
}

function words(list: string): ReadonlySet<string> {
  return new Set(list.trim().split(/\s+/));
}
