"""Who and what a simulation finds in the installation, and what came out of it."""
