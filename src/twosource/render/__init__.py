"""Every form an account takes: terminal, JSON, Markdown, CSV, HTML. Text is escaped here, at output."""
