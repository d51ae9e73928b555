#!/usr/bin/env bash
# 在无界面的 Chromium 里测试预览；缺少的工具（chromium、selenium）自行安装。
# 用法：Scripts/test-browser.sh [gongkai 程序] [测试名…]；PICTURES=文件夹 时留下截图。
set -euo pipefail
cd "$(dirname "$0")/.."

export GONGKAI="${1:-.build/release/gongkai}"
shift || true
GONGKAI="$(realpath "$GONGKAI")"
venv="${XDG_CACHE_HOME:-$HOME/.cache}/gongkai/test-browser"
export CHROMIUM="${CHROMIUM:-/usr/bin/chromium}" CHROMEDRIVER="${CHROMEDRIVER:-/usr/bin/chromedriver}"

as_root() { if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo -n "$@"; fi; }
missing=()
[ -x "$CHROMIUM" ] && [ -x "$CHROMEDRIVER" ] || missing+=(chromium chromium-driver fonts-noto-cjk)
python3 -c 'import venv, ensurepip' 2>/dev/null || missing+=(python3-venv)
if [ ${#missing[@]} -gt 0 ]; then
  echo "安装缺少的工具：${missing[*]}"
  as_root apt-get update -qq
  DEBIAN_FRONTEND=noninteractive as_root apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
fi
if ! "$venv/bin/python" -c 'import selenium' 2>/dev/null; then
  python3 -m venv "$venv"
  "$venv/bin/pip" -q install selenium==4.51.0
fi

cd Tests/Browser
export PYTHONDONTWRITEBYTECODE=1
if [ $# -gt 0 ]; then
  exec "$venv/bin/python" -m unittest -v "$@"
fi
exec "$venv/bin/python" -m unittest -v test_preview
