"""Paper: documents set as tagged PDF files, with a Chinese font of our own and nothing from outside."""
