"""What each part of a page shows, made from a story as it was told: plain values, ready for a template."""
