"""Doors that people write to from elsewhere: WeChat and e-mail, each a conversation that becomes a report."""
