"""The running newsroom: what comes in is stored, grouped into stories, and every story gets its account."""
