/* SPDX-License-Identifier: ISC */
#ifndef SERVICE_ATTACH_H
#define SERVICE_ATTACH_H

#include "service/report.h"
#include "work.h"

/* Keeps files with the event in hand. */
void	 attach_files(struct work *w, const struct report_file *files,
	    size_t count);

#endif
