"""Exchange: what comes in from and goes out to other systems. Owns no table; writes through the apps below."""
