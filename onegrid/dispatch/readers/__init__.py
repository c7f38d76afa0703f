"""What pages and endpoints of dispatch show, one module per thing shown."""
