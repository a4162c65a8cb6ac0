"""Identity as judgement: which person a source means inside a report, and which people are one across reports."""
