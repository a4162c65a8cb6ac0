"""Where articles come from: files, pages, standard input, directories, JSON Lines."""
