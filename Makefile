# SPDX-License-Identifier: ISC
# make            builds into build/
# make demo       installs what is missing, builds, runs a day's work
# make check      installs what is missing, builds, passes the tests
# make check SAN=1, make asan: the same under the sanitizers, in build/asan
# make messages  brings the catalogues of lib/po up to date
# make lint soak bench install uninstall dist clean
# B=DIR builds elsewhere, CC=clang with another compiler
VERSION = 0.1.0

PREFIX = /usr/local
DESTDIR =
BINDIR = $(PREFIX)/bin
SHARE = $(PREFIX)/share

CC = cc
CFLAGS ?= -O2 -g
WARN = -Wall -Wextra -Wpedantic -Wshadow -Wvla -Wundef -Wwrite-strings \
    -Wformat=2 -Wcast-qual -Wpointer-arith -Wstrict-prototypes \
    -Wmissing-prototypes -Wold-style-definition $(if $(CI),-Werror)
STD = -std=c11 -D_DEFAULT_SOURCE
ifdef SAN
B = build/asan
HARDEN = -O1 -fno-omit-frame-pointer -fsanitize=address,undefined \
    -fno-sanitize-recover=all
else
B = build
HARDEN = -D_FORTIFY_SOURCE=2 -fstack-protector-strong
endif
LDFLAGS = -Wl,-O1,--as-needed,-z,relro
INC = -Iinclude $(shell pkg-config --cflags libbsd-overlay libmd sqlite3 json-c \
    libsodium)
# A command lives for a few milliseconds and loading a library takes a tenth of
# one: the small ones are linked in. SMALL='-lbsd -lmd -lcsv -ljson-c -lsodium'
# shares them.
SMALL = -Wl,-Bstatic -lbsd -lmd -lcsv -ljson-c -lsodium -Wl,-Bdynamic
LIBS = $(SMALL) $(shell pkg-config --libs sqlite3 libqrencode)
COMPILE = $(CC) $(STD) $(WARN) $(CFLAGS) $(HARDEN) $(INC)
LINK = $(CC) $(CFLAGS) $(HARDEN) $(LDFLAGS)

# Files in a folder of a part of the library are built in: those of
# lib/store/sql as `store_sql`, see include/base/embed.h.
EMBED = $(sort $(dir $(wildcard lib/*/*/*)))
embed_name = $(subst /,_,$(patsubst lib/%/,%,$(1)))

