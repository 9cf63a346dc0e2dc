/* SPDX-License-Identifier: ISC */
#ifndef PAGE_PAGE_H
#define PAGE_PAGE_H

/*
 * The customer's page: it answers one request of a web server (CGI/1.1,
 * RFC 3875) that is in the environment and on standard input, from the extract
 * that case-publish makes. It never touches the file.
 *
 * Answers the exit code: 0, or 3 when all it could say is that the page is not
 * available, and why is on standard error.
 */
int	 page_serve(void);

#endif
