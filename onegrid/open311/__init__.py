"""The district for programs of others: Open311 GeoReport v2, to read public cases and to report."""
