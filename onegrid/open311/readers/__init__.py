"""What Open311 answers, gathered from the catalogue and from what strangers may see of cases."""
