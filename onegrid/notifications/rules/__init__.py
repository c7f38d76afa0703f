"""What can be told in which words, when it may leave, and how often it is tried."""
