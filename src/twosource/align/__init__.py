"""What the reports share and where they differ: statements, figures, passages, conflicts."""
