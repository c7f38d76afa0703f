"""What other apps may use of cases."""

from onegrid.cases.actions.add_evidence import REPORT_FILES, TooManyFilesError, add_evidence, attach_report_file
from onegrid.cases.actions.amend_case import add_note, recategorize_case, relocate_case
from onegrid.cases.actions.answer_as_reporter import (
    add_information,
    rate_case,
    say_not_solved,
    withdraw_report,
    write_information,
)
from onegrid.cases.actions.appeal_lateness import AppealFiled, AppealReviewed, appeal_lateness, review_appeal
from onegrid.cases.actions.ask_reporter import ask_reporter
from onegrid.cases.actions.ask_time import (
    NoMoreTimeError,
    NoRequestWaitsError,
    RequestWaitsError,
    TimeRequested,
    ask_extension,
    ask_suspension,
    procedure_of,
    withdraw_time_request,
)
from onegrid.cases.actions.connect_cases import adopt_case, link_cases, merge_case
from onegrid.cases.actions.cover_photo import cover_photo
from onegrid.cases.actions.decide_time import OwnRequestError, TimeDecided, decide_time
from onegrid.cases.actions.draw_verification import open_months, turn_months
from onegrid.cases.actions.edit_replies import ReplyPlan, ReplyWords, replace_replies, retire_reply, write_reply
from onegrid.cases.actions.export_cases import (
    LONGEST_REASON,
    MOST_CASES,
    MOST_ON_PAPER,
    MOST_WITH_REPORTERS,
    TooManyCasesError,
    export_cases,
    note_print,
)
from onegrid.cases.actions.finish_case import close_case, reopen_case, solve_on_the_spot, verify_case, withdraw_case
from onegrid.cases.actions.fold_counters import fold_counters, rebuild_counters
from onegrid.cases.actions.handle_case import (
    after_return,
    assign_case,
    proof_label,
    report_back,
    return_case,
    take_case,
)
from onegrid.cases.actions.hear_units import end_hearings, hear_units
from onegrid.cases.actions.insert_case import (
    CaseReported,
    NewCase,
    Receipt,
    ReplayedWithAnotherBodyError,
    insert_case,
    link_hash,
    number_prefix,
)
from onegrid.cases.actions.insert_lives import insert_lives, keep_file, settle_search, take_numbers
from onegrid.cases.actions.insert_past_cases import PastReport, insert_past_cases, known_source_keys
from onegrid.cases.actions.join_case import JoiningReport, join_case
from onegrid.cases.actions.lifecycle import (
    CaseMoved,
    EntryAdded,
    StaleCaseError,
    actor,
    add_entry,
    hold_case,
    holder_for,
    limits_of,
    move_case,
    open_case,
)
from onegrid.cases.actions.lived_rows import Life
from onegrid.cases.actions.lived_warnings import Watched
from onegrid.cases.actions.look_through import Again, ask_for_copy, look_again, look_at_waiting
from onegrid.cases.actions.nudge_case import CaseNudged, NudgedAlreadyError, nudge_case
from onegrid.cases.actions.open_reporter import open_reporter
from onegrid.cases.actions.pass_shares import ESCALATED_FROM, Escalated, Passed, note_escalations, pass_shares
from onegrid.cases.actions.recompute_clocks import Walked, recompute_clocks
from onegrid.cases.actions.resume_case import resume_case, resume_due_cases
from onegrid.cases.actions.show_evidence import NoCopyYetError, show_evidence
from onegrid.cases.actions.supervise_case import (
    SupervisionAnswered,
    SupervisionOrdered,
    answer_supervision,
    order_supervision,
    withdraw_supervision,
)
from onegrid.cases.actions.support_case import cancel_task, extend_task, finish_task, give_task, may_cancel
from onegrid.cases.actions.sweep_orphans import sweep_orphans
from onegrid.cases.actions.triage_case import accept_case, answer_check, ask_check, file_case, refuse_case
from onegrid.cases.models import (
    ENDED_LATE,
    REPORTERS_OWN,
    AppealState,
    Case,
    CaseLink,
    Channel,
    CopyFault,
    CopyState,
    EntryKind,
    Evidence,
    EvidenceKind,
    EvidencePurpose,
    LatenessAppeal,
    LinkKind,
    OrderKind,
    Rating,
    ReplyStep,
    ReplyTemplate,
    Report,
    SupervisionOrder,
    SupportTask,
    TimeKind,
    TimelineEntry,
    TimeRequest,
    TimeState,
    Visibility,
)
from onegrid.cases.readers import strangers
from onegrid.cases.readers.appeals import appeals_for, late_among, late_facts, reviewing_duty, why_not_review
from onegrid.cases.readers.case_page import (
    CaseFile,
    Relative,
    case_by_number,
    case_file,
    colleagues_of,
    id_of,
    last_entry,
    numbers_of,
    open_tasks_of,
    printed_file,
)
from onegrid.cases.readers.clocks import (
    Beside,
    due_for,
    first_moments,
    left_beside,
    marks_of,
    terms_of,
    terms_of_category,
    time_left,
    time_left_of,
    times_left,
    yellow_beside,
)
from onegrid.cases.readers.codes import CannotBeFoundError, known
from onegrid.cases.readers.copies import Copies, PhotoCopy, copies, photo_copy
from onegrid.cases.readers.draws import DrawCheck, check_draws, draw_months
from onegrid.cases.readers.evidence import public_file, public_thumbnail
from onegrid.cases.readers.explain import explain, explain_stages
from onegrid.cases.readers.explain_beside import explain_appeal, explain_order, explain_task
from onegrid.cases.readers.export import exported_rows
from onegrid.cases.readers.file import case_id_of, children_of, links_of, tasks_of, timeline_of, visible_case
from onegrid.cases.readers.lateness import NONE, Handled, Handling, handling, handling_by_unit, of_handling, was_late
from onegrid.cases.readers.listing import listing
from onegrid.cases.readers.map import AreaCount, MapView, Pin, map_view
from onegrid.cases.readers.more_time import decides, every_request_of, granted_of, level_for, requests_for
from onegrid.cases.readers.neighbors import Neighbors, neighbors
from onegrid.cases.readers.news import News, audience_of, news_of
from onegrid.cases.readers.overview import (
    Counted,
    Numbers,
    StageShare,
    TimeStep,
    came,
    handled_by_unit,
    standing,
    went,
    where_time_went,
)
from onegrid.cases.readers.parts import Order
from onegrid.cases.readers.queue import (
    COUNTED,
    Counts,
    QueueRow,
    Waiting,
    ask_queue_counts,
    ask_queue_page,
    ask_waiting_for,
    counted,
    queue_counts,
    queue_page,
    queue_rows,
)
from onegrid.cases.readers.ratings import Said, of_ratings
from onegrid.cases.readers.reckoning import reckoning_now
from onegrid.cases.readers.replies import Reply, ReplyEntry, may_edit_reply, replies, replies_for, units_to_write_for
from onegrid.cases.readers.selection import Due, Scope, Selection, selected
from onegrid.cases.readers.settled import why_not_disown, why_not_disown_as_told
from onegrid.cases.readers.similar import Matter, Similar, matter_of, similar, similar_for_strangers
from onegrid.cases.readers.spread import spread_of
from onegrid.cases.readers.supervision import open_orders_for, open_orders_of
from onegrid.cases.readers.tally import Difference, GridTally, differences, tally
from onegrid.cases.rules.absence import CaseNotFoundError
from onegrid.cases.rules.appeals import Late, appealed_before, last_moment, reviewer_words, why_no_appeal, words_of
from onegrid.cases.rules.clock import YELLOW_FROM, Light, dial, drawn_since, light
from onegrid.cases.rules.clock_left import Left
from onegrid.cases.rules.clock_words import Explanation, Line, LineKind, length
from onegrid.cases.rules.clocks import Clock, Terms, clock_of, district_calendar, every_clock, running_clock
from onegrid.cases.rules.columns import COLUMNS, REPORTER_COLUMNS
from onegrid.cases.rules.covers import Cover, CoverChange
from onegrid.cases.rules.draws import ALWAYS, GROUND_WORDS, Ground, month_of
from onegrid.cases.rules.due import BEFORE_CATEGORY, WARNINGS, Moments
from onegrid.cases.rules.effects import Effect, effects
from onegrid.cases.rules.guards import missing_proof, why_not_close, why_not_reopen, why_not_report_back, why_not_verify
from onegrid.cases.rules.holding import outcome_words, whose_turn
from onegrid.cases.rules.lives import (
    Absorbed,
    Argued,
    Hand,
    KeptFile,
    Moved,
    Noted,
    Proved,
    Rated,
    Step,
    TaskDone,
    TaskGiven,
    TimeAnswered,
    TimeAsked,
)
from onegrid.cases.rules.marks import Entered, Extended
from onegrid.cases.rules.more_time import (
    ladder_from,
    level_words,
    most_hours,
    why_no_extension,
    why_no_suspension,
    why_not_until,
)
from onegrid.cases.rules.numbers import LONGEST_NUMBER, case_number
from onegrid.cases.rules.questions import ASKS, is_question, unanswered
from onegrid.cases.rules.replies import PLACEHOLDERS, unknown_placeholders
from onegrid.cases.rules.similarity import Kinship, Likeness
from onegrid.cases.rules.supervision import next_nudge_at, why_not_overdue
from onegrid.cases.rules.telling import Telling
from onegrid.cases.states import (
    CLOSING_OUTCOMES,
    ENDED,
    FOUND_OUT,
    REFUSAL_OUTCOMES,
    STAGE_OF,
    TRANSITIONS,
    IllegalMoveError,
    Move,
    Outcome,
    ReturnReason,
    Stage,
    Status,
    after,
    moves_from,
)

