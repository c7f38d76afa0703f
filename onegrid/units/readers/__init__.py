"""What others read of units and calendars, from memory."""
