# gongkai：make 安装所缺的系统库、编译并生成示例网站；make test 测试。
.DEFAULT_GOAL := site
SHELL := /bin/bash
PREFIX ?= /usr/local
SWIFT ?= swift
CONTENT ?= content
OUTPUT ?= public
RELEASE := .build/release/gongkai
SYSTEM_LIBRARIES := libcmark libcrypto

.PHONY: site setup build test test-browser serve check archive verify publish golden docs bench mutation format lint audit install clean

site: build
	@$(RELEASE) build $(CONTENT) -o $(OUTPUT)

# 只在缺少时安装；没有权限时说明要装什么。
setup:
	@bash Scripts/setup.sh $(SYSTEM_LIBRARIES)

build: setup
	@$(SWIFT) build -c release --product gongkai

test: setup
	@$(SWIFT) build --build-tests
	@$(SWIFT) test --skip-build

# 在真的浏览器里测试预览；自行安装所需工具。
test-browser: build
	@bash Scripts/test-browser.sh $(RELEASE)

# 在本机预览，改动一保存就显示：make serve PORT=8000
PORT ?= 8000
serve: build
	@$(RELEASE) serve $(CONTENT) --port $(PORT)

check: build
	@$(RELEASE) check $(CONTENT)

# 封存一个年度：make archive YEAR=2022；校验全部存档：make verify
archive: build
	@test -n "$(YEAR)" || { echo "写明年度：make archive YEAR=2022" >&2; exit 64; }
	@$(RELEASE) archive $(YEAR) $(CONTENT)

verify: build
	@$(RELEASE) verify --rebuild

# 公开到本机的一个文件夹：make publish TO=/srv/www/czj；YES=1 时不问
publish: build
	@test -n "$(TO)" || { echo "写明公开到哪里：make publish TO=/srv/www/czj" >&2; exit 64; }
	@$(RELEASE) publish "$(TO)" $(CONTENT) $(if $(YES),--yes)

# 重新记录 Tests/Golden 下的预期网页和 Tests/CommandTests/Cases 下的预期输出；请像代码一样审阅差异。
golden: setup
	@RECORD_GOLDEN=1 RECORD_COMMANDS=1 $(SWIFT) test --filter 'GoldenTests.GoldenTests|CommandTests.CommandTests'

# 重新生成 docs/ 里由程序产生的页面。
docs: setup
	@RECORD_DOCS=1 $(SWIFT) test --filter GeneratedDocs

# 与 Hugo 和 cp -r 比快慢：make bench；只测一种大小 BENCH=1000，试跑 QUICK=1，写进 docs/performance.md RECORD=1。
bench: build
	@GONGKAI=$(RELEASE) bash Benchmarks/run.sh

# 把填得正确的网站每次改错一处，看核对报不报：make mutation；每个单位每种改动取几个 SAMPLE=3，全部 SAMPLE=1000000。
# 结果写进 docs/checks.md。
SAMPLE ?= 3
MUTATED := $(sort $(wildcard Tests/CleanSet/*/content)) Tests/Golden/hunan-targets/content \
  Tests/Golden/reviews/content Tests/Golden/shenzhen/content
mutation: setup
	@$(SWIFT) build -c release --product mutation
	@.build/release/mutation $(MUTATED:/content=) --sample $(SAMPLE) > .build/mutation.md
	@mv .build/mutation.md Benchmarks/Mutation/result.md
	@RECORD_DOCS=1 $(SWIFT) test --filter 'GeneratedDocs.*checks'

format:
	@$(SWIFT) format --in-place --recursive --parallel Sources Tests Benchmarks Package.swift

lint:
	@$(SWIFT) format lint --strict --recursive --parallel Sources Tests Benchmarks Package.swift

# 用浏览器和 Nu HTML 检查器审核生成的网页；自行安装所需工具。
audit: site
	@bash Scripts/audit-html.sh --setup
	@bash Scripts/audit-html.sh -n 0 --gov $(OUTPUT)
	@$(RELEASE) build $(CONTENT) -o .build/audit --base-path /czj/yjs/
	@bash Scripts/audit-html.sh -n 0 --gov --base /czj/yjs/ .build/audit

# 静态链接 Foundation 时还要 libcurl；只有这里用到。
install: setup
	@bash Scripts/setup.sh libcurl
	@$(SWIFT) build -c release --product gongkai --static-swift-stdlib -Xlinker -s --scratch-path .build-static
	@install -d $(DESTDIR)$(PREFIX)/bin
	@install -m 755 .build-static/release/gongkai $(DESTDIR)$(PREFIX)/bin/gongkai
	@echo "已安装 $(DESTDIR)$(PREFIX)/bin/gongkai"

clean:
	@rm -rf .build .build-static public .gongkai
