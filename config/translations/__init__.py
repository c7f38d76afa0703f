"""Translations without GNU gettext: extract the texts, keep the catalogues, draft traditional Chinese, compile."""
