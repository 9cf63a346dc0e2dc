/* SPDX-License-Identifier: ISC */
#ifndef RULES_ADDRESS_H
#define RULES_ADDRESS_H

#include <stdbool.h>

/* One mail address and nothing else: local@domain.tld, without quotes, blanks
 * or characters that mean something in the head of a message. */
bool	 address_valid(const char *text);

#endif
