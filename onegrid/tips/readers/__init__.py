"""What pages of tips show."""
