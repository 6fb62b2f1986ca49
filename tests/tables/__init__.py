"""Tables: what is counted, how sure the counts are, and the files they come out as."""
