"""One router a subject: each asks the shelf, makes what its template shows, and answers."""
