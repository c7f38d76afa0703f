"""What the kernel writes for itself."""
