"""What people write in the browser or through the API: corrections and their undoing, notes, texts and feeds added."""
