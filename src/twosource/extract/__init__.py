"""One function each: (article, paragraphs, lang) -> facts. They are total: bad text yields fewer facts, no error."""
