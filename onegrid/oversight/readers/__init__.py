"""What oversight shows: the trail, its seals, who looked, and the keys anyone may have."""
