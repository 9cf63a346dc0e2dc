/* SPDX-License-Identifier: ISC */
#ifndef RULES_UNIT_H
#define RULES_UNIT_H

/* Units as people write them, "REF" or "REF:SERIAL", and serials alone: what is
 * wrong with the writing, or NULL. */
const char *unit_fault(const char *text);
const char *unit_serial_fault(const char *serial);

#endif
