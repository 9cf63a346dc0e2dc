/* SPDX-License-Identifier: ISC */
#include "attach.h"
#include "base/time.h"
#include "decide.h"
#include "service/note.h"

static void
ask_or_answer(struct work *w, enum note_kind kind)
{
	if (kind == NOTE_REMARK || kind == NOTE_NEW_LINK) {
		if (w->act->at > time_now())
			store_refuse(w->s, "it cannot have happened in the "
			    "future");
		return;
	}
	if (!decide_in_time(w))
		return;
	if (kind == NOTE_ASK)
		flow_ask_answer(&w->flow, w->act->at);
	else
		work_take(w, flow_complete(&w->flow, STEP_ANSWER, 0,
		    &(struct flow_act){ .at = w->act->at }));
}

void
note_case(struct act *act, const struct target *target,
    const struct note_request *request)
{
	static const char *const verbs[] = {
		[NOTE_REMARK] = "note", [NOTE_ASK] = "ask",
		[NOTE_ANSWER] = "answer", [NOTE_NEW_LINK] = "new-link",
	};
	struct work *w = work_open(act, target->case_id);

	if (w == NULL)
		return;
	ask_or_answer(w, request->kind);
	if (target->items[0].item != 0)
		work_note_items(w, work_named(w, target));
	for (size_t i = 0; i < request->link_count; i++)
		work_link(w, request->links[i]);
	work_note_links(w, request->links, request->link_count);
	if (request->kind == NOTE_NEW_LINK)
		w->renewed++;
	work_incident(w, request->incident);
	attach_files(w, request->files, request->file_count);
	work_commit(w, verbs[request->kind]);
	work_close(w);
}
