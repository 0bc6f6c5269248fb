"""Names of everything in check-ins that can be pressed, chosen or submitted."""

from __future__ import annotations

# Buttons and selects; the value says to what.
ANSWER = "checkin.answer"  # check-in id
KIND = "checkin.kind"  # select in the form of the asker
ANOTHER = "checkin.another"
PROMPTS_OPEN = "checkin.prompts"  # channel id and kind
PROMPTS_KIND = "checkin.prompts.kind"
PROMPT_EDIT = "checkin.prompt.edit"  # prompt id
PROMPT_RETIRE = "checkin.prompt.retire"
PROMPT_KEEP = "checkin.prompt.keep"
PROMPT_ADD = "checkin.prompt.add"
PULSE_OPEN = "checkin.pulse"  # channel id
RESULTS = "checkin.results"  # check-in id
RESULTS_POST = "checkin.results.post"
RESULTS_PAGE = "checkin.results.page"  # check-in id and page
RESULTS_CSV = "checkin.results.csv"  # channel id
RESULTS_TREND = "checkin.results.trend"  # channel id
REPLY_OPEN = "checkin.reply"  # check-in id
ITEMS_OPEN = "checkin.items"  # channel id
ITEM_DONE = "checkin.item.done"  # check-in id and item id, as of all four
ITEM_STILL = "checkin.item.still"
ITEM_DROPPED = "checkin.item.dropped"
ITEM_NOT_MINE = "checkin.item.not_mine"
ITEM_HAND_BACK = "checkin.item.hand_back"  # the same
AFTER_NOTHING = "checkin.after.nothing"  # check-in id
AFTER_TALK = "checkin.after.talk"
AFTER_MOVE = "checkin.after.move"
AFTER_TELL = "checkin.after.tell"
HAND_OPEN = "checkin.hand"
HAND_STOP = "checkin.hand.stop"
HAND_YES = "checkin.hand.yes"  # hand id
HAND_NO = "checkin.hand.no"
SCHEDULE_OPEN = "checkin.schedule"  # channel id
SCHEDULE_KIND = "checkin.schedule.kind"
SCHEDULE_STOP = "checkin.schedule.stop"  # schedule id
LINE_OPEN = "checkin.line"  # check-in id
SKIP = "checkin.skip"  # check-in id
TAKE_BACK = "checkin.take_back"  # check-in id

# Modals (callback ids).
ASK_FORM = "checkin.ask.form"
ANSWER_FORM = "checkin.answer.form"
REPLY_FORM = "checkin.reply.form"
ITEMS_FORM = "checkin.items.form"
HAND_FORM = "checkin.hand.form"
MOVE_FORM = "checkin.move.form"
TELL_FORM = "checkin.tell.form"
SCHEDULE_FORM = "checkin.schedule.form"
LINE_FORM = "checkin.line.form"
PROMPT_FORM = "checkin.prompt.form"
PULSE_FORM = "checkin.pulse.form"
