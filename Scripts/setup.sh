#!/usr/bin/env bash
# 检查编译所需的工具和系统库，缺什么装什么；已经齐全就什么也不做。
# 用法：Scripts/setup.sh pkg-config 名称…
set -euo pipefail

declare -A package_of=([libcmark]=libcmark-dev [libcrypto]=libssl-dev [libcurl]=libcurl4-openssl-dev)
missing=()

if ! command -v swift >/dev/null 2>&1; then
  echo "没有找到 swift：请先安装 Swift 6.1 以上的工具链（https://www.swift.org/install/），并把它的 bin 加入 PATH。" >&2
  exit 69
fi
command -v pkg-config >/dev/null 2>&1 || missing+=(pkg-config)
for library in "$@"; do
  if ! command -v pkg-config >/dev/null 2>&1 || ! pkg-config --exists "$library"; then
    missing+=("${package_of[$library]:-$library}")
  fi
done
[ ${#missing[@]} -eq 0 ] && exit 0

by_hand="请让管理员运行：apt-get install ${missing[*]}"
if ! command -v apt-get >/dev/null 2>&1; then
  echo "缺少 ${missing[*]}，而这台机器没有 apt-get；请用本机的包管理器安装对应的开发包。" >&2
  exit 69
fi
if [ "$(id -u)" -eq 0 ]; then
  run=()
elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
  run=(sudo -n)
else
  echo "缺少 ${missing[*]}，而当前用户无权安装。$by_hand" >&2
  exit 77
fi
echo "安装缺少的系统库：${missing[*]}"
if ! { "${run[@]}" apt-get update -qq && DEBIAN_FRONTEND=noninteractive "${run[@]}" apt-get install -y -qq --no-install-recommends "${missing[@]}"; } >/tmp/gongkai-setup.$$ 2>&1; then
  tail -n 20 /tmp/gongkai-setup.$$ >&2
  rm -f /tmp/gongkai-setup.$$
  echo "安装失败。$by_hand" >&2
  exit 69
fi
rm -f /tmp/gongkai-setup.$$