__all__ = [
    "ALWAYS", "ASKS", "BEFORE_CATEGORY", "CLOSING_OUTCOMES", "COLUMNS", "COUNTED", "ENDED", "ENDED_LATE",
    "ESCALATED_FROM", "FOUND_OUT", "GROUND_WORDS", "LONGEST_NUMBER", "LONGEST_REASON", "MOST_CASES", "MOST_ON_PAPER",
    "MOST_WITH_REPORTERS", "NONE", "PLACEHOLDERS", "REFUSAL_OUTCOMES", "REPORTERS_OWN", "REPORTER_COLUMNS",
    "REPORT_FILES", "STAGE_OF", "TRANSITIONS", "WARNINGS", "YELLOW_FROM", "Absorbed", "Again", "AppealFiled",
    "AppealReviewed", "AppealState", "AreaCount", "Argued", "Beside", "CannotBeFoundError", "Case", "CaseFile",
    "CaseLink", "CaseMoved", "CaseNotFoundError", "CaseNudged", "CaseReported", "Channel", "Clock", "Copies",
    "CopyFault", "CopyState", "Counted", "Counts", "Cover", "CoverChange", "Difference", "DrawCheck", "Due", "Effect",
    "Entered", "EntryAdded", "EntryKind", "Escalated", "Evidence", "EvidenceKind", "EvidencePurpose", "Explanation",
    "Extended", "GridTally", "Ground", "Hand", "Handled", "Handling", "IllegalMoveError", "JoiningReport", "KeptFile",
    "Kinship", "Late", "LatenessAppeal", "Left", "Life", "Light", "Likeness", "Line", "LineKind", "LinkKind", "MapView",
    "Matter", "Moments", "Move", "Moved", "Neighbors", "NewCase", "News", "NoCopyYetError", "NoMoreTimeError",
    "NoRequestWaitsError", "Noted", "NudgedAlreadyError", "Numbers", "Order", "OrderKind", "Outcome", "OwnRequestError",
    "Passed", "PastReport", "PhotoCopy", "Pin", "Proved", "QueueRow", "Rated", "Rating", "Receipt", "Relative",
    "ReplayedWithAnotherBodyError", "Reply", "ReplyEntry", "ReplyPlan", "ReplyStep", "ReplyTemplate", "ReplyWords",
    "Report", "RequestWaitsError", "ReturnReason", "Said", "Scope", "Selection", "Similar", "Stage", "StageShare",
    "StaleCaseError", "Status", "Step", "SupervisionAnswered", "SupervisionOrder", "SupervisionOrdered", "SupportTask",
    "TaskDone", "TaskGiven", "Telling", "Terms", "TimeAnswered", "TimeAsked", "TimeDecided", "TimeKind", "TimeRequest",
    "TimeRequested", "TimeState", "TimeStep", "TimelineEntry", "TooManyCasesError", "TooManyFilesError", "Visibility",
    "Waiting", "Walked", "Watched", "accept_case", "actor", "add_entry", "add_evidence", "add_information", "add_note",
    "adopt_case", "after", "after_return", "answer_check", "answer_supervision", "appeal_lateness", "appealed_before",
    "appeals_for", "ask_check", "ask_extension", "ask_for_copy", "ask_queue_counts", "ask_queue_page", "ask_reporter",
    "ask_suspension", "ask_waiting_for", "assign_case", "attach_report_file", "audience_of", "came", "cancel_task",
    "case_by_number", "case_file", "case_id_of", "case_number", "check_draws", "children_of", "clock_of", "close_case",
    "colleagues_of", "copies", "counted", "cover_photo", "decide_time", "decides", "dial", "differences",
    "district_calendar", "draw_months", "drawn_since", "due_for", "effects", "end_hearings", "every_clock",
    "every_request_of", "explain", "explain_appeal", "explain_order", "explain_stages", "explain_task", "export_cases",
    "exported_rows", "extend_task", "file_case", "finish_task", "first_moments", "fold_counters", "give_task",
    "granted_of", "handled_by_unit", "handling", "handling_by_unit", "hear_units", "hold_case", "holder_for", "id_of",
    "insert_case", "insert_lives", "insert_past_cases", "is_question", "join_case", "keep_file", "known",
    "known_source_keys", "ladder_from", "last_entry", "last_moment", "late_among", "late_facts", "left_beside",
    "length", "level_for", "level_words", "light", "limits_of", "link_cases", "link_hash", "links_of", "listing",
    "look_again", "look_at_waiting", "map_view", "marks_of", "matter_of", "may_cancel", "may_edit_reply", "merge_case",
    "missing_proof", "month_of", "most_hours", "move_case", "moves_from", "neighbors", "news_of", "next_nudge_at",
    "note_escalations", "note_print", "nudge_case", "number_prefix", "numbers_of", "of_handling", "of_ratings",
    "open_case", "open_months", "open_orders_for", "open_orders_of", "open_reporter", "open_tasks_of",
    "order_supervision", "outcome_words", "pass_shares", "photo_copy", "printed_file", "procedure_of", "proof_label",
    "public_file", "public_thumbnail", "queue_counts", "queue_page", "queue_rows", "rate_case", "rebuild_counters",
    "recategorize_case", "reckoning_now", "recompute_clocks", "refuse_case", "relocate_case", "reopen_case",
    "replace_replies", "replies", "replies_for", "report_back", "requests_for", "resume_case", "resume_due_cases",
    "retire_reply", "return_case", "review_appeal", "reviewer_words", "reviewing_duty", "running_clock",
    "say_not_solved", "selected", "settle_search", "show_evidence", "similar", "similar_for_strangers",
    "solve_on_the_spot", "spread_of", "standing", "strangers", "sweep_orphans", "take_case", "take_numbers", "tally",
    "tasks_of", "terms_of", "terms_of_category", "time_left", "time_left_of", "timeline_of", "times_left",
    "turn_months", "unanswered", "units_to_write_for", "unknown_placeholders", "verify_case", "visible_case",
    "was_late", "went", "where_time_went", "whose_turn", "why_no_appeal", "why_no_extension", "why_no_suspension",
    "why_not_close", "why_not_disown", "why_not_disown_as_told", "why_not_overdue", "why_not_reopen",
    "why_not_report_back", "why_not_review", "why_not_until", "why_not_verify", "withdraw_case", "withdraw_report",
    "withdraw_supervision", "withdraw_time_request", "words_of", "write_information", "write_reply", "yellow_beside",
]  # fmt: skip
