"""Tables for other programs: rows written as CSV or XLSX while they come, however many there are."""
