"""The learned attribution tagger: source, cue and content of whole articles, and which belong together."""
