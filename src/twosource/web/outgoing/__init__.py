"""What leads out: every page as JSON, CSV and Markdown, feeds for other readers, a story in one file."""
