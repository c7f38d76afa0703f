"""What a resident's account holds."""
