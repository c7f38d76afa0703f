"""What has changed since a mark, for the relay and for one page."""
