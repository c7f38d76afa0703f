"""Units: the centres, departments and township offices that own work, and the posts in them. Owns Unit and Post."""