LIB_SRC = $(wildcard lib/*/*.c)
LIB_OBJ = $(LIB_SRC:%.c=$(B)/%.o) \
    $(foreach d,$(EMBED),$(B)/embed/$(call embed_name,$(d)).o) \
    $(B)/embed/apply_rows.o
CMD = $(patsubst cmd/%.c,%,$(wildcard cmd/*.c))
BIN = $(CMD:%=$(B)/bin/%)
# What people read in their language; built where it will be found in $(SHARE).
PO = $(wildcard lib/po/*.po)
MO = $(PO:lib/po/%.po=$(B)/share/locale/%/LC_MESSAGES/case.mo)
UNIT = $(patsubst tests/unit/%.c,$(B)/unit/%,$(wildcard tests/unit/*_test.c))
ORACLE = $(patsubst tests/oracle/%.c,$(B)/oracle/%,$(wildcard tests/oracle/*.c))
BENCH = $(patsubst tests/bench/%.c,$(B)/bench/%,$(wildcard tests/bench/*.c))

all: $(BIN) $(MO)
unit: $(UNIT) $(ORACLE)

# What decides how everything is built; newer than the objects when it changed.
BUILT_WITH = $(VERSION) $(COMPILE) $(LINK) $(LIBS)
$(B)/built-with: FORCE
	@mkdir -p $(@D)
	@echo '$(BUILT_WITH)' | cmp -s - $@ || echo '$(BUILT_WITH)' > $@
$(B)/installed-to: FORCE
	@mkdir -p $(@D)
	@echo '$(SHARE)' | cmp -s - $@ || echo '$(SHARE)' > $@
$(B)/objects: FORCE
	@mkdir -p $(@D)
	@echo '$(LIB_OBJ)' | cmp -s - $@ || echo '$(LIB_OBJ)' > $@

$(B)/libcase.a: $(LIB_OBJ) $(B)/objects
	rm -f $@.new && ar rcs $@.new $(LIB_OBJ) && mv $@.new $@
$(B)/lib/cli/%.o: STD += -DCASE_VERSION='"$(VERSION)"'
$(B)/lib/base/local.o: STD += -DCASE_LOCALE_DIR='"$(SHARE)/locale"'
$(B)/lib/base/local.o: $(B)/installed-to
$(B)/%.o: %.c $(B)/built-with
	@mkdir -p $(@D)
	$(COMPILE) -MMD -MP -c -o $@ $<
$(B)/embed/%.o: $(B)/embed/%.c $(B)/built-with
	$(COMPILE) -MMD -MP -c -o $@ $<
$(B)/embed/apply_rows.o: INC += -Ilib/journal
define embed
$(B)/embed/$(call embed_name,$(1)).c: lib/base/embed.sh $(1) $(wildcard $(1)*)
	@mkdir -p $$(@D)
	sh lib/base/embed.sh $(call embed_name,$(1)) $(wildcard $(1)*) >$$@.new
	mv $$@.new $$@
endef
$(foreach d,$(EMBED),$(eval $(call embed,$(d))))

# The statements on the derived tables, from their schema.
DERIVED = $(sort $(wildcard lib/store/sql/*-derived.sql))
$(B)/embed/apply_rows.c: lib/journal/apply_rows.sh $(DERIVED)
	@mkdir -p $(@D)
	sh lib/journal/apply_rows.sh $(DERIVED) >$@.new
	mv $@.new $@

$(B)/share/locale/%/LC_MESSAGES/case.mo: lib/po/%.po
	@mkdir -p $(@D)
	msgfmt -c -o $@ $<

$(B)/bin/%: $(B)/cmd/%.o $(B)/libcase.a
	@mkdir -p $(@D)
	$(LINK) -o $@ $< $(B)/libcase.a $(LIBS)
$(B)/unit/%: $(B)/tests/unit/%.o $(B)/libcase.a
	@mkdir -p $(@D)
	$(LINK) -o $@ $< $(B)/libcase.a $(LIBS) -lcmocka
$(B)/oracle/%: $(B)/tests/oracle/%.o $(B)/libcase.a
	@mkdir -p $(@D)
	$(LINK) -o $@ $< $(B)/libcase.a $(LIBS)
$(B)/bench/%: $(B)/tests/bench/%.o
	@mkdir -p $(@D)
	$(LINK) -o $@ $< $(LIBS)

deps:
	@sh .ci/deps $(FOR)
deps-%:
	@sh .ci/deps $(subst -, ,$*)

# The packages come first, then everything else: pkg-config may be among them.
THEN = @$(MAKE) --no-print-directory \
    $(if $(findstring j,$(MAKEFLAGS)),,-j$(shell nproc))
demo: deps-build
	+$(THEN) all
	@sh tests/demo $(B)
check: deps-build-test
	+$(THEN) all unit
	@tests/run -b $(B) $(TESTS)
asan:
	@$(MAKE) --no-print-directory check SAN=1
soak: deps-build-test
	+$(THEN) all unit
	@CASE_SOAK=1 tests/run -b $(B) $(wildcard tests/fault tests/soak)
bench: deps-build-bench
	+$(THEN) all $(BENCH)
	@tests/bench/run $(B)
# After a change of messages: their lines in each catalogue, to be filled in.
messages: deps-build
	@sh lib/po/messages $(PO)
lint: deps-build-lint
	@sh .ci/lint

# Completions are looked up by the name of the command.
INSTALL_DATA = install -m 644
BASH_DIR = $(DESTDIR)$(SHARE)/bash-completion/completions
ZSH_DIR = $(DESTDIR)$(SHARE)/zsh/site-functions
FISH_DIR = $(DESTDIR)$(SHARE)/fish/vendor_completions.d
DOC_DIR = $(DESTDIR)$(SHARE)/doc/case
# How the commands are run by others; written for the usual place.
EXAMPLES = $(wildcard cmd/examples/*)
install: all
	install -d $(DESTDIR)$(BINDIR) $(BASH_DIR) $(ZSH_DIR) $(FISH_DIR)
	install -d $(foreach n,1 5 7,$(DESTDIR)$(SHARE)/man/man$(n))
	install -d $(DOC_DIR)/examples
	install $(BIN) $(DESTDIR)$(BINDIR)
	set -e; for page in $(wildcard cmd/*.[157]); do \
	    $(INSTALL_DATA) $$page $(DESTDIR)$(SHARE)/man/man$${page##*.}; done
	$(INSTALL_DATA) completions/case.bash $(BASH_DIR)/case
	$(INSTALL_DATA) completions/_case $(ZSH_DIR)
	$(INSTALL_DATA) completions/case.fish $(FISH_DIR)
	set -e; for name in $(CMD); do ln -sf case $(BASH_DIR)/$$name; \
	    ln -sf case.fish $(FISH_DIR)/$$name.fish; done
	$(INSTALL_DATA) README.md $(DOC_DIR)
	$(INSTALL_DATA) $(EXAMPLES) $(DOC_DIR)/examples
	sed -i 's,/usr/local/bin,$(BINDIR),g' \
	    $(EXAMPLES:cmd/%=$(DOC_DIR)/%)
	set -e; for mo in $(MO:$(B)/share/%=%); do \
	    install -d $(DESTDIR)$(SHARE)/$${mo%/*}; \
	    $(INSTALL_DATA) $(B)/share/$$mo $(DESTDIR)$(SHARE)/$$mo; done
uninstall:
	rm -f $(CMD:%=$(DESTDIR)$(BINDIR)/%)
	rm -f $(foreach p,$(wildcard cmd/*.[157]),\
	    $(DESTDIR)$(SHARE)/man/man$(subst .,,$(suffix $(p)))/$(notdir $(p)))
	rm -f $(foreach n,case $(CMD),$(BASH_DIR)/$(n) $(FISH_DIR)/$(n).fish)
	rm -f $(ZSH_DIR)/_case $(MO:$(B)/share/%=$(DESTDIR)$(SHARE)/%)
	rm -rf $(DOC_DIR)
dist:
	git archive --prefix=case-$(VERSION)/ -o case-$(VERSION).tar.gz HEAD

clean:
	rm -rf $(B)
-include $(shell find $(B) -name '*.d' 2>/dev/null)
.SECONDARY:
.DELETE_ON_ERROR:
FORCE:
.PHONY: all unit deps demo check asan soak bench messages lint install uninstall dist \
    clean FORCE
