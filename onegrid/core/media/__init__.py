"""What an uploaded file is by its own bytes, and how a photo is read without trusting it."""
