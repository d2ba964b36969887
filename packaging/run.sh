#!/usr/bin/env bash
# `make run`: the desktop program on sample data and the practice endpoint, or
# the demo in the terminal where there is no display.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
make=${MAKE:-make}

case $(uname -s) in
Linux | *BSD) display=${WAYLAND_DISPLAY:-${DISPLAY:-}} ;;
*) display=native ;; # macOS and Windows always have one
esac

if [ -z "$display" ]; then
	echo "There is no display here (neither DISPLAY nor WAYLAND_DISPLAY is set), so the demo runs in the terminal instead."
	echo "这里没有图形界面（DISPLAY 和 WAYLAND_DISPLAY 都未设置），改为在终端中运行演示。"
	exec "$make" --no-print-directory demo
fi
packaging/setup.sh cli gui
"$make" --no-print-directory build
exec build/quietline --demo
