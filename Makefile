# SPDX-License-Identifier: ISC
CFLAGS ?= -O2 -g
WARN = -Wall -Wextra -Wpedantic -Wshadow -Wvla -Wundef -Wwrite-strings -Wformat=2 -Wcast-qual \
	-Wpointer-arith -Wstrict-prototypes -Wmissing-prototypes -Wold-style-definition
STD = -std=c11 -D_DEFAULT_SOURCE
PKGS = libbsd-overlay libmd sqlite3
INC = -Iinclude $(shell pkg-config --cflags $(PKGS))
LIBS = $(shell pkg-config --libs $(PKGS)) -lcsv
B = build

LIB_SRC = $(wildcard lib/*/*.c)
LIB_OBJ = $(LIB_SRC:%.c=$(B)/%.o)
CMD = $(patsubst cmd/%.c,%,$(wildcard cmd/*.c))
BIN = $(CMD:%=$(B)/bin/%)
UNIT = $(patsubst tests/unit/%.c,$(B)/unit/%,$(wildcard tests/unit/*_test.c))

all: $(BIN)
unit: $(UNIT)

$(B)/libcase.a: $(LIB_OBJ)
	rm -f $@ && ar rcs $@ $(LIB_OBJ)
$(B)/%.o: %.c
	@mkdir -p $(@D)
	$(CC) $(STD) $(WARN) $(CFLAGS) $(INC) -MMD -MP -c -o $@ $<
$(B)/bin/%: $(B)/cmd/%.o $(B)/libcase.a
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) -o $@ $< $(B)/libcase.a $(LIBS)
$(B)/unit/%: $(B)/tests/unit/%.o $(B)/libcase.a
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) -o $@ $< $(B)/libcase.a $(LIBS) -lcmocka

clean:
	rm -rf $(B)
-include $(shell find $(B) -name '*.d' 2>/dev/null)
.SECONDARY:
.PHONY: all unit clean
