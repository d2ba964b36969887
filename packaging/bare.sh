#!/usr/bin/env bash
# Sourced by the scripts that need a bare Debian 12: a chroot in a mount namespace
# of its own, so that nothing stays mounted whatever happens. Gives: bare_needs,
# new_bare ($root), connect, enter; $keep and $network change what enter does.
# The bare system is kept in .cache, so that only the first time takes long.

suite=bookworm
# A Go module cache to use inside, or empty.
keep=""
# --net takes the network away.
network=""

# bare_needs PROGRAM...: what has to be here besides.
bare_needs() {
	[ "$(id -u)" -eq 0 ] || die "needs root, to make and enter a Debian system of its own; please run it through sudo"
	packaging/setup.sh bare
	for program in "$@"; do
		command -v "$program" >/dev/null || die "$program is missing (Go is at https://go.dev/dl/)"
	done
}

# host_sources: this machine's own lines for apt, where it is the same Debian.
host_sources() { find /etc/apt -maxdepth 2 \( -name '*.list' -o -name 'debian.sources' \) -exec grep -l "$suite" {} + 2>/dev/null || true; }

# mirror: where this machine gets Debian from.
mirror() {
	local found=""
	if [ -n "$(host_sources)" ]; then
		# shellcheck disable=SC2046 # paths of apt have no spaces
		found=$(grep -hoE 'https?://[^ ]+' $(host_sources) | grep -v -e security -e snapshot | head -n 1)
	fi
	echo "${found:-http://deb.debian.org/debian}"
}

# bare_system TARBALL: the smallest Debian there is, made once.
bare_system() {
	local new
	new=$(mktemp -d)
	say "debootstrap $suite"
	debootstrap --variant=minbase "$suite" "$new/root" "$(mirror)" >"$new/log" 2>&1 || {
		tail -n 20 "$new/log" >&2
		rm -rf --one-file-system "$new"
		die "debootstrap failed"
	}
	rm -rf "$new"/root/var/cache/apt/archives/*.deb
	mkdir -p "$(dirname "$1")"
	tar -C "$new/root" --exclude ./proc/\* --exclude ./sys/\* -czf "$1.part" .
	mv "$1.part" "$1"
	rm -rf --one-file-system "$new"
}

# new_bare: a bare system of its own in $root, gone at the end.
new_bare() {
	local tarball
	tarball=$PWD/.cache/$suite-$(dpkg --print-architecture 2>/dev/null || uname -m).tar.gz
	[ -f "$tarball" ] || bare_system "$tarball"
	root=$(mktemp -d)
	# Outside the namespaces the mounts were never there: only files are removed.
	trap 'rm -rf --one-file-system "$root"' EXIT
	tar -C "$root" -xzf "$tarball"
}

# connect ROOT: what this machine needs to reach its registries.
connect() {
	local root=$1 file
	cp -L /etc/resolv.conf /etc/hosts "$root/etc/"
	if [ -n "$(host_sources)" ]; then
		rm -f "$root/etc/apt/sources.list"
		for file in $(host_sources); do cp "$file" "$root$file"; done
	fi
	for file in $(grep -ls 'Acquire::' /etc/apt/apt.conf.d/* || true); do cp "$file" "$root$file"; done
	# Root certificates of this machine, under a name no package overwrites.
	cp -L "${SSL_CERT_FILE:-/etc/ssl/certs/ca-certificates.crt}" "$root/opt/host-certificates.pem"
}

# settings: the environment inside, one NAME=VALUE a line. What decides how
# this machine reaches its registries goes along, nothing else does.
settings() {
	printf '%s\n' HOME=/root TERM=dumb LANG=C.UTF-8 \
		PATH=/usr/local/go/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
		SSL_CERT_FILE=/opt/host-certificates.pem
	for name in http_proxy https_proxy no_proxy HTTP_PROXY HTTPS_PROXY NO_PROXY; do
		if [ -n "${!name:-}" ]; then printf '%s=%s\n' "$name" "${!name}"; fi
	done
	if ! command -v go >/dev/null; then return; fi
	for name in GOPROXY GONOPROXY GOPRIVATE GOSUMDB GONOSUMDB GOINSECURE; do
		value=$(cd / && go env "$name")
		if [ -n "$value" ]; then printf '%s=%s\n' "$name" "$value"; fi
	done
}

# enter COMMAND: runs it in there, in namespaces of its own for mounts and
# processes; both end with it.
enter() {
	mapfile -t environment < <(settings)
	# shellcheck disable=SC2016 # expanded by the inner shell
	unshare --mount --propagation private --pid --fork --kill-child ${network:+"$network"} \
		bash -euc '
		root=$1 keep=$2 command=$3
		shift 3
		mount -t proc proc "$root/proc"
		mkdir -p "$root/dev/shm" "$root/dev/pts"
		mount -t tmpfs tmpfs "$root/dev/shm"
		mount -t devpts devpts "$root/dev/pts"
		if [ -n "$keep" ]; then mount --bind "$keep" "$root/root/go/pkg/mod"; fi
		if command -v ip >/dev/null; then ip link set lo up; fi
		chroot "$root" env -i "$@" bash -euc "$command"
	' bare "$root" "$keep" "$1" "${environment[@]}"
}
