"""What other apps may use of residents."""

from onegrid.residents.actions.ask_for_code import ask_for_code
from onegrid.residents.actions.hold_reports import hold_report, let_go
from onegrid.residents.actions.keep_account import (
    delete_account,
    end_accounts,
    sign_out,
    sign_out_everywhere,
    stop_telling,
    tell_me,
    tell_me_no_more,
)
from onegrid.residents.actions.tell_residents import tell_residents
from onegrid.residents.actions.try_code import Tried, try_code
from onegrid.residents.models import Account
from onegrid.residents.readers.accounts import Held, account_of, code_channels, held_by, is_told
from onegrid.residents.rules.lasting import CODE_LASTS, VISIT_LASTS

__all__ = [
    "CODE_LASTS",
    "VISIT_LASTS",
    "Account",
    "Held",
    "Tried",
    "account_of",
    "ask_for_code",
    "code_channels",
    "delete_account",
    "end_accounts",
    "held_by",
    "hold_report",
    "is_told",
    "let_go",
    "sign_out",
    "sign_out_everywhere",
    "stop_telling",
    "tell_me",
    "tell_me_no_more",
    "tell_residents",
    "try_code",
]
